#include <sys/stat.h>

#include <set>

#include "modules/orchestrator/run_id.hpp"
#include "modules/orchestrator/run_repository_cases_test_support.hpp"
#include "modules/orchestrator/state_key.hpp"

namespace migrateiq {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, Orchestrator, ::testing::Values(store::Engine::kSqlite));

class StateFolder : public Orchestrator {
 protected:
  unsigned Mode(const std::string& name) {
    struct stat status {};
    EXPECT_EQ(::stat((folder_ / name).c_str(), &status), 0) << name;
    return status.st_mode & 0777;
  }
};
INSTANTIATE_TEST_SUITE_P(Sqlite, StateFolder, ::testing::Values(store::Engine::kSqlite));

TEST(RunId, IsShortSortableAndUnique) {
  std::set<std::string> ids;
  for (int i = 0; i < 50; ++i) ids.insert(NewRunId());
  EXPECT_GT(ids.size(), 45u);
  for (const std::string& id : ids) EXPECT_TRUE(IsRunId(id)) << id;
  EXPECT_FALSE(IsRunId("../../etc/passwd"));
  EXPECT_FALSE(IsRunId(""));
}

TEST(QuarantineEdit, ReadsWhatShowPrints) {
  const auto edits = EditsFromJson(
      R"({"run_id":"r","rows":[{"id":7,"table":"t","original":{"a":"1","b":null,"n":5}},
                               {"id":8,"original":{"a":"1"},"values":{"a":"2"}}]})",
      "r");
  ASSERT_TRUE(edits);
  ASSERT_EQ(edits->size(), 2U);
  EXPECT_EQ(edits->at(0).values.at(1), std::pair(std::string("b"), std::optional<std::string>()));
  EXPECT_EQ(edits->at(0).values.at(2).second, "5");
  EXPECT_EQ(edits->at(1).values.at(0).second, "2");
  for (const char* text : {"", "[1]", R"([{"id":"7"}])", R"([{"id":7}])", R"([{"id":7,"original":{"a":[1]}}])", "{}",
                           R"({"run_id":"other","rows":[]})"}) {
    EXPECT_FALSE(EditsFromJson(text, "r")) << text;
  }
}

TEST(QuarantineEdit, TheOriginalIsNotTheValue) {
  const std::vector<QuarantinedRow> rows = {{.id = 8, .table = "t", .original = R"({"a":"1"})"}};
  EXPECT_TRUE(ApplyEdit(rows, {8, {{"a", "2"}}, R"({"a": "1"})"}));
  EXPECT_FALSE(ApplyEdit(rows, {8, {{"a", "1"}}, R"({"a": "2"})"}));
}

TEST_P(StateFolder, FolderAndFilesArePrivate) {
  auto repository = Open();
  ASSERT_TRUE(repository->CreateRun(SomePlan("mysql://u:hush@h/d")).has_value());
  EXPECT_EQ(Mode("."), 0700u);
  EXPECT_EQ(Mode("state.db"), 0600u);
  EXPECT_EQ(Mode("key"), 0600u);
}

TEST_P(StateFolder, SealingUsesAFreshNonceAndBindsTheContext) {
  fs::create_directory(folder_);
  const StateKey key = *StateKey::Load(folder_.string(), false);
  const std::string sealed = *key.Seal("plain", "context");
  EXPECT_NE(sealed, *key.Seal("plain", "context"));
  EXPECT_EQ(*key.Open(sealed, "context"), "plain");
  EXPECT_EQ(*key.Open(*key.Seal("", "context"), "context"), "");
  EXPECT_FALSE(key.Open(sealed, "another").has_value());
  EXPECT_FALSE(key.Open(sealed.substr(0, 10), "context").has_value());
  EXPECT_EQ(*StateKey::Load(folder_.string(), true)->Open(sealed, "context"), "plain");
}

}  // namespace
}  // namespace migrateiq
