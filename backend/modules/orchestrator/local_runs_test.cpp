#include "modules/orchestrator/local_runs.hpp"

#include "base/errors/api.hpp"
#include "base/errors/connect.hpp"
#include "modules/orchestrator/run_life_test_support.hpp"

namespace migrateiq::orchestrator {
namespace {

/// A state folder in which the command line works beside a server.
class LocalRunsTest : public ServerCase {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(ServerCase::SetUp());
    command_line_ = std::move(*RunRepository::Open(folder_));
    local_ = std::make_unique<LocalRuns>(
        LocalRuns::Parts{*server_->store, folder_, [this](const RunJob&) { ++announced_; }});
  }
  void TearDown() override {
    local_.reset();
    command_line_.reset();
    ServerCase::TearDown();
  }

  RunJob Shown(const std::string& run_id) {
    const Status adopted = local_->Adopt();
    EXPECT_TRUE(adopted) << adopted.error().ToString();
    const auto run = server_->runs.Find("default", run_id);
    EXPECT_TRUE(run) << run.error().ToString();
    return run.value_or(RunJob{});
  }
  std::string Create() {
    Plan plan;
    plan.name = "shop";
    plan.source.url = "fake:orders?rows=1";
    plan.target.url = "sqlite:x.db";
    return *command_line_->CreateRun(plan);
  }

  std::unique_ptr<RunRepository> command_line_;
  int announced_ = 0;
  std::unique_ptr<LocalRuns> local_;
};

TEST_F(LocalRunsTest, AreShownInTheStateTheyAreIn) {
  const std::string run_id = Create();
  {
    const RunLock control = *command_line_->Control(run_id);
    ASSERT_TRUE(command_line_->PutFact(run_id, "progress", R"({"phase":"loading"})"));
    const RunJob running = Shown(run_id);
    EXPECT_EQ(running.state, RunState::running);
    EXPECT_EQ(running.kind, kLocalRun);
    EXPECT_EQ(running.name, "shop");
    EXPECT_EQ(running.progress, R"({"phase":"loading"})");
    EXPECT_TRUE(running.started_at && !running.finished_at);
    EXPECT_EQ(announced_, 1);
    EXPECT_EQ(Shown(run_id).version, running.version) << "nothing changed";
    EXPECT_EQ(announced_, 1);
  }
  const RunJob left = Shown(run_id);
  EXPECT_EQ(left.state, RunState::paused) << "its process died: it can be resumed";
  EXPECT_EQ(left.result, "interrupted");
  RunReport report{.run_id = run_id, .status = RunResult::kFailed};
  report.errors.push_back(Error(codes::kConnLost, "gone"));
  ASSERT_TRUE(command_line_->FinishRun(run_id, report));
  const RunJob failed = Shown(run_id);
  EXPECT_EQ(failed.state, RunState::failed);
  EXPECT_TRUE(failed.finished_at);
  EXPECT_NE(failed.error.find("gone"), std::string::npos);
  report = {.run_id = run_id, .status = RunResult::kQuarantined};
  ASSERT_TRUE(command_line_->FinishRun(run_id, report));
  EXPECT_EQ(Shown(run_id).state, RunState::succeeded);
  EXPECT_EQ(Shown(run_id).result, "quarantined");
  EXPECT_EQ(Shown(run_id).error, "");
  ASSERT_TRUE(command_line_->SetAccepted(run_id));
  EXPECT_TRUE(Shown(run_id).accepted);
  ASSERT_TRUE(command_line_->SetStatus(run_id, "undone"));
  EXPECT_EQ(Shown(run_id).state, RunState::undone);
  EXPECT_EQ(announced_, 6);
}

TEST_F(LocalRunsTest, NothingIsDoneToThemHere) {
  const std::string run_id = Create();
  Shown(run_id);
  Actor anna = Actor::System("default");
  for (const RunAction action : {RunAction::kResume, RunAction::kCancel, RunAction::kUndo, RunAction::kRetry}) {
    const auto done = server_->runs.Act(anna, run_id, action);
    EXPECT_TRUE(!done && done.error().Is(codes::kApiState)) << Word(action);
  }
  EXPECT_TRUE(server_->runs.Find("other", run_id).error().Is(codes::kApiNotFound)) << "they are the first tenant's";
  EXPECT_EQ(server_->runs.List("default", {.kind = kLocalRun})->size(), 1U);
}

TEST_F(LocalRunsTest, RunsOfTheServerStayWhatTheyAre) {
  server_->plans.plans["p"] = {.project_id = "project", .plan_id = "p", .version = 1};
  Actor anna = Actor::System("default");
  const RunJob run = *server_->runs.Start(anna, {.plan_id = "p"});
  RunRepository records(*server_->store, "default", SealByStateKey(folder_));
  ASSERT_TRUE(records.Register(run.run_id, "x", Plan{}));
  EXPECT_EQ(Shown(run.run_id).kind, "run");
  EXPECT_EQ(announced_, 0);
}

}  // namespace
}  // namespace migrateiq::orchestrator
