#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "modules/orchestrator/run_id.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq {
namespace {

namespace fs = std::filesystem;

class Orchestrator : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("miq_state_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<RunRepository> Open() {
    auto repository = RunRepository::Open(folder_.string());
    EXPECT_TRUE(repository.has_value()) << (repository ? "" : repository.error().ToString());
    return std::move(*repository);
  }
  unsigned Mode(const std::string& name) {
    struct stat status {};
    EXPECT_EQ(::stat((folder_ / name).c_str(), &status), 0) << name;
    return status.st_mode & 0777;
  }
  std::string AllBytes() {
    std::string bytes;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      bytes += text.str();
    }
    return bytes;
  }
  static Plan SomePlan(const std::string& source = "mysql://u:${PW}@h/d") {
    Plan plan;
    plan.name = "shop";
    plan.source.url = source;
    plan.target.url = "sqlite:b.db";
    return plan;
  }

  fs::path folder_;
};

TEST(RunId, IsShortSortableAndUnique) {
  std::set<std::string> ids;
  for (int i = 0; i < 50; ++i) ids.insert(NewRunId());
  EXPECT_GT(ids.size(), 45u);
  for (const std::string& id : ids) EXPECT_TRUE(IsRunId(id)) << id;
  EXPECT_FALSE(IsRunId("../../etc/passwd"));
  EXPECT_FALSE(IsRunId(""));
}

TEST_F(Orchestrator, FolderAndFilesArePrivate) {
  auto repository = Open();
  ASSERT_TRUE(repository->CreateRun(SomePlan("mysql://u:hush@h/d")).has_value());
  EXPECT_EQ(Mode("."), 0700u);
  EXPECT_EQ(Mode("state.db"), 0600u);
  EXPECT_EQ(Mode("key"), 0600u);
}

TEST_F(Orchestrator, RunsAreFoundAgainWithTheirPlan) {
  std::string run_id;
  {
    auto repository = Open();
    run_id = *repository->CreateRun(SomePlan());
    EXPECT_FALSE(fs::exists(folder_ / "key"));
  }
  auto repository = Open();
  const RunRecord run = *repository->FindRun(run_id);
  EXPECT_EQ(run.name, "shop");
  EXPECT_EQ(run.status, "interrupted");  // nobody controls it
  EXPECT_EQ(PlanFingerprint(*repository->LoadPlan(run_id)), run.fingerprint);
  EXPECT_EQ(repository->LoadPlan(run_id)->source.url, "mysql://u:${PW}@h/d");
  EXPECT_TRUE(repository->FindRun("20260101-000000-zzzz").error().Is(codes::kRunNotFound));
  EXPECT_TRUE(repository->LoadPlan("20260101-000000-zzzz").error().Is(codes::kRunNotFound));
  EXPECT_TRUE(repository->SetStatus("20260101-000000-zzzz", "failed").error().Is(codes::kRunNotFound));
}

TEST_F(Orchestrator, LiteralPasswordsAreStoredEncrypted) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan("mysql://u:hushhush@h/d"));
  EXPECT_EQ(repository->LoadPlan(run_id)->source.url, "mysql://u:hushhush@h/d");
  EXPECT_EQ(repository->FindRun(run_id)->source, "mysql://u:***@h/d");
  EXPECT_EQ(AllBytes().find("hushhush"), std::string::npos);
}

TEST_F(Orchestrator, StatusFollowsTheRun) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  {
    const Result<RunLock> lock = repository->Control(run_id);
    EXPECT_EQ(repository->FindRun(run_id)->status, "running");
    EXPECT_EQ(repository->FindRun(run_id)->controller, ::getpid());
  }
  RunReport report{.run_id = run_id, .status = RunResult::kQuarantined};
  ASSERT_TRUE(repository->FinishRun(run_id, report).has_value());
  const RunRecord run = *repository->FindRun(run_id);
  EXPECT_EQ(run.status, "quarantined");
  EXPECT_FALSE(run.finished_at.empty());
  EXPECT_EQ(run.report, ToJson(report));
  ASSERT_TRUE(repository->SetAccepted(run_id).has_value());
  EXPECT_TRUE(repository->FindRun(run_id)->accepted);
}

TEST_F(Orchestrator, RunsAreListedNewestFirst) {
  auto repository = Open();
  const std::string first = *repository->CreateRun(SomePlan());
  const std::string second = *repository->CreateRun(SomePlan());
  const std::vector<RunRecord> runs = *repository->ListRuns();
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].run_id, second);
  EXPECT_EQ(runs[1].run_id, first);
}

TEST_F(Orchestrator, ARunHasOneController) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  const Result<RunLock> lock = repository->Control(run_id);
  ASSERT_TRUE(lock.has_value());
  const Result<RunLock> second = repository->Control(run_id);
  ASSERT_FALSE(second.has_value());
  EXPECT_TRUE(second.error().Is(codes::kRunHeld));
  EXPECT_NE(second.error().message.find(std::to_string(::getpid())), std::string::npos);
}

TEST_F(Orchestrator, ADeadControllerIsNoticed) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<RunLock> lock = RunLock::Acquire(folder_.string(), run_id);
    (void)!::write(ready[1], "x", 1);
    ::pause();
    ::_exit(0);
  }
  char byte;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_EQ(RunLock::Holder(folder_.string(), run_id), child);
  EXPECT_TRUE(repository->Control(run_id).error().Is(codes::kRunHeld));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_FALSE(RunLock::Holder(folder_.string(), run_id).has_value());
  EXPECT_TRUE(repository->Control(run_id).has_value());
}

TEST_F(Orchestrator, RequestsReachTheController) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  EXPECT_EQ(*repository->GetRequest(run_id), "");
  ASSERT_TRUE(Open()->PutRequest(run_id, "cancel").has_value());
  EXPECT_EQ(*repository->GetRequest(run_id), "cancel");
  ASSERT_TRUE(repository->SetStatus(run_id, "cancelled").has_value());
  EXPECT_EQ(*repository->GetRequest(run_id), "");
}

TEST_F(Orchestrator, EventsKeepTheirOrder) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  ASSERT_TRUE(repository->AddEvents(run_id, {{"t", "info", "a"}, {"t", "info", "b"}}).has_value());
  ASSERT_TRUE(repository->AddEvents(run_id, {{"t", "error", "c"}}).has_value());
  const std::vector<RunEvent> events = *repository->ListEvents(run_id);
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[0].text + events[1].text + events[2].text, "abc");
}

TEST_F(Orchestrator, SplitsAreKeptAlsoWhenThereAreNone) {
  auto repository = Open();
  EXPECT_FALSE(repository->GetSplits("r", "t")->has_value());
  ASSERT_TRUE(repository->PutSplits("r", {{"t", {{"a", 1, 2}, {std::string("b\0c", 3), -1, -1}}}}).has_value());
  const auto splits = *repository->GetSplits("r", "t");
  ASSERT_EQ(splits->size(), 2u);
  EXPECT_EQ((*splits)[0].row_estimate, 1);
  EXPECT_EQ((*splits)[1].bounds, std::string("b\0c", 3));
  ASSERT_TRUE(repository->PutSplits("r", {{"t", {}}}).has_value());
  EXPECT_EQ((*repository->GetSplits("r", "t"))->size(), 0u);
}

TEST_F(Orchestrator, QuarantinedRowsAreEncryptedAndReplacedByChunk) {
  auto repository = Open();
  const ChunkKey chunk{"r", "crm.customers", "c1"};
  const QuarantinedRow row{
      .code = "MIQ-DATA-004", .column = "email", .reason = "reasonreason", .original = "{\"a\": \"valuevalue\"}"};
  ASSERT_TRUE(repository->PutQuarantine(chunk, {row, row}).has_value());
  ASSERT_TRUE(repository->PutQuarantine(chunk, {row}).has_value());
  std::vector<QuarantinedRow> rows = *repository->ListQuarantine("r");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].table, "crm.customers");
  EXPECT_EQ(rows[0].chunk, "c1");
  EXPECT_EQ(rows[0].reason, row.reason);
  EXPECT_EQ(rows[0].original, row.original);
  EXPECT_EQ(AllBytes().find("valuevalue"), std::string::npos);
  EXPECT_EQ(AllBytes().find("reasonreason"), std::string::npos);
  ASSERT_TRUE(repository->SetQuarantineState(rows[0].id, "replayed").has_value());
  EXPECT_EQ(repository->ListQuarantine("r")->at(0).state, "replayed");
  ASSERT_TRUE(repository->DropQuarantine("r", "crm.customers").has_value());
  EXPECT_TRUE(repository->ListQuarantine("r")->empty());
}

TEST_F(Orchestrator, QuarantinedRowsAreEditedAllOrNone) {
  auto repository = Open();
  const std::string original = R"({"id":"1","email":"x","note":null})";
  ASSERT_TRUE(repository->PutQuarantine({"r", "t", "c"},
                                        {{.code = "x", .original = original}, {.code = "x", .original = original}}));
  const auto rows = *repository->ListQuarantine("r");
  const int64_t first = rows[0].id;
  EXPECT_EQ(*repository->EditQuarantine("r", {{first, {{"email", "y"}, {"note", "n"}}}}), 1);
  EXPECT_EQ(repository->ListQuarantine("r")->at(0).values(), R"({"id":"1","email":"y","note":"n"})");
  EXPECT_EQ(repository->ListQuarantine("r")->at(0).original, original);
  EXPECT_EQ(repository->ListQuarantine("r")->at(1).values(), original);
  const auto refused = repository->EditQuarantine("r", {{rows[1].id, {{"id", "2"}}}, {first, {{"emial", "z"}}}});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("no column 'emial'; did you mean 'email'?"), std::string::npos);
  EXPECT_EQ(repository->ListQuarantine("r")->at(1).values(), original) << "all or none";
  EXPECT_TRUE(repository->EditQuarantine("r", {{99, {{"id", "2"}}}}).error().Is(codes::kUsage));
  EXPECT_EQ(*repository->EditQuarantine("r", {{first, {{"email", "x"}, {"note", std::nullopt}}}}), 1);
  EXPECT_EQ(repository->ListQuarantine("r")->at(0).edited, "") << "taken back";
  ASSERT_TRUE(repository->SetQuarantineState(first, "replayed"));
  EXPECT_EQ(*repository->EditQuarantine("r", {{first, {{"email", "x"}}}}), 0) << "nothing changes";
  EXPECT_TRUE(repository->EditQuarantine("r", {{first, {{"email", "z"}}}}).error().Is(codes::kRunState));
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

TEST_F(Orchestrator, WithoutItsKeyTheQuarantineStaysShut) {
  ASSERT_TRUE(Open()->PutQuarantine({"r", "t", "c"}, {{.code = "x"}}).has_value());
  fs::remove(folder_ / "key");
  EXPECT_TRUE(Open()->ListQuarantine("r").error().Is(codes::kStateKey));
  std::ofstream(folder_ / "key") << std::string(32, 'x');
  EXPECT_TRUE(Open()->ListQuarantine("r").error().Is(codes::kStateKey)) << "readable by others";
  fs::permissions(folder_ / "key", fs::perms::owner_read);
  EXPECT_TRUE(Open()->ListQuarantine("r").error().Is(codes::kStateKey)) << "another key";
}

TEST_F(Orchestrator, SealingUsesAFreshNonceAndBindsTheContext) {
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

TEST_F(Orchestrator, FactsAreReplaced) {
  auto repository = Open();
  EXPECT_FALSE(repository->GetFact("r", "moments")->has_value());
  ASSERT_TRUE(repository->PutFact("r", "moments", "1").has_value());
  ASSERT_TRUE(repository->PutFact("r", "moments", "2").has_value());
  EXPECT_EQ(**repository->GetFact("r", "moments"), "2");
}

}  // namespace
}  // namespace migrateiq
