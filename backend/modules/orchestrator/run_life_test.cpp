#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "modules/orchestrator/run_life_test_support.hpp"

namespace migrateiq::orchestrator {
namespace {

using namespace std::chrono_literals;

TEST_F(RunLifeTest, ARunGoesFromQueuedToSucceeded) {
  const RunJob queued = Start({.plan_id = "p"});
  EXPECT_EQ(queued.state, RunState::queued);
  EXPECT_EQ(queued.waiting_for, "worker");
  EXPECT_EQ(queued.plan_version, 3);
  const auto worker = server_->StartWorker("w1");
  const RunJob done = server_->WaitFor(queued.run_id, RunState::succeeded);
  EXPECT_EQ(done.result, "succeeded");
  EXPECT_TRUE(done.started_at && done.finished_at);
  EXPECT_EQ(server_->runs.Start(server_->Anna(), {.plan_id = "none"}).error().code.code, codes::kApiNotFound.code);
}

TEST_F(RunLifeTest, PauseResumeCancel) {
  server_->carry_out = UntilStopped;
  const auto worker = server_->StartWorker("w1", 2s);
  const RunJob run = Start({.plan_id = "p"});
  server_->WaitFor(run.run_id, RunState::running);
  EXPECT_TRUE(Act("anna", run, RunAction::kResume).error().Is(codes::kApiState));
  ASSERT_TRUE(Act("anna", run, RunAction::kPause));
  server_->WaitFor(run.run_id, RunState::paused);
  ASSERT_TRUE(Act("anna", run, RunAction::kResume));
  server_->WaitFor(run.run_id, RunState::running);
  ASSERT_TRUE(Act("anna", run, RunAction::kCancel));
  server_->WaitFor(run.run_id, RunState::cancelled);
  server_->carry_out = [](ActiveTask&) { return Outcome{.result = "succeeded"}; };
  ASSERT_TRUE(Act("anna", run, RunAction::kRetry));
  server_->WaitFor(run.run_id, RunState::succeeded);
}

TEST_F(RunLifeTest, OnesOwnApiKeyIsNoSecondPerson) {
  Actor key = server_->Anna();
  key.id = "key-1";
  const RunJob asked_in_person = Start({.plan_id = "prod"});
  EXPECT_EQ(Code(server_->runs.Act(key, asked_in_person.run_id, RunAction::kApprove)), codes::kApiForbidden.code);
  const auto asked_by_key = server_->runs.Start(key, {.plan_id = "prod"});
  ASSERT_TRUE(asked_by_key);
  EXPECT_EQ(Code(Act("anna", *asked_by_key, RunAction::kApprove)), codes::kApiForbidden.code);
  EXPECT_EQ(Code(Act("bert", *asked_by_key, RunAction::kApprove)), "");
}

TEST_F(RunLifeTest, WritingIntoProductionNeedsASecondPerson) {
  const auto worker = server_->StartWorker("w1");
  const RunJob run = Start({.plan_id = "prod"});
  EXPECT_EQ(run.waiting_for, "approval");
  EXPECT_TRUE(Act("anna", run, RunAction::kApprove).error().Is(codes::kApiForbidden));
  std::this_thread::sleep_for(150ms);
  EXPECT_EQ(server_->runs.Find(server_->tenant, run.run_id)->state, RunState::queued);
  ASSERT_TRUE(Act("bert", run, RunAction::kApprove));
  const RunJob done = server_->WaitFor(run.run_id, RunState::succeeded);
  EXPECT_EQ(done.approved_by, "bert");
  const RunJob undoing = *Act("anna", run, RunAction::kUndo);
  EXPECT_EQ(undoing.pending, "undo");
  EXPECT_EQ(Code(Act("anna", run, RunAction::kApprove)), codes::kApiForbidden.code);
  EXPECT_EQ(Code(Act("bert", run, RunAction::kApprove)), "");
  server_->WaitFor(run.run_id, RunState::undone);
  EXPECT_TRUE(Act("bert", run, RunAction::kApprove).error().Is(codes::kApiState));
  const RunJob rejected = Start({.plan_id = "prod"});
  ASSERT_TRUE(Act("bert", rejected, RunAction::kReject));
  server_->WaitFor(rejected.run_id, RunState::cancelled);
  EXPECT_EQ(Start({.plan_id = "prod", .kind = "rehearse"}).waiting_for, "worker") << "a rehearsal writes nothing";
}

TEST_F(RunLifeTest, NoDetourLeadsAroundTheSecondPerson) {
  const RunJob cancelled = Start({.plan_id = "prod"});
  ASSERT_TRUE(Act("anna", cancelled, RunAction::kCancel));
  EXPECT_EQ(Act("anna", cancelled, RunAction::kRetry)->waiting_for, "approval");
  const RunJob rejected = Start({.plan_id = "prod"});
  ASSERT_TRUE(Act("bert", rejected, RunAction::kReject));
  EXPECT_EQ(Act("anna", rejected, RunAction::kUndo)->pending, "undo");
  ASSERT_TRUE(Act("bert", rejected, RunAction::kReject));
  EXPECT_EQ(Act("anna", rejected, RunAction::kRetry)->waiting_for, "approval");
  Actor key = server_->Person("key-1");
  const auto approve = [&] { return Code(server_->runs.Act(key, rejected.run_id, RunAction::kApprove, "{}")); };
  key.user_id = "anna";
  EXPECT_EQ(approve(), codes::kApiForbidden.code) << "who asked, with an API key";
  key.user_id = "";
  EXPECT_EQ(approve(), codes::kApiForbidden.code) << "nobody answers for this key";
  key.user_id = "bert";
  EXPECT_EQ(approve(), "");
}

TEST_F(RunLifeTest, DependenciesTimeAndWindowsHoldARunBack) {
  std::atomic<bool> first_may_end = false;
  server_->carry_out = [&](ActiveTask&) {
    while (!first_may_end) std::this_thread::sleep_for(5ms);
    return Outcome{.result = "succeeded"};
  };
  const auto worker = server_->StartWorker("w1");
  const RunJob first = Start({.plan_id = "p"});
  const RunJob second = Start({.plan_id = "p", .depends_on = {first.run_id}});
  EXPECT_EQ(second.waiting_for, "dependency");
  const RunJob later = Start({.plan_id = "p", .not_before = server_->clock.Now() + kHour});
  EXPECT_EQ(later.waiting_for, "time");
  first_may_end = true;
  server_->WaitFor(second.run_id, RunState::succeeded);
  ASSERT_TRUE(server_->runs.Advance());
  EXPECT_EQ(server_->runs.Find(server_->tenant, later.run_id)->waiting_for, "time");
  const std::string tenant = server_->tenant;
  ASSERT_TRUE(server_->store->Write(store::Scope::Tenant(tenant), [&](store::Session& session) {
    return windows::Insert(session, {.window_id = "w",
                                     .tenant_id = tenant,
                                     .connection_id = "target-p",
                                     .name = "never",
                                     .mode = "deny",
                                     .cron = "* * * * *",
                                     .time_zone = "UTC",
                                     .minutes = 10});
  }));
  server_->clock.Move(2 * kHour);
  ASSERT_TRUE(server_->runs.Advance());
  EXPECT_EQ(server_->runs.Find(tenant, later.run_id)->waiting_for, "window");
  ASSERT_TRUE(server_->store->Write(store::Scope::Tenant(tenant),
                                    [&](store::Session& session) { return windows::Delete(session, tenant, "w"); }));
  ASSERT_TRUE(server_->runs.Advance());
  server_->WaitFor(later.run_id, RunState::succeeded);
}

TEST_F(RunLifeTest, ARunWhoseDependencyFailsFails) {
  server_->carry_out = [](ActiveTask&) {
    return Outcome{.kind = Outcome::Kind::kFailed, .result = "failed", .error = R"({"code":"X"})"};
  };
  const RunJob first = Start({.plan_id = "p"});
  const RunJob second = Start({.plan_id = "p", .depends_on = {first.run_id}});
  const auto worker = server_->StartWorker("w1");
  server_->WaitFor(first.run_id, RunState::failed);
  server_->WaitFor(second.run_id, RunState::failed);
}

TEST_F(RunLifeTest, RetryableErrorsAreTriedAgainAfterAWhile) {
  std::atomic<int> tries = 0;
  server_->carry_out = [&](ActiveTask& active) {
    ++tries;
    if (active.task.attempt < 3)
      return Outcome{.kind = Outcome::Kind::kTryAgain, .error = R"({"code":"MIQ-CONN-005"})", .delay = kHour};
    return Outcome{.result = "succeeded"};
  };
  const auto worker = server_->StartWorker("w1");
  const RunJob run = Start({.plan_id = "p"});
  for (int attempt = 1; attempt < 3; ++attempt) {
    server_->Wait(run.run_id, [](const RunJob& now) { return now.waiting_for == kWaitsForRetry; });
    std::this_thread::sleep_for(200ms);
    EXPECT_EQ(tries, attempt);
    server_->clock.Move(kHour + kSecond);
    ASSERT_TRUE(server_->runs.Requeue());
  }
  EXPECT_EQ(server_->WaitFor(run.run_id, RunState::succeeded).attempt, 3);
}

TEST_F(RunLifeTest, ADeadWorkersTaskGoesToAnotherAndTheZombieIsRefused) {
  std::atomic<bool> zombie_may_go_on = false;
  std::atomic<int> carried = 0;
  server_->carry_out = [&](ActiveTask&) {
    if (++carried == 1) {
      while (!zombie_may_go_on) std::this_thread::sleep_for(5ms);
      return Outcome{.result = "zombie"};
    }
    return Outcome{.result = "succeeded"};
  };
  const RunJob run = Start({.plan_id = "p"});
  // A claim whose owner never gives a sign again.
  const auto zombie = Claim("zombie");
  ASSERT_TRUE(zombie);
  ++carried;
  server_->clock.Move(3 * kSecond);
  const auto worker = server_->StartWorker("w2");
  ASSERT_TRUE(server_->runs.Requeue());
  EXPECT_EQ(server_->WaitFor(run.run_id, RunState::succeeded).result, "succeeded");
  EXPECT_TRUE(server_->runs.Complete(*zombie, {.result = "zombie"}).error().Is(codes::kRunHeld));
  EXPECT_TRUE(server_->runs.Begin(*zombie).error().Is(codes::kRunHeld));
  EXPECT_EQ(server_->runs.Find(server_->tenant, run.run_id)->result, "succeeded");
}

TEST_F(RunLifeTest, ADrainedWorkerGivesItsTaskBack) {
  server_->carry_out = UntilStopped;
  auto first = server_->StartWorker("w1");
  const RunJob run = Start({.plan_id = "p"});
  server_->WaitFor(run.run_id, RunState::running);
  first->Drain(10s);
  EXPECT_EQ(first->at_work(), 0U);
  EXPECT_EQ(server_->runs.Find(server_->tenant, run.run_id)->state, RunState::queued);
  server_->carry_out = [](ActiveTask& active) { return Outcome{.result = "by " + active.task.owner}; };
  const auto second = server_->StartWorker("w2");
  const RunJob done = server_->WaitFor(run.run_id, RunState::succeeded);
  EXPECT_EQ(done.result, "by w2");
  EXPECT_EQ(done.attempt, 1) << "what was given back was no attempt";
}

TEST_F(RunLifeTest, WhatIsAskedWhileATaskIsGivenBackIsDone) {
  for (const auto& [action, state] :
       {std::pair(RunAction::kPause, RunState::paused), {RunAction::kCancel, RunState::cancelled}}) {
    server_->carry_out = [&, action = action](ActiveTask& active) {
      EXPECT_TRUE(server_->runs.Act(server_->Anna(), active.task.run_id, action));
      return Outcome{.kind = Outcome::Kind::kGiveBack};
    };
    const auto worker = server_->StartWorker("w1");
    server_->WaitFor(Start({.plan_id = "p"}).run_id, state);
  }
}

TEST_F(RunLifeTest, ARunCancelledAfterTheClaimDoesNotComeAlive) {
  const RunJob run = Start({.plan_id = "p"});
  const auto task = Claim("w1");
  ASSERT_TRUE(task);
  ASSERT_TRUE(server_->runs.Act(server_->Anna(), run.run_id, RunAction::kCancel));
  EXPECT_TRUE(server_->runs.Begin(*task).error().Is(codes::kRunHeld));
  EXPECT_EQ(server_->runs.Find(server_->tenant, run.run_id)->state, RunState::cancelled);
  EXPECT_FALSE(Claim("w2")) << "its task is not there any more";
}

TEST_F(RunLifeTest, GoingOnForADeadWorkerIsNoAttempt) {
  Start({.plan_id = "p"});
  for (int64_t epoch = 1; epoch <= 3; ++epoch) {
    const auto task = Claim("w" + std::to_string(epoch));
    ASSERT_TRUE(task);
    EXPECT_EQ(task->epoch, epoch);
    EXPECT_EQ(task->attempt, 1);
    server_->clock.Move(3 * kSecond);
  }
}

TEST_F(RunLifeTest, AStoreThatIsAwayIsNotTheRunsFault) {
  std::atomic<int> asked = 0;
  server_->carry_out = nullptr;
  server_->records = [&](const std::string&) -> Result<std::shared_ptr<RunRepository>> {
    if (++asked < 6) return Fail(Error(codes::kStateOpen, "away").Retryable());
    return Fail(codes::kStateKey, "broken");
  };
  const RunJob run = Start({.plan_id = "p", .max_attempts = 1});
  const auto worker = server_->StartWorker("w1");
  for (int turn = 1; turn < 6; ++turn) {
    server_->Wait(run.run_id, [&](const RunJob& now) { return asked == turn && now.state == RunState::queued; });
    server_->clock.Move(3 * kSecond);
  }
  EXPECT_NE(server_->WaitFor(run.run_id, RunState::failed).error.find("MIQ-STATE-003"), std::string::npos);
}

TEST_F(RunLifeTest, ConnectionsAndTenantsAreNotOverloaded) {
  server_->limits = {.per_connection = 1, .per_tenant = 2};
  server_->plans.plans["q"] = Plan("q", false);
  server_->plans.plans["r"] = Plan("r", false);
  server_->carry_out = UntilStopped;
  const auto worker = server_->StartWorker("w1", 2s, 8);
  std::vector<RunJob> started;
  for (const char* plan : {"p", "p", "q", "r"}) started.push_back(Start({.plan_id = plan}));
  server_->WaitFor(started[0].run_id, RunState::running);
  server_->WaitFor(started[2].run_id, RunState::running);
  std::this_thread::sleep_for(400ms);
  EXPECT_EQ(server_->runs.Find(server_->tenant, started[1].run_id)->state, RunState::queued)
      << "its connections are busy";
  EXPECT_EQ(server_->runs.Find(server_->tenant, started[3].run_id)->state, RunState::queued)
      << "the tenant has two runs";
}

TEST_F(RunLifeTest, TheMoreUrgentRunComesFirst) {
  std::vector<std::string> order;
  std::mutex mutex;
  server_->carry_out = [&](ActiveTask& active) {
    const std::lock_guard lock(mutex);
    order.push_back(active.task.run_id);
    return Outcome{.result = "succeeded"};
  };
  const RunJob low = Start({.plan_id = "p", .priority = 1}), high = Start({.plan_id = "p", .priority = 9});
  const auto worker = server_->StartWorker("w1");
  server_->WaitFor(low.run_id, RunState::succeeded);
  const std::lock_guard lock(mutex);
  EXPECT_EQ(order, (std::vector<std::string>{high.run_id, low.run_id}));
}

TEST_F(RunLifeTest, ATimeLimitEndsARun) {
  server_->carry_out = [](ActiveTask& active) {
    active.timeout_at = 1;  // long ago
    while (!active.stop.stop_requested()) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(active.reason, StopReason::kTimeout);
    return Outcome{.kind = Outcome::Kind::kFailed, .error = R"({"code":"MIQ-RUN-009"})"};
  };
  const auto worker = server_->StartWorker("w1", 2s);
  server_->WaitFor(Start({.plan_id = "p"}).run_id, RunState::failed);
}

TEST_F(RunLifeTest, OtherTenantsRunsAreNotThere) {
  const RunJob run = Start({.plan_id = "p"});
  EXPECT_TRUE(server_->runs.Find("other", run.run_id).error().Is(codes::kApiNotFound));
  Actor stranger = Actor::System("other");
  EXPECT_TRUE(server_->runs.Act(stranger, run.run_id, RunAction::kCancel).error().Is(codes::kApiNotFound));
  EXPECT_TRUE(server_->runs.List("other", {})->empty());
  EXPECT_FALSE(server_->runs.Start(stranger, {.plan_id = "p", .depends_on = {run.run_id}}).has_value());
}

TEST_F(RunLifeTest, DestructiveRunsNeedAConfirmation) {
  server_->plans.plans["p"].plan.run.schema = SchemaMode::kReplace;
  EXPECT_TRUE(server_->runs.Start(server_->Anna(), {.plan_id = "p"}).error().Is(codes::kRunConfirm));
  EXPECT_TRUE(server_->runs.Start(server_->Anna(), {.plan_id = "p", .confirmed = true}).has_value());
  EXPECT_TRUE(server_->runs.Start(server_->Anna(), {.plan_id = "p", .kind = "rehearse"}).has_value());
}

TEST_F(RunLifeTest, SchedulesStartRunsOnceAMomentAndOneProcessLeads) {
  server_->AddPerson("anna", "engineer");
  const Schedule schedule = Nightly();
  ASSERT_TRUE(server_->store->Write(store::Scope::Tenant(server_->tenant),
                                    [&](store::Session& session) { return schedules::Insert(session, schedule); }));
  Scheduler one({*server_->store, server_->runs, server_->clock}, "one"),
      two({*server_->store, server_->runs, server_->clock}, "two");
  ASSERT_TRUE(one.Tick());
  EXPECT_TRUE(server_->runs.List(server_->tenant, {})->empty());
  server_->clock.Move(24 * kHour + kMinute);
  for (int turn = 0; turn < 3; ++turn) {
    ASSERT_TRUE(two.Tick());  // takes over: the leader's lease ran out
    ASSERT_TRUE(one.Tick());
  }
  const auto started = server_->runs.List(server_->tenant, {.schedule_id = "s"});
  ASSERT_EQ(started->size(), 1U);
  EXPECT_EQ(started->front().requested_by, "anna");
  const auto after = *server_->store->ReadFor<Schedule>(
      store::Scope::Tenant(server_->tenant),
      [&](store::Session& session) { return schedules::Find(session, server_->tenant, "s"); });
  EXPECT_GT(after.next_at, server_->clock.Now());
  EXPECT_EQ(after.last_run_id, started->front().run_id);
}

}  // namespace
}  // namespace migrateiq::orchestrator
