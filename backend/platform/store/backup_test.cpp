#include "platform/store/backup.hpp"
#include "base/errors/run.hpp"

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "platform/store/store_test_support.hpp"

namespace migrateiq::store {
namespace {

/// Pairs of rows are written together, so a copy of one moment has as many of one kind as of the other.
constexpr Migration kPairs[] = {{1, "CREATE TABLE pair (id {serial}, kind TEXT NOT NULL, filler TEXT NOT NULL)"}};

class BackupTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store_->Migrate("test", kPairs).has_value());
    ASSERT_TRUE(AddPair(*store_).has_value());
  }
  static Status AddPair(Store& store) {
    return store.Write(Scope::System(), [](Session& session) -> Status {
      for (const char* kind : {"a", "b"})
        MIQ_TRY(session.Execute("INSERT INTO pair (kind, filler) VALUES ($1, $2)", kind, std::string(3000, 'x')));
      return {};
    });
  }
  static int64_t Count(Store& store, const std::string& kind) {
    return store
        .ReadFor<Rows>(
            Scope::System(),
            [&](Session& session) { return session.Query("SELECT count(*) FROM pair WHERE kind = $1", kind); })
        .value()[0]
        .Integer(0);
  }
  std::string Path(const std::string& name) const { return (store_.folder() / name).string(); }

  TestStore store_{Engine::kSqlite};
};

TEST_F(BackupTest, IsOfOneMomentWhileOthersWrite) {
  std::atomic<bool> stop = false;
  std::atomic<int> written = 0;
  std::jthread writer([&] {
    while (!stop) written += AddPair(*store_).has_value() ? 1 : 0;
  });
  int64_t last = 0;
  for (int round = 0; round < 5; ++round) {
    const int before = written;
    while (written < before + 5) std::this_thread::yield();
    const Status status = BackUp(Path("state.db"), Path("backup.db"));
    ASSERT_TRUE(status.has_value()) << status.error().ToString();
    const auto copy = *Store::Open("sqlite://" + Path("backup.db"));
    EXPECT_EQ(Count(*copy, "a"), Count(*copy, "b"));
    EXPECT_GT(Count(*copy, "a"), last);
    last = Count(*copy, "a");
  }
  stop = true;
  writer.join();
  EXPECT_EQ(Count(*store_, "a"), written + 1);
  struct stat status {};
  ASSERT_EQ(::stat(Path("backup.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(BackupTest, IsRestoredWhileOthersReadAndWrite) {
  ASSERT_TRUE(BackUp(Path("state.db"), Path("backup.db")).has_value());
  for (int round = 0; round < 50; ++round) ASSERT_TRUE(AddPair(*store_).has_value());
  std::atomic<bool> stop = false;
  std::atomic<int> uneven = 0, failures = 0;
  std::jthread writer([&] {
    while (!stop) failures += AddPair(*store_).has_value() ? 0 : 1;
  });
  std::jthread reader([&] {
    while (!stop) {
      const Rows rows =
          store_
              ->ReadFor<Rows>(Scope::System(),
                              [](Session& session) {
                                return session.Query("SELECT sum(CASE kind WHEN 'a' THEN 1 ELSE -1 END) FROM pair");
                              })
              .value_or(Rows{});
      uneven += !rows.empty() && rows[0].Integer(0) == 0 ? 0 : 1;
    }
  });
  const Status status = Restore(Path("backup.db"), Path("state.db"));
  EXPECT_TRUE(status.has_value()) << status.error().ToString();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  stop = true;
  writer.join();
  reader.join();
  EXPECT_EQ(uneven, 0);
  EXPECT_EQ(failures, 0);
  ASSERT_TRUE(Restore(Path("backup.db"), Path("state.db")).has_value());
  EXPECT_EQ(Count(*store_, "a"), 1);
  EXPECT_EQ(Count(*store_.OpenAnother(), "b"), 1);
}

TEST_F(BackupTest, IsRestoredIntoAnEmptyFolder) {
  ASSERT_TRUE(BackUp(Path("state.db"), Path("backup.db")).has_value());
  ASSERT_TRUE(Restore(Path("backup.db"), Path("new.db")).has_value());
  const auto fresh = *Store::Open("sqlite://" + Path("new.db"));
  EXPECT_EQ(Count(*fresh, "a"), 1);
  EXPECT_TRUE(AddPair(*fresh).has_value());
}

TEST_F(BackupTest, WhatIsNoStoreIsRefused) {
  std::ofstream(Path("text")) << std::string(5000, 'x');
  EXPECT_TRUE(Restore(Path("text"), Path("state.db")).error().Is(codes::kStateOpen));
  EXPECT_TRUE(Restore(Path("absent"), Path("state.db")).error().Is(codes::kStateOpen));
  EXPECT_FALSE(std::filesystem::exists(Path("absent")));
  EXPECT_FALSE(BackUp(Path("absent"), Path("backup.db")).has_value());
  EXPECT_FALSE(BackUp(Path("state.db"), "/nonexistent/backup.db").has_value());
  ASSERT_TRUE(BackUp(Path("state.db"), Path("backup.db")).has_value());
  std::filesystem::resize_file(Path("backup.db"), std::filesystem::file_size(Path("backup.db")) / 2);
  EXPECT_FALSE(Restore(Path("backup.db"), Path("state.db")).has_value());
  EXPECT_EQ(Count(*store_, "a"), 1) << "nothing was changed";
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(store_.folder()))
    files += entry.path().filename().string().starts_with("backup") ? 1 : 0;
  EXPECT_EQ(files, 1u) << "no temporary file is left";
}

}  // namespace
}  // namespace migrateiq::store
