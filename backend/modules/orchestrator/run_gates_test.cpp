#include "base/errors/api.hpp"
#include "modules/core/notify/notice.hpp"
#include "modules/orchestrator/run_life_test_support.hpp"
#include "modules/orchestrator/tidy.hpp"

namespace migrateiq::orchestrator {
namespace {

using namespace std::chrono_literals;

/// What holds runs back and who hears of them: windows, schedules, quotas, second persons.
class RunGatesTest : public RunLifeTest {
 protected:
  void SetUp() override {
    RunLifeTest::SetUp();
    server_->AddPerson("anna", "engineer");
    server_->AddPerson("bert", "admin");
  }
  void CloseWindow() {
    PutWindow([&](store::Session& session) {
      return windows::Insert(session, {.window_id = "w",
                                       .tenant_id = server_->tenant,
                                       .connection_id = "target-p",
                                       .name = "closed",
                                       .mode = "deny",
                                       .cron = "* * * * *",
                                       .time_zone = "UTC",
                                       .minutes = 10});
    });
  }
  void OpenWindow() {
    PutWindow([&](store::Session& session) { return windows::Delete(session, server_->tenant, "w"); });
  }
  void PutWindow(const std::function<Status(store::Session&)>& change) {
    ASSERT_TRUE(server_->store->Write(store::Scope::Tenant(server_->tenant), change));
  }
  void Put(const Schedule& schedule) {
    ASSERT_TRUE(server_->store->Write(store::Scope::Tenant(server_->tenant),
                                      [&](store::Session& session) { return schedules::Insert(session, schedule); }));
  }
  Schedule Stored() {
    return *server_->store->ReadFor<Schedule>(store::Scope::Tenant(server_->tenant), [&](store::Session& session) {
      return schedules::Find(session, server_->tenant, "s");
    });
  }
  void TickTomorrow(Micros late = 0) {
    server_->clock.Move(*Stored().next_at - server_->clock.Now() + kSecond + late);
    Scheduler scheduler({*server_->store, server_->runs, server_->clock}, "one");
    ASSERT_TRUE(scheduler.Tick());
  }
  size_t Started() { return server_->runs.List(server_->tenant, {.schedule_id = "s"})->size(); }
};

TEST_F(RunGatesTest, AClosingWindowHoldsARunThatWrites) {
  server_->carry_out = UntilStopped;
  const auto worker = server_->StartWorker("w1", 2s);
  const RunJob run = Start({.plan_id = "p"});
  server_->WaitFor(run.run_id, RunState::running);
  ASSERT_TRUE(server_->runs.HoldOutsideWindows());
  EXPECT_EQ(server_->runs.Find(server_->tenant, run.run_id)->control, "") << "no window, no hold";
  CloseWindow();
  ASSERT_TRUE(server_->runs.HoldOutsideWindows());
  server_->Wait(run.run_id,
                [](const RunJob& now) { return now.state == RunState::queued && now.waiting_for == kWaitsForWindow; });
  ASSERT_TRUE(server_->runs.Advance());
  EXPECT_EQ(server_->runs.Find(server_->tenant, run.run_id)->waiting_for, kWaitsForWindow);
  server_->carry_out = [](ActiveTask&) { return Outcome{.result = "succeeded"}; };
  OpenWindow();
  ASSERT_TRUE(server_->runs.Advance());
  server_->WaitFor(run.run_id, RunState::succeeded);
}

TEST_F(RunGatesTest, UndoIsRefusedOutsideTheWindow) {
  const auto worker = server_->StartWorker("w1");
  const RunJob run = Start({.plan_id = "p"});
  server_->WaitFor(run.run_id, RunState::succeeded);
  CloseWindow();
  EXPECT_EQ(Code(Act("anna", run, RunAction::kUndo)), codes::kApiState.code);
  OpenWindow();
  EXPECT_EQ(Code(Act("anna", run, RunAction::kUndo)), "");
  server_->WaitFor(run.run_id, RunState::undone);
}

TEST_F(RunGatesTest, WhatWasAskedWhileATaskComesBackIsNotLost) {
  std::atomic<bool> may_return = false;
  server_->carry_out = [&](ActiveTask&) {
    while (!may_return) std::this_thread::sleep_for(5ms);
    return Outcome{.kind = Outcome::Kind::kTryAgain, .error = R"({"code":"MIQ-CONN-001"})", .delay = kHour};
  };
  const auto worker = server_->StartWorker("w1", 60s);
  const RunJob run = Start({.plan_id = "p"});
  server_->WaitFor(run.run_id, RunState::running);
  ASSERT_TRUE(Act("anna", run, RunAction::kCancel));
  may_return = true;
  server_->WaitFor(run.run_id, RunState::cancelled);
}

TEST_F(RunGatesTest, AKeyOfTheSamePersonIsNoSecondPerson) {
  const RunJob run = Start({.plan_id = "prod"});
  Actor key = server_->Anna();
  key.id = "key-of-anna";
  EXPECT_EQ(Code(server_->runs.Act(key, run.run_id, RunAction::kApprove)), codes::kApiForbidden.code);
  EXPECT_EQ(Code(Act("bert", run, RunAction::kApprove)), "");
  const RunJob by_key = *server_->runs.Start(key, {.plan_id = "prod"});
  EXPECT_EQ(Code(Act("anna", by_key, RunAction::kApprove)), codes::kApiForbidden.code);
}

TEST_F(RunGatesTest, PeopleHearOfApprovalsAndEnds) {
  const auto worker = server_->StartWorker("w1");
  const RunJob run = Start({.plan_id = "prod"});
  ASSERT_TRUE(Act("bert", run, RunAction::kApprove));
  server_->WaitFor(run.run_id, RunState::succeeded);
  server_->carry_out = [](ActiveTask&) {
    return Outcome{
        .kind = Outcome::Kind::kFailed, .result = "failed", .error = R"({"code":"MIQ-CONN-001","message":"secret"})"};
  };
  server_->WaitFor(Start({.plan_id = "p", .kind = "verify"}).run_id, RunState::failed);
  ASSERT_TRUE(Act("bert", Start({.plan_id = "prod"}), RunAction::kReject));
  EXPECT_EQ(server_->Notices(), (std::vector<std::string>{
                                    R"(approval.wanted: Approval wanted: shop -> ["bert"])",
                                    R"(approval.given: Approved: shop -> ["anna"])",
                                    R"(run.succeeded: The run of 'shop' succeeded -> ["anna"])",
                                    R"(run.failed: The verification of 'shop' failed -> ["anna"])",
                                    R"(approval.wanted: Approval wanted: shop -> ["bert"])",
                                    R"(approval.refused: Refused: shop -> ["anna"])",
                                }));
}

TEST_F(RunGatesTest, StatementsForAProductionSystemNeedASecondPerson) {
  EXPECT_EQ(Start({.plan_id = "prod", .kind = "verify", .options = R"({"repair":true})", .repair = true}).waiting_for,
            kWaitsForApproval);
  EXPECT_EQ(Start({.plan_id = "prod", .kind = "verify"}).waiting_for, kWaitsForWorker);
}

TEST_F(RunGatesTest, AQuotaBindsBeforeTheSetting) {
  ASSERT_TRUE(server_->store->Write(store::Scope::Tenant(server_->tenant), [&](store::Session& session) -> Status {
    MIQ_TRY(
        session.Execute("UPDATE tenant SET quotas = '{\"concurrent_runs\": 1}' WHERE tenant_id = $1", server_->tenant));
    return {};
  }));
  server_->plans.plans["q"] = Plan("q", false);
  server_->carry_out = UntilStopped;
  const auto worker = server_->StartWorker("w1", 2s, 4);
  const RunJob first = Start({.plan_id = "p"}), second = Start({.plan_id = "q"});
  server_->WaitFor(first.run_id, RunState::running);
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(server_->runs.Find(server_->tenant, second.run_id)->waiting_for, kWaitsForWorker);
  ASSERT_TRUE(Act("anna", first, RunAction::kCancel));
  server_->WaitFor(second.run_id, RunState::running);
}

TEST_F(RunGatesTest, AMissedMomentIsMadeUpForOrLeftOut) {
  Schedule schedule = Nightly();
  Put(schedule);
  TickTomorrow(30 * kHour);
  EXPECT_EQ(Started(), 1U) << "one run for two missed moments";
  PutWindow([&](store::Session& session) {
    Schedule changed = Stored();
    changed.missed = "skip";
    changed.overlap = "allow";
    return schedules::Update(session, changed);
  });
  TickTomorrow(30 * kHour);
  EXPECT_EQ(Started(), 1U);
  EXPECT_NE(Stored().last_error.find("left out"), std::string::npos);
  EXPECT_GT(Stored().next_at, server_->clock.Now());
  TickTomorrow();
  EXPECT_EQ(Started(), 2U) << "in time";
}

TEST_F(RunGatesTest, AMomentIsLeftOutWhileTheLastRunIsNotOver) {
  Put(Nightly());
  TickTomorrow();
  TickTomorrow();
  EXPECT_EQ(Started(), 1U);
  EXPECT_NE(Stored().last_error.find("is not over"), std::string::npos) << Stored().last_error;
  const auto notices = server_->Notices();
  ASSERT_FALSE(notices.empty());
  EXPECT_TRUE(notices.back().starts_with("schedule.failed: ")) << notices.back();
  const auto worker = server_->StartWorker("w1");
  server_->WaitFor(server_->runs.List(server_->tenant, {.schedule_id = "s"})->front().run_id, RunState::succeeded);
  TickTomorrow();
  EXPECT_EQ(Started(), 2U);
  EXPECT_EQ(Stored().last_error, "");
}

TEST_F(RunGatesTest, AScheduleEndsWithTheRightsOfWhoMadeIt) {
  Put(Nightly());
  PutWindow([&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("UPDATE user_account SET state = 'disabled' WHERE user_id = 'anna'"));
    return {};
  });
  TickTomorrow();
  EXPECT_EQ(Started(), 0U);
  EXPECT_NE(Stored().last_error.find("runs.start"), std::string::npos) << Stored().last_error;
}

TEST_F(RunGatesTest, AScheduleWhosePlanIsGoneIsSwitchedOff) {
  Put(Nightly());
  server_->plans.plans.clear();
  TickTomorrow();
  EXPECT_FALSE(Stored().enabled);
  EXPECT_NE(Stored().last_error, "");
}

TEST_F(RunGatesTest, AScheduleReplacesTablesOnlyWhenItWasConfirmed) {
  server_->plans.plans["p"].plan.run.schema = SchemaMode::kReplace;
  Schedule schedule = Nightly();
  Put(schedule);
  TickTomorrow();
  EXPECT_EQ(Started(), 0U);
  EXPECT_NE(Stored().last_error.find("replaces"), std::string::npos) << Stored().last_error;
  PutWindow([&](store::Session& session) {
    Schedule changed = Stored();
    changed.confirmed = true;
    return schedules::Update(session, changed);
  });
  TickTomorrow();
  EXPECT_EQ(Started(), 1U);
}

TEST_F(RunGatesTest, EventsOfOldRunsGo) {
  RunRepository records(*server_->store, server_->tenant, SealByStateKey(folder_));
  server_->carry_out = [&](ActiveTask& active) {
    EXPECT_TRUE(records.Register(active.task.run_id, "shop", {}));
    EXPECT_TRUE(records.AddEvents(active.task.run_id, {{"2026-01-01T00:00:00Z", "info", "begun"}}));
    return Outcome{.result = "succeeded"};
  };
  const auto worker = server_->StartWorker("w1");
  const RunJob run = Start({.plan_id = "p"});
  server_->WaitFor(run.run_id, RunState::succeeded);
  ASSERT_TRUE(Tidy(*server_->store, server_->clock.Now() - kDay));
  EXPECT_EQ(records.ListEvents(run.run_id)->size(), 1U);
  ASSERT_TRUE(Tidy(*server_->store, server_->clock.Now() + kDay));
  EXPECT_TRUE(records.ListEvents(run.run_id)->empty());
  EXPECT_TRUE(records.FindRun(run.run_id).has_value());
}

}  // namespace
}  // namespace migrateiq::orchestrator
