#include "platform/store/database.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/temporary_folder.hpp"

namespace migrateiq::store {
namespace {

class DatabaseTest : public ::testing::Test {
 protected:
  std::string Path() const { return (folder_.path() / "state.db").string(); }
  test_support::TemporaryFolder folder_;
};

TEST_F(DatabaseTest, FileIsPrivate) {
  ASSERT_TRUE(Database::Open(Path()).has_value());
  struct stat status {};
  ASSERT_EQ(::stat(Path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(DatabaseTest, BindsAndReadsEveryKind) {
  Database database = *Database::Open(Path());
  ASSERT_TRUE(database.Execute("CREATE TABLE t (a TEXT, b BLOB, c INTEGER, d TEXT)").has_value());
  Statement insert = *database.Prepare("INSERT INTO t VALUES (?, ?, ?, ?)");
  ASSERT_TRUE(
      insert.Bind("x", Blob{std::string_view("\0\1", 2)}, int64_t{1} << 60, std::optional<std::string>()).Run());
  Statement select = *database.Prepare("SELECT * FROM t");
  ASSERT_TRUE(*select.Step());
  EXPECT_EQ(select.Text(0), "x");
  EXPECT_EQ(select.Text(1), std::string("\0\1", 2));
  EXPECT_EQ(select.Integer(2), int64_t{1} << 60);
  EXPECT_FALSE(select.OptionalText(3).has_value());
  EXPECT_FALSE(*select.Step());
}

TEST_F(DatabaseTest, MigrationsAreAppliedOnceAndLaterFilesRefused) {
  const Migration migrations[] = {{1, "CREATE TABLE a (x)"}, {2, "CREATE TABLE b (x)"}};
  Database database = *Database::Open(Path());
  ASSERT_TRUE(database.Migrate(std::span(migrations, 1)).has_value());
  ASSERT_TRUE(database.Migrate(migrations).has_value());
  ASSERT_TRUE(database.Migrate(migrations).has_value());
  EXPECT_TRUE(database.Execute("INSERT INTO b VALUES (1)").has_value());
  const Status older = database.Migrate(std::span(migrations, 1));
  ASSERT_FALSE(older.has_value());
  EXPECT_TRUE(older.error().Is(codes::kStateOpen));
}

TEST_F(DatabaseTest, UncommittedTransactionsAreRolledBack) {
  Database database = *Database::Open(Path());
  ASSERT_TRUE(database.Execute("CREATE TABLE t (a)").has_value());
  {
    Result<Transaction> transaction = Transaction::Begin(database);
    ASSERT_TRUE(database.Execute("INSERT INTO t VALUES (1)").has_value());
  }
  Statement count = *database.Prepare("SELECT count(*) FROM t");
  ASSERT_TRUE(*count.Step());
  EXPECT_EQ(count.Integer(0), 0);
}

TEST_F(DatabaseTest, ErrorsAreReturned) {
  const Result<Database> nowhere = Database::Open("/nonexistent/state.db");
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_TRUE(nowhere.error().Is(codes::kStateOpen));
  Database database = *Database::Open(Path());
  EXPECT_TRUE(database.Execute("nonsense").error().Is(codes::kStateQuery));
  EXPECT_TRUE(database.Prepare("nonsense").error().Is(codes::kStateQuery));
}

}  // namespace
}  // namespace migrateiq::store
