#include <sys/stat.h>
#include <fstream>

#include "base/errors/run.hpp"
#include "platform/store/store_cases_test_support.hpp"

namespace migrateiq::store {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreCases, ::testing::Values(Engine::kSqlite));

TEST(SqliteStore, FileIsPrivate) {
  const TestStore store(Engine::kSqlite);
  struct stat status {};
  ASSERT_EQ(::stat((store.folder() / "state.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(SqliteStore, ErrorsOfOpeningAreReturned) {
  for (const char* url : {"sqlite:///nonexistent/state.db", "sqlite://", "mysql://h/d", "postgresql://h:port/d"}) {
    const auto store = Store::Open(url);
    ASSERT_FALSE(store.has_value()) << url;
    EXPECT_TRUE(store.error().Is(codes::kStateOpen)) << url;
  }
}

TEST(SqliteStore, AFileThatIsNoDatabaseIsRefused) {
  const TestStore store(Engine::kSqlite);
  const auto path = store.folder() / "other.db";
  std::ofstream(path) << std::string(5000, 'x');
  EXPECT_TRUE(Store::Open("sqlite://" + path.string()).error().Is(codes::kStateOpen));
}

TEST(PostgresUrl, PasswordsAreNotInErrors) {
  const auto store = Store::Open("postgresql://user:hushhush@[bad/d?nonsense=1");
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().ToString().find("hushhush"), std::string::npos);
}

}  // namespace
}  // namespace migrateiq::store
