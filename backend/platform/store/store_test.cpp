#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

/// SQLite's own mark that somebody has the file open; without it another process would remove the WAL as the last user.
/// A lock of the open file meets those of the process, also of its own.
bool IsMarkedInUse(int file) {
  struct flock mark {};
  mark = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000002, .l_len = 510};
  return ::fcntl(file, F_OFD_GETLK, &mark) == 0 && mark.l_type == F_RDLCK;
}

TEST(SqliteStore, AFurtherConnectionLeavesTheLocksOfTheOthers) {
  const TestStore store(Engine::kSqlite);
  const auto look = [](Session& session) -> Status {
    MIQ_TRY(session.Query("SELECT name FROM sqlite_schema"));
    return {};
  };
  ASSERT_TRUE(store->Read(Scope::System(), look));
  const int file = ::open((store.folder() / "state.db").c_str(), O_RDWR | O_CLOEXEC);
  EXPECT_TRUE(IsMarkedInUse(file));
  ASSERT_TRUE(store->Read(Scope::System(), [&](Session& session) -> Status {
    MIQ_TRY(look(session));
    return store->Read(Scope::System(), look);
  }));
  EXPECT_TRUE(IsMarkedInUse(file));
  ::close(file);  // not before: that would take the mark away
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
