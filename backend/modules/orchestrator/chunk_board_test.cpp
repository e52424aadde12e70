#include "modules/orchestrator/chunk_board.hpp"

#include "base/errors/run.hpp"
#include "modules/orchestrator/run_life_test_support.hpp"

namespace migrateiq::orchestrator {
namespace {

/// One run that worker "one" controls, with its chunks in the store. Nothing is loaded: who gets which chunk is looked
/// at.
class ChunkBoardTest : public ServerCase {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(ServerCase::SetUp());
    server_->plans.plans["p"] = {.project_id = "project",
                                 .plan_id = "p",
                                 .version = 1,
                                 .source_connection_id = "source",
                                 .target_connection_id = "target"};
    run_ = *server_->runs.Start(server_->Anna(), {.plan_id = "p"});
    execute_ = Claimed("one");
    ASSERT_TRUE(server_->runs.Begin(execute_));
  }

  std::optional<Task> Claim(const std::string& worker) {
    return *server_->store->WriteFor<std::optional<Task>>(store::Scope::System(), [&](store::Session& session) {
      return tasks::Claim(session, worker, server_->clock.Now(), 10 * kSecond, {.per_connection = 4});
    });
  }
  Task Claimed(const std::string& worker) {
    const auto task = Claim(worker);
    EXPECT_TRUE(task) << worker << " was given nothing";
    return task.value_or(Task{});
  }
  Task Helping(const std::string& worker) {
    const Task task = Claimed(worker);
    EXPECT_EQ(task.kind, kHelpTask);
    EXPECT_TRUE(server_->runs.Begin(task));
    return task;
  }
  ChunkBoard Board(const Task& task) {
    return ChunkBoard({.store = *server_->store,
                       .clock = server_->clock,
                       .wake = [] {},
                       .say = [this](const std::string&, const std::string& text) { said_ += text + "\n"; }},
                      task);
  }
  Status Offer(int64_t chunks) {
    std::vector<SharedChunk> list;
    for (int64_t number = 0; number < chunks; ++number) list.push_back({number, 1000});
    return Board(execute_).Offer({.moment = "m", .fence = 2, .tables = "t", .rejected = 7}, list);
  }
  Deal Next(const Task& task, const std::vector<ChunkOutcome>& done = {}) {
    const auto deal = Board(task).Next(done);
    EXPECT_TRUE(deal) << deal.error().ToString();
    return deal.value_or(Deal{});
  }
  bool Stands(const Task& help) { return server_->runs.HelpTerms(help)->has_value(); }
  Task Stored(const Task& task) {
    return *server_->store->ReadFor<Task>(store::Scope::System(), [&](store::Session& session) {
      return tasks::Find(session, task.tenant_id, task.task_id);
    });
  }

  RunJob run_;
  Task execute_;
  std::string said_;
};

TEST_F(ChunkBoardTest, EachChunkIsDealtOnceAndTheControllerStaysUntilAllAreDone) {
  ASSERT_TRUE(Offer(3));
  const Task help = Helping("two");
  EXPECT_EQ((*server_->runs.HelpTerms(help))->moment, "m");
  EXPECT_EQ(Next(execute_).chunks, std::vector<int64_t>{0});
  EXPECT_EQ(Next(help).chunks, std::vector<int64_t>{1});
  EXPECT_EQ(Next(execute_, {{.number = 0, .rows = 10}}).chunks, std::vector<int64_t>{2});
  Deal deal = Next(execute_, {{.number = 2, .rows = 10}});
  EXPECT_TRUE(deal.chunks.empty() && !deal.over) << "the helper has one in hand";
  EXPECT_EQ(deal.sharers, 2);
  const Deal last =
      Next(help, {{.number = 1, .rows = 9, .rejected = 1, .foreign_keys_bypassed = true, .warnings = {"w"}}});
  EXPECT_TRUE(last.over) << "there is nothing left to take";
  deal = Next(execute_);
  EXPECT_TRUE(deal.over);
  ASSERT_EQ(deal.elsewhere.size(), 1U);
  EXPECT_EQ(deal.elsewhere[0].rows, 9);
  EXPECT_EQ(deal.elsewhere[0].rejected, 1);
  EXPECT_TRUE(deal.elsewhere[0].foreign_keys_bypassed);
  EXPECT_EQ(deal.elsewhere[0].warnings, std::vector<std::string>{"w"});
  EXPECT_EQ(Stored(execute_).chunks, 2);
  EXPECT_EQ(Stored(help).rows_loaded, 9);
}

TEST_F(ChunkBoardTest, ManySmallChunksAreDealtTogether) {
  ASSERT_TRUE(Offer(1200));
  EXPECT_EQ(Next(execute_).chunks.size(), 64U);
  std::vector<SharedChunk> large{{0, 20 << 20}, {1, 20 << 20}, {2, -1}, {3, -1}};
  for (int64_t number = 4; number < 64; ++number) large.push_back({number, 0});
  ASSERT_TRUE(Board(execute_).Offer({}, large));
  EXPECT_EQ(Next(execute_).chunks, std::vector<int64_t>{0});
}

TEST_F(ChunkBoardTest, ADeadHelpersChunksGoToOthers) {
  ASSERT_TRUE(Offer(2));
  const Task help = Helping("two");
  EXPECT_EQ(Next(help).chunks, std::vector<int64_t>{0});
  EXPECT_EQ(Next(execute_).chunks, std::vector<int64_t>{1});
  server_->clock.Move(11 * kSecond);
  ASSERT_TRUE(server_->store->Write(store::Scope::System(), [&](store::Session& session) {
    return tasks::Extend(session, execute_, server_->clock.Now() + kMinute);
  }));
  EXPECT_EQ(Next(execute_, {{.number = 1}}).chunks, std::vector<int64_t>{0});
  EXPECT_NE(said_.find("worker two gave no sign"), std::string::npos);
  EXPECT_EQ(Stored(help).state, "failed");
  EXPECT_TRUE(Board(help).Next({{.number = 0}}).error().Is(codes::kRunHeld)) << "it comes back from the dead";
  EXPECT_TRUE(Next(execute_, {{.number = 0}}).over);
}

TEST_F(ChunkBoardTest, HelpIsNotTheRunsEnd) {
  ASSERT_TRUE(Offer(4));
  const Task help = Helping("two");
  EXPECT_EQ(Next(help).chunks, std::vector<int64_t>{0});
  ASSERT_TRUE(server_->runs.Complete(help, {.kind = RunService::Outcome::Kind::kFailed, .error = R"({"code":"X"})"}));
  EXPECT_EQ(server_->runs.Find(run_.tenant_id, run_.run_id)->state, RunState::running);
  EXPECT_EQ(Next(execute_).chunks, std::vector<int64_t>{0}) << "it is free again";
  EXPECT_FALSE(Claim("two")) << "who failed to help is not asked again";
  EXPECT_FALSE(Claim("one")) << "the controller does not help itself";
  EXPECT_EQ(Helping("three").owner, "three");
}

TEST_F(ChunkBoardTest, WhatWaitsForAWorkerComesFirst) {
  ASSERT_TRUE(Offer(4));
  const RunJob other = *server_->runs.Start(server_->Anna(), {.plan_id = "p"});
  const Task task = Claimed("two");
  EXPECT_EQ(task.run_id, other.run_id);
  const Task help = Helping("three");
  EXPECT_EQ(Next(help).chunks.size(), 1U);
  ASSERT_TRUE(server_->runs.Start(server_->Anna(), {.plan_id = "p"}));
  EXPECT_TRUE(Next(help, {{.number = 0}}).over) << "it makes room";
}

TEST_F(ChunkBoardTest, WhoHelpsIsNoRunOfTheTenantsQuota) {
  server_->AddPerson("anna", "engineer");
  ASSERT_TRUE(server_->store->Write(store::Scope::Tenant(server_->tenant), [&](store::Session& session) -> Status {
    MIQ_TRY(
        session.Execute("UPDATE tenant SET quotas = '{\"concurrent_runs\": 1}' WHERE tenant_id = $1", server_->tenant));
    return {};
  }));
  ASSERT_TRUE(Offer(4));
  const Task help = Helping("two");
  EXPECT_EQ(Next(help).chunks.size(), 1U);
  ASSERT_TRUE(server_->runs.Start(server_->Anna(), {.plan_id = "p"}));
  EXPECT_FALSE(Claim("three")) << "neither another run nor, while one waits, more help";
}

TEST_F(ChunkBoardTest, TheOfferEndsWithItsControllerAndWhenSomebodySaysStop) {
  ASSERT_TRUE(Offer(4));
  const Task help = Helping("two");
  ASSERT_TRUE(Stands(help));
  ASSERT_TRUE(server_->runs.Act(server_->Anna(), run_.run_id, RunAction::kPause));
  EXPECT_FALSE(Stands(help));
  EXPECT_TRUE(Next(help).over);
  ASSERT_TRUE(server_->runs.Complete(help, {.kind = RunService::Outcome::Kind::kGiveBack}));
  EXPECT_TRUE(Board(execute_).Withdraw(true)) << "nobody helps any more";
  ASSERT_TRUE(server_->runs.Complete(execute_, {.kind = RunService::Outcome::Kind::kPaused}));
  EXPECT_EQ(server_->runs.Find(run_.tenant_id, run_.run_id)->state, RunState::paused);
  ASSERT_TRUE(server_->runs.Act(server_->Anna(), run_.run_id, RunAction::kResume));
  execute_ = Claimed("one");
  EXPECT_EQ(execute_.kind, "execute") << "no invitation is left";
  ASSERT_TRUE(server_->runs.Begin(execute_));
  ASSERT_TRUE(Offer(4));
  const Task again = Helping("two");
  ASSERT_TRUE(Stands(again));
  server_->clock.Move(11 * kSecond);
  EXPECT_FALSE(Stands(again)) << "its controller gave no sign";
  const Task taken = Claimed("three");
  EXPECT_EQ(taken.task_id, execute_.task_id);
  EXPECT_FALSE(Claim("four")) << "what the dead one offered is no offer of its successor";
  EXPECT_TRUE(Board(execute_).Next({}).error().Is(codes::kRunHeld));
  EXPECT_TRUE(Board(execute_).Withdraw(true).error().Is(codes::kRunHeld));
}

}  // namespace
}  // namespace migrateiq::orchestrator
