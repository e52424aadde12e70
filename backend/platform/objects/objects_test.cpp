#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/encoding.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "platform/objects/object_key.hpp"
#include "platform/objects/object_store.hpp"

namespace migrateiq::objects {
namespace {

namespace fs = std::filesystem;

class LocalObjectsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("miq_objects_" + NewId());
    objects_ = Open();
  }
  void TearDown() override { fs::remove_all(root_); }
  std::unique_ptr<ObjectStore> Open() const {
    auto objects = OpenLocalObjects(Folder());
    EXPECT_TRUE(objects.has_value()) << (objects ? "" : objects.error().ToString());
    return std::move(*objects);
  }
  std::string Folder() const { return (root_ / "store").string(); }
  std::string All(const std::string& key) { return objects_->GetRange(key, 0, 1 << 30).value_or("absent"); }
  std::vector<std::string> Keys(const std::string& prefix, const std::string& after = "", size_t limit = 100) {
    std::vector<std::string> keys;
    const std::vector<ObjectInfo> infos = *objects_->List(prefix, after, limit);
    for (const ObjectInfo& info : infos) keys.push_back(info.key);
    return keys;
  }
  size_t FilesUnder(const std::string& folder) const {
    size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / "store" / folder))
      count += entry.is_regular_file();
    return count;
  }
  Micros Later() const { return SystemClock().Now() + kDay; }

  fs::path root_;
  std::unique_ptr<ObjectStore> objects_;
};

TEST_F(LocalObjectsTest, WhatIsPutComesBack) {
  const std::string bytes("a\0b\n", 4);
  const ObjectInfo put = *objects_->Put("tenant/t/uploads/u.csv", bytes, "text/csv");
  const ObjectInfo head = *Open()->Head("tenant/t/uploads/u.csv");
  EXPECT_EQ(head.size, 4u);
  EXPECT_EQ(head.content_type, "text/csv");
  EXPECT_EQ(head.etag, ToHexText(Sha256(bytes)));
  EXPECT_EQ(head.etag, put.etag);
  EXPECT_NEAR(static_cast<double>(head.modified), static_cast<double>(SystemClock().Now()), 60.0 * kSecond);
  EXPECT_EQ(All("tenant/t/uploads/u.csv"), bytes);
}

TEST_F(LocalObjectsTest, RangesStopAtTheEnd) {
  ASSERT_TRUE(objects_->Put("k", "0123456789", "").has_value());
  EXPECT_EQ(*objects_->GetRange("k", 2, 3), "234");
  EXPECT_EQ(*objects_->GetRange("k", 8, 100), "89");
  EXPECT_EQ(*objects_->GetRange("k", 10, 1), "");
  EXPECT_EQ(*objects_->GetRange("k", UINT64_MAX, UINT64_MAX), "");
  EXPECT_EQ(*objects_->GetRange("k", 1, UINT64_MAX), "123456789");
}

TEST_F(LocalObjectsTest, FilesArePrivateAndLeaveNothingBehind) {
  ASSERT_TRUE(objects_->Put("a/k", "1", "").has_value());
  ASSERT_TRUE(objects_->Put("a/k", "2", "").has_value());
  EXPECT_EQ(All("a/k"), "2");
  EXPECT_EQ(FilesUnder("blobs"), 1u) << "the replaced bytes are gone";
  EXPECT_EQ(FilesUnder("tmp"), 0u);
  struct stat status {};
  ASSERT_EQ(::stat(objects_->LocalPath("a/k")->c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  ASSERT_TRUE(objects_->Delete("a/k").has_value());
  EXPECT_EQ(FilesUnder("."), 0u);
  EXPECT_FALSE(fs::exists(root_ / "store/objects/a"));
  EXPECT_TRUE(objects_->Delete("a/k").error().Is(codes::kObjectNotFound));
}

TEST_F(LocalObjectsTest, AbsentOnesAreNotFound) {
  EXPECT_TRUE(objects_->Head("k").error().Is(codes::kObjectNotFound));
  EXPECT_TRUE(objects_->GetRange("a/b/c", 0, 1).error().Is(codes::kObjectNotFound));
  EXPECT_FALSE(objects_->LocalPath("k").has_value());
}

TEST_F(LocalObjectsTest, KeysThatLeadElsewhereAreRefused) {
  const std::string long_key(2000, 'a');
  for (const std::string& key :
       {std::string(), std::string("/etc/passwd"), std::string("../x"), std::string("a/../../x"), std::string("a//b"),
        std::string("a/"), std::string("."), std::string("a/./b"), std::string("a b"), std::string("a\0b", 3),
        std::string("a@"), std::string("a\\b"), std::string("\xc3\xa9"), std::string("a\n"), long_key}) {
    EXPECT_TRUE(objects_->Put(key, "x", "").error().Is(codes::kObjectKey)) << key;
    EXPECT_TRUE(objects_->GetRange(key, 0, 1).error().Is(codes::kObjectKey)) << key;
    EXPECT_TRUE(objects_->Delete(key).error().Is(codes::kObjectKey)) << key;
    EXPECT_TRUE(objects_->BeginUpload(key, "").error().Is(codes::kObjectKey)) << key;
    EXPECT_FALSE(objects_->LocalPath(key).has_value()) << key;
  }
  for (const char* id : {"..", "../objects", "a/b", ""}) {
    EXPECT_TRUE(objects_->PutPart(id, 1, "x").error().Is(codes::kObjectKey)) << id;
    EXPECT_TRUE(objects_->AbortUpload(id).error().Is(codes::kObjectKey)) << id;
  }
}

TEST_F(LocalObjectsTest, SymbolicLinksAreNotFollowed) {
  fs::create_directory(root_ / "outside");
  ASSERT_TRUE(objects_->Put("a/k", "inside", "").has_value());
  const fs::path blob = *objects_->LocalPath("a/k");
  std::ofstream(root_ / "outside/secret") << "secret";
  fs::create_directory_symlink(root_ / "outside", root_ / "store/objects/link");
  EXPECT_FALSE(objects_->Put("link/k", "x", "").has_value());
  EXPECT_TRUE(fs::is_empty(root_ / "outside") || !fs::exists(root_ / "outside/k@"));
  fs::remove(blob);
  fs::create_symlink(root_ / "outside/secret", blob);
  EXPECT_FALSE(objects_->GetRange("a/k", 0, 10).has_value());
  EXPECT_FALSE(objects_->LocalPath("a/k").has_value());
  fs::create_symlink(root_ / "outside/secret", root_ / "store/objects/p@");
  EXPECT_FALSE(objects_->Head("p").has_value());
  EXPECT_EQ(Keys(""), std::vector<std::string>{"a/k"});
}

TEST_F(LocalObjectsTest, DamagedEntriesAreErrors) {
  ASSERT_TRUE(objects_->Put("k", "x", "").has_value());
  for (const char* text :
       {"", "1\n", "1\n../../x\n1\ne\n1\nt\n", "2\n00000000000000000000000000000000\n1\ne\n1\nt\n"}) {
    std::ofstream(root_ / "store/objects/k@") << text;
    EXPECT_TRUE(objects_->GetRange("k", 0, 1).error().Is(codes::kObjectStore)) << text;
  }
}

TEST_F(LocalObjectsTest, ContentTypesCannotCarryLines) {
  ASSERT_TRUE(objects_->Put("k", "x", "text/csv\r\nX: y").has_value());
  EXPECT_EQ(objects_->Head("k")->content_type, "application/octet-stream");
}

TEST_F(LocalObjectsTest, ListsAreSortedAndPaged) {
  for (const char* key : {"a", "a/b", "a.b", "a-b", "a/b/c", "b", "a0", "t/2", "t/10"})
    ASSERT_TRUE(objects_->Put(key, "x", "").has_value());
  const std::vector<std::string> all = Keys("");
  EXPECT_EQ(all, (std::vector<std::string>{"a", "a-b", "a.b", "a/b", "a/b/c", "a0", "b", "t/10", "t/2"}));
  std::vector<std::string> paged;
  while (true) {
    const std::vector<std::string> page = Keys("", paged.empty() ? "" : paged.back(), 2);
    if (page.empty()) break;
    paged.insert(paged.end(), page.begin(), page.end());
  }
  EXPECT_EQ(paged, all);
  EXPECT_EQ(Keys("a/"), (std::vector<std::string>{"a/b", "a/b/c"}));
  EXPECT_EQ(Keys("t/1"), std::vector<std::string>{"t/10"});
  EXPECT_EQ(Keys("t/", "t/10"), std::vector<std::string>{"t/2"});
  EXPECT_TRUE(Keys("nothing").empty());
}

TEST_F(LocalObjectsTest, UploadsArePutTogether) {
  const std::string first(5 << 20, 'a'), last = "the end";
  const std::string id = *objects_->BeginUpload("up/k", "text/csv");
  const std::string second_tag = *objects_->PutPart(id, 2, last);
  ASSERT_TRUE(objects_->PutPart(id, 1, "tried before").has_value());
  const std::string first_tag = *Open()->PutPart(id, 1, first);
  EXPECT_TRUE(objects_->Head("up/k").error().Is(codes::kObjectNotFound)) << "not before it is finished";
  const ObjectInfo info = *objects_->FinishUpload(id, {first_tag, second_tag});
  EXPECT_EQ(info.size, first.size() + last.size());
  EXPECT_EQ(info.content_type, "text/csv");
  EXPECT_TRUE(info.etag.ends_with("-2"));
  EXPECT_EQ(All("up/k"), first + last);
  EXPECT_EQ(FilesUnder("uploads") + FilesUnder("tmp"), 0u);
  EXPECT_TRUE(objects_->PutPart(id, 3, "x").error().Is(codes::kObjectNotFound));
}

TEST_F(LocalObjectsTest, WrongPartsAreRefused) {
  const std::string id = *objects_->BeginUpload("k", "");
  const std::string small = *objects_->PutPart(id, 1, "small"), tag = *objects_->PutPart(id, 2, "x");
  EXPECT_FALSE(objects_->FinishUpload(id, {small, tag}).has_value()) << "smaller than 5 MiB";
  EXPECT_FALSE(objects_->FinishUpload(id, {tag}).has_value()) << "another etag";
  EXPECT_FALSE(objects_->FinishUpload(id, {small, tag, tag}).has_value()) << "absent";
  EXPECT_TRUE(objects_->PutPart(id, 0, "x").error().Is(codes::kObjectKey));
  EXPECT_TRUE(objects_->Head("k").error().Is(codes::kObjectNotFound));
  EXPECT_EQ(FilesUnder("tmp") + FilesUnder("blobs"), 0u);
  EXPECT_TRUE(objects_->FinishUpload(id, {small}).has_value()) << "the upload is still there";
}

TEST_F(LocalObjectsTest, AbandonedThingsAreRemoved) {
  ASSERT_TRUE(objects_->Put("k", "kept", "").has_value());
  const std::string id = *objects_->BeginUpload("up", "");
  ASSERT_TRUE(objects_->PutPart(id, 1, "x").has_value());
  std::ofstream(root_ / "store/tmp/left") << "x";
  fs::create_directories(root_ / "store/blobs/ab");
  std::ofstream(root_ / "store/blobs/ab" / ("ab" + std::string(30, '0'))) << "x";
  ASSERT_TRUE(objects_->RemoveAbandoned(SystemClock().Now() - kDay).has_value());
  EXPECT_EQ(FilesUnder("."), 6u) << "all are young";
  ASSERT_TRUE(objects_->RemoveAbandoned(Later()).has_value());
  EXPECT_EQ(FilesUnder("."), 2u);
  EXPECT_EQ(All("k"), "kept");
}

TEST_F(LocalObjectsTest, ReadersSeeOldOrNewBytesWhole) {
  const std::string one(200'000, '1'), two(200'000, '2');
  ASSERT_TRUE(objects_->Put("k", one, "").has_value());
  std::jthread writer([&] {
    for (int round = 0; round < 30; ++round) EXPECT_TRUE(objects_->Put("k", round % 2 ? one : two, "").has_value());
  });
  for (int round = 0; round < 100; ++round) {
    const std::string seen = All("k");
    ASSERT_TRUE(seen == one || seen == two) << seen.substr(0, 10);
  }
}

TEST(ObjectKey, HasParts) {
  EXPECT_EQ(*KeyParts("tenant/a-1/x_2.csv"), (std::vector<std::string>{"tenant", "a-1", "x_2.csv"}));
  EXPECT_EQ(*KeyParts("..."), std::vector<std::string>{"..."});
}

}  // namespace
}  // namespace migrateiq::objects
