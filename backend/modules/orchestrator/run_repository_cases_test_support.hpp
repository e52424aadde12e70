#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "base/errors/run.hpp"
#include "modules/orchestrator/migrations.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/plan/plan_file.hpp"
#include "platform/store/store_test_support.hpp"

namespace migrateiq {

namespace fs = std::filesystem;

#if defined(__SANITIZE_THREAD__)
constexpr bool kUnderThreadSanitizer = true;
#elif defined(__has_feature)
constexpr bool kUnderThreadSanitizer = __has_feature(thread_sanitizer);
#else
constexpr bool kUnderThreadSanitizer = false;
#endif

/// The command line's repository; over PostgreSQL with keys and locks in a folder too.
class Orchestrator : public store::StoreCase {
 protected:
  void SetUp() override {
    StoreCase::SetUp();
    if (IsSkipped()) return;
    folder_ = store_->folder() / "state";
    if (!IsPostgres()) return;
    fs::create_directories(folder_);
    ASSERT_TRUE(store().Migrate("orchestrator", detail::RunMigrations()).has_value());
  }

  std::unique_ptr<RunRepository> Open() {
    if (IsPostgres()) return Over("local");
    auto repository = RunRepository::Open(folder_.string());
    EXPECT_TRUE(repository.has_value()) << (repository ? "" : repository.error().ToString());
    return std::move(*repository);
  }
  std::unique_ptr<RunRepository> Over(const std::string& tenant) {
    return std::make_unique<RunRepository>(store(), tenant, SealByStateKey(folder_.string()), folder_.string());
  }
  /// All that is stored, as bytes.
  std::string AllBytes() {
    std::string bytes;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      bytes += text.str();
    }
    return IsPostgres() ? bytes + AllRows() : bytes;
  }
  std::string AllRows() {
    std::string bytes;
    for (const char* table : {"run", "event", "split", "quarantine", "fact"}) {
      const store::Rows rows = *store().ReadFor<store::Rows>(store::Scope::System(), [&](store::Session& session) {
        return session.Query("SELECT encode(convert_to(t::text, 'UTF8'), 'escape') FROM " + std::string(table) + " t");
      });
      for (const store::Row& row : rows) bytes += row.Text(0);
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

TEST_P(Orchestrator, RunsAreFoundAgainWithTheirPlan) {
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

TEST_P(Orchestrator, LiteralPasswordsAreStoredEncrypted) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan("mysql://u:hushhush@h/d"));
  EXPECT_EQ(repository->LoadPlan(run_id)->source.url, "mysql://u:hushhush@h/d");
  EXPECT_EQ(repository->FindRun(run_id)->source, "mysql://u:***@h/d");
  EXPECT_EQ(AllBytes().find("hushhush"), std::string::npos);
}

TEST_P(Orchestrator, StatusFollowsTheRun) {
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

TEST_P(Orchestrator, RunsAreListedNewestFirst) {
  auto repository = Open();
  const std::string first = *repository->CreateRun(SomePlan());
  const std::string second = *repository->CreateRun(SomePlan());
  const std::vector<RunRecord> runs = *repository->ListRuns();
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].run_id, second);
  EXPECT_EQ(runs[1].run_id, first);
}

TEST_P(Orchestrator, ARunHasOneController) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  const Result<RunLock> lock = repository->Control(run_id);
  ASSERT_TRUE(lock.has_value());
  const Result<RunLock> second = repository->Control(run_id);
  ASSERT_FALSE(second.has_value());
  EXPECT_TRUE(second.error().Is(codes::kRunHeld));
  EXPECT_NE(second.error().message.find(std::to_string(::getpid())), std::string::npos);
}

TEST_P(Orchestrator, ADeadControllerIsNoticed) {
  if (kUnderThreadSanitizer)
    GTEST_SKIP() << "ThreadSanitizer does not understand what the C library's fork does with its locks";
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

TEST_P(Orchestrator, RequestsReachTheController) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  EXPECT_EQ(*repository->GetRequest(run_id), "");
  ASSERT_TRUE(Open()->PutRequest(run_id, "cancel").has_value());
  EXPECT_EQ(*repository->GetRequest(run_id), "cancel");
  ASSERT_TRUE(repository->SetStatus(run_id, "cancelled").has_value());
  EXPECT_EQ(*repository->GetRequest(run_id), "");
}

TEST_P(Orchestrator, EventsKeepTheirOrder) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  ASSERT_TRUE(repository->AddEvents(run_id, {{"t", "info", "a"}, {"t", "info", "b"}}).has_value());
  ASSERT_TRUE(repository->AddEvents(run_id, {{"t", "error", "c"}}).has_value());
  const std::vector<RunEvent> events = *repository->ListEvents(run_id);
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[0].text + events[1].text + events[2].text, "abc");
}

TEST_P(Orchestrator, SplitsAreKeptAlsoWhenThereAreNone) {
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

TEST_P(Orchestrator, QuarantinedRowsAreEncryptedAndReplacedByChunk) {
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

TEST_P(Orchestrator, QuarantinedRowsAreEditedAllOrNone) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  const std::string original = R"({"id":"1","email":"x","note":null})";
  ASSERT_TRUE(repository->PutQuarantine({run_id, "t", "c"},
                                        {{.code = "x", .original = original}, {.code = "x", .original = original}}));
  const auto rows = *repository->ListQuarantine(run_id);
  const int64_t first = rows[0].id;
  EXPECT_EQ(*repository->EditQuarantine(run_id, {{first, {{"email", "y"}, {"note", "n"}}}}), 1);
  EXPECT_EQ(repository->ListQuarantine(run_id)->at(0).values(), R"({"id":"1","email":"y","note":"n"})");
  EXPECT_EQ(repository->ListQuarantine(run_id)->at(0).original, original);
  EXPECT_EQ(repository->ListQuarantine(run_id)->at(1).values(), original);
  const auto refused = repository->EditQuarantine(run_id, {{rows[1].id, {{"id", "2"}}}, {first, {{"emial", "z"}}}});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("no column 'emial'; did you mean 'email'?"), std::string::npos);
  EXPECT_EQ(repository->ListQuarantine(run_id)->at(1).values(), original) << "all or none";
  EXPECT_TRUE(repository->EditQuarantine(run_id, {{99, {{"id", "2"}}}}).error().Is(codes::kUsage));
  EXPECT_EQ(*repository->EditQuarantine(run_id, {{first, {{"email", "x"}, {"note", std::nullopt}}}}), 1);
  EXPECT_EQ(repository->ListQuarantine(run_id)->at(0).edited, "") << "taken back";
  ASSERT_TRUE(repository->SetQuarantineState(first, "replayed"));
  EXPECT_EQ(*repository->EditQuarantine(run_id, {{first, {{"email", "x"}}}}), 0) << "nothing changes";
  EXPECT_TRUE(repository->EditQuarantine(run_id, {{first, {{"email", "z"}}}}).error().Is(codes::kRunState));
}

TEST_P(Orchestrator, WithoutItsKeyTheQuarantineStaysShut) {
  ASSERT_TRUE(Open()->PutQuarantine({"r", "t", "c"}, {{.code = "x"}}).has_value());
  fs::remove(folder_ / "key");
  EXPECT_TRUE(Open()->ListQuarantine("r").error().Is(codes::kStateKey));
  std::ofstream(folder_ / "key") << std::string(32, 'x');
  EXPECT_TRUE(Open()->ListQuarantine("r").error().Is(codes::kStateKey)) << "readable by others";
  fs::permissions(folder_ / "key", fs::perms::owner_read);
  EXPECT_TRUE(Open()->ListQuarantine("r").error().Is(codes::kStateKey)) << "another key";
}

TEST_P(Orchestrator, FactsAreReplaced) {
  auto repository = Open();
  EXPECT_FALSE(repository->GetFact("r", "moments")->has_value());
  ASSERT_TRUE(repository->PutFact("r", "moments", "1").has_value());
  ASSERT_TRUE(repository->PutFact("r", "moments", "2").has_value());
  EXPECT_EQ(**repository->GetFact("r", "moments"), "2");
}

TEST_P(Orchestrator, TenantsSeeTheirOwnRunsOnly) {
  ASSERT_TRUE(IsPostgres() || store().Migrate("orchestrator", detail::RunMigrations()).has_value());
  fs::create_directories(folder_);
  auto mine = Over("mine"), theirs = Over("theirs");
  const std::string run_id = *mine->CreateRun(SomePlan());
  ASSERT_TRUE(mine->PutFact(run_id, "fates", "x").has_value());
  ASSERT_TRUE(mine->PutSplits(run_id, {{"t", {{"a", 1, 2}}}}).has_value());
  ASSERT_TRUE(mine->AddEvents(run_id, {{"t", "info", "a"}}).has_value());
  ASSERT_TRUE(mine->PutQuarantine({run_id, "t", "c"}, {{.code = "x", .original = R"({"a":"1"})"}}).has_value());
  const int64_t row = mine->ListQuarantine(run_id)->at(0).id;

  EXPECT_TRUE(theirs->FindRun(run_id).error().Is(codes::kRunNotFound));
  EXPECT_TRUE(theirs->LoadPlan(run_id).error().Is(codes::kRunNotFound));
  EXPECT_TRUE(theirs->SetStatus(run_id, "failed").error().Is(codes::kRunNotFound));
  EXPECT_TRUE(theirs->PutRequest(run_id, "cancel").error().Is(codes::kRunNotFound));
  EXPECT_TRUE(theirs->ListRuns()->empty());
  EXPECT_TRUE(theirs->ListEvents(run_id)->empty());
  EXPECT_TRUE(theirs->ListQuarantine(run_id)->empty());
  EXPECT_FALSE(theirs->GetFact(run_id, "fates")->has_value());
  EXPECT_FALSE(theirs->GetSplits(run_id, "t")->has_value());
  ASSERT_TRUE(theirs->SetQuarantineState(row, "replayed").has_value());
  ASSERT_TRUE(theirs->DropQuarantine(run_id, "t").has_value());
  EXPECT_EQ(mine->ListQuarantine(run_id)->at(0).state, "open");
  EXPECT_EQ(mine->ListRuns()->size(), 1u);
}

TEST_P(Orchestrator, EventsMayQuoteAnyBytes) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  ASSERT_TRUE(repository->AddEvents(run_id, {{"t", "info", std::string("a\0\xff\xc3\xa9z", 6)}}).has_value());
  EXPECT_EQ(repository->ListEvents(run_id)->at(0).text, "a\\x00\\xff\xc3\xa9z");
}

TEST_P(Orchestrator, WritersOfEventsDoNotCollide) {
  auto repository = Open();
  const std::string run_id = *repository->CreateRun(SomePlan());
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 4; ++writer)
      writers.emplace_back([&] {
        for (int round = 0; round < 10; ++round)
          EXPECT_TRUE(repository->AddEvents(run_id, {{"t", "info", "a"}, {"t", "info", "b"}}).has_value());
      });
  }
  EXPECT_EQ(repository->ListEvents(run_id)->size(), 80u);
}

}  // namespace migrateiq
