#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/migrations.hpp"
#include "modules/orchestrator/job_desk.hpp"
#include "modules/orchestrator/migrations.hpp"
#include "modules/orchestrator/run_executor.hpp"
#include "modules/orchestrator/schedule.hpp"
#include "modules/orchestrator/worker.hpp"
#include "modules/projects/migrations.hpp"
#include "modules/projects/plans/plan_text.hpp"
#include "modules/validation/migrations.hpp"
#include "platform/queue/kinds.hpp"
#include "platform/realtime/kinds.hpp"

/// The orchestrator's server side without gateway and projects: plans are given by the test.
namespace migrateiq::orchestrator {

class MovableClock : public Clock {
 public:
  Micros Now() const override { return SystemClock().Now() + ahead_; }
  void Move(Micros by) { ahead_ += by; }

 private:
  std::atomic<Micros> ahead_ = 0;
};

/// Plans by id.
class FakePlans : public projects::PlanSource {
 public:
  Result<projects::RunnablePlan> Resolve(const std::string&, const std::string& plan_id, int64_t) override {
    const auto found = plans.find(plan_id);
    if (found == plans.end()) return Fail(codes::kApiNotFound, "there is no plan " + plan_id);
    return found->second;
  }
  Result<projects::RunnablePlan> Connect(const std::string&, const std::string&, const std::string& source,
                                         const std::string&) override {
    return Resolve("", source, 0);
  }
  /// The text's own plan between the ends of the plan "shop-to-crm".
  Result<projects::RunnablePlan> ResolveText(const std::string& tenant, const std::string& project,
                                             const std::string& text) override {
    MIQ_ASSIGN(projects::RunnablePlan made, Resolve(tenant, "shop-to-crm", 0));
    const Plan ends = made.plan;
    MIQ_ASSIGN(made.plan, projects::ReadServerPlan(text));
    made.plan.source = ends.source;
    made.plan.target = ends.target;
    made.project_id = project;
    return made;
  }
  std::map<std::string, projects::RunnablePlan> plans;
};

struct ServerHarness {
  explicit ServerHarness(std::unique_ptr<store::Store> the_store) : store(std::move(the_store)) {
    EXPECT_TRUE(store->Migrate("core", core::CoreMigrations()));
    EXPECT_TRUE(store->Migrate("projects", projects::ProjectMigrations()));
    EXPECT_TRUE(store->Migrate("validation", validation::ValidationMigrations()));
    EXPECT_TRUE(store->Migrate("orchestrator", detail::RunMigrations()));
    EXPECT_TRUE(store->Migrate("jobs", JobMigrations()));
  }

  Actor Anna() const { return Person("anna"); }
  Actor Person(const std::string& name) const {
    Actor actor = Actor::System(tenant);
    actor.id = actor.user_id = actor.name = name;
    return actor;
  }

  /// Somebody who may sign in, and is what the roles say.
  void AddPerson(const std::string& name, const std::string& role) {
    EXPECT_TRUE(store->Write(store::Scope::Tenant(tenant), [&](store::Session& session) -> Status {
      MIQ_TRY(
          session.Execute("INSERT INTO tenant (tenant_id, name, slug, plan, state, quotas, version, created_at) "
                          "VALUES ($1, $1, $1, 'unlimited', 'active', '{}', 1, 1) ON CONFLICT DO NOTHING",
                          tenant));
      MIQ_TRY(
          session.Execute("INSERT INTO user_account (user_id, tenant_id, email, name, password_hash, state, "
                          "version, created_at) VALUES ($1, $2, $3, $1, '', 'active', 1, 1)",
                          name, tenant, name + "@" + tenant));
      MIQ_TRY(session.Execute("INSERT INTO user_role (tenant_id, user_id, role_id) VALUES ($1, $2, $3)", tenant, name,
                              role));
      return {};
    }));
  }
  /// What was put down to be told, oldest first: "event: title -> who".
  std::vector<std::string> Notices() {
    std::vector<std::string> notices;
    EXPECT_TRUE(store->Read(store::Scope::Tenant(tenant), [&](store::Session& session) -> Status {
      notices.clear();
      MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT event, title, user_ids FROM notice WHERE tenant_id = $1 "
                                                       "ORDER BY created_at, notice_id",
                                                       tenant));
      for (const store::Row& row : rows) notices.push_back(row.Text(0) + ": " + row.Text(1) + " -> " + row.Text(2));
      return {};
    }));
    return notices;
  }

  std::unique_ptr<Worker> StartWorker(const std::string& id, std::chrono::milliseconds lease = std::chrono::seconds(30),
                                      int slots = 1) {
    auto worker = std::make_unique<Worker>(
        Worker::Parts{*store, *queue, runs, clock,
                      [this](ActiveTask& active) { return carry_out ? carry_out(active) : executor.CarryOut(active); }},
        Worker::Options{.id = id,
                        .host = "test",
                        .slots = slots,
                        .lease = lease,
                        .idle_wait = std::chrono::milliseconds(50),
                        .limits = limits});
    worker->Start();
    return worker;
  }

  RunJob Wait(const std::string& run_id, const std::function<bool(const RunJob&)>& until) {
    RunJob run;
    for (int turn = 0; turn < 1500; ++turn) {
      const auto found = runs.Find(tenant, run_id);
      if (!found) {
        ADD_FAILURE() << found.error().ToString();
        return run;
      }
      run = *found;
      if (until(run)) return run;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ADD_FAILURE() << "run " << run_id << " stays " << Word(run.state) << ", waiting for '" << run.waiting_for
                  << "', error " << run.error;
    return run;
  }
  RunJob WaitFor(const std::string& run_id, RunState state) {
    return Wait(run_id, [&](const RunJob& run) { return run.state == state && run.waiting_for.empty(); });
  }

  const std::string tenant = "t-" + RandomToken(4);
  std::unique_ptr<store::Store> store;
  MovableClock clock;
  std::unique_ptr<queue::Queue> queue = queue::MakeMemoryQueue({});
  std::unique_ptr<realtime::Bus> bus = realtime::MakeMemoryBus();
  FakePlans plans;
  tasks::Limits limits{};
  projects::JobKinds kinds;
  RunService runs{{*store, *queue, *bus, plans, clock, windows::IsOpen, &kinds}};
  JobDesk desk{*store, runs};
  std::function<Result<std::shared_ptr<RunRepository>>(const std::string&)> records;
  std::function<RunService::Outcome(ActiveTask&)> carry_out;  ///< instead of the engine
  RunExecutor executor{{*store, *bus, runs, plans, clock, [this](const std::string& id) { return records(id); }}};
};

using Outcome = RunService::Outcome;

/// A server over a state folder of its own.
class ServerCase : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_);
    auto opened = store::Store::Open("sqlite://" + folder_ + "/state.db");
    ASSERT_TRUE(opened) << opened.error().ToString();
    server_ = std::make_unique<ServerHarness>(std::move(*opened));
  }
  void TearDown() override {
    server_.reset();
    std::filesystem::remove_all(folder_);
  }

  const std::string folder_ = testing::TempDir() + "server_test_" + RandomToken(6);
  std::unique_ptr<ServerHarness> server_;
};

/// Tasks here are carried out by the test, not by the engine: what is looked at is the life of runs.
class RunLifeTest : public ServerCase {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(ServerCase::SetUp());
    server_->plans.plans["p"] = Plan("p", false);
    server_->plans.plans["prod"] = Plan("prod", true);
    server_->carry_out = [](ActiveTask&) { return Outcome{.result = "succeeded"}; };
  }

  static projects::RunnablePlan Plan(const std::string& id, bool production) {
    projects::RunnablePlan plan{.project_id = "project",
                                .plan_id = id,
                                .version = 3,
                                .source_connection_id = "source-" + id,
                                .target_connection_id = "target-" + id};
    plan.plan.name = "shop";
    plan.target_is_production = production;
    return plan;
  }
  Schedule Nightly() {
    Schedule schedule{.schedule_id = "s",
                      .tenant_id = server_->tenant,
                      .project_id = "project",
                      .plan_id = "p",
                      .name = "nightly",
                      .cron = "0 3 * * *",
                      .time_zone = "UTC",
                      .acts_for = "anna",
                      .acts_for_name = "Anna"};
    schedule.next_at = *schedules::NextOf(schedule, server_->clock.Now());
    return schedule;
  }
  RunJob Start(const StartRequest& request) {
    auto run = server_->runs.Start(server_->Anna(), request);
    EXPECT_TRUE(run) << run.error().ToString();
    return run.value_or(RunJob{});
  }
  Result<RunJob> Act(const std::string& who, const RunJob& run, RunAction action) {
    return server_->runs.Act(server_->Person(who), run.run_id, action);
  }

  /// For two seconds, of a worker that does nothing.
  std::optional<Task> Claim(const std::string& worker) {
    return *server_->store->WriteFor<std::optional<Task>>(store::Scope::System(), [&](store::Session& session) {
      return tasks::Claim(session, worker, server_->clock.Now(), 2 * kSecond, {});
    });
  }

  static std::string Code(const Result<RunJob>& result) { return result ? "" : std::string(result.error().code.code); }
};

/// Waits until asked to stop.
inline Outcome UntilStopped(ActiveTask& active) {
  while (!active.stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  switch (active.reason.load()) {
    case StopReason::kPause: return {.kind = Outcome::Kind::kPaused, .result = "interrupted"};
    case StopReason::kCancel: return {.kind = Outcome::Kind::kCancelled, .result = "interrupted"};
    case StopReason::kHold: return {.kind = Outcome::Kind::kHeld};
    default: return {.kind = Outcome::Kind::kGiveBack};
  }
}

}  // namespace migrateiq::orchestrator
