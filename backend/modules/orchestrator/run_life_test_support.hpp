#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "base/random.hpp"
#include "modules/core/migrations.hpp"
#include "modules/orchestrator/migrations.hpp"
#include "modules/orchestrator/run_executor.hpp"
#include "modules/orchestrator/schedule.hpp"
#include "modules/orchestrator/worker.hpp"
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
  std::map<std::string, projects::RunnablePlan> plans;
};

struct ServerHarness {
  explicit ServerHarness(std::unique_ptr<store::Store> the_store) : store(std::move(the_store)) {
    EXPECT_TRUE(store->Migrate("core", core::CoreMigrations()));
    EXPECT_TRUE(store->Migrate("orchestrator", detail::RunMigrations()));
    EXPECT_TRUE(store->Migrate("jobs", JobMigrations()));
  }

  Actor Anna() const { return Person("anna"); }
  Actor Person(const std::string& name) const {
    Actor actor = Actor::System(tenant);
    actor.id = actor.user_id = actor.name = name;
    return actor;
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
  RunService runs{{*store, *queue, *bus, plans, clock, windows::IsOpen}};
  std::function<Result<std::shared_ptr<RunRepository>>(const std::string&)> records;
  std::function<RunService::Outcome(ActiveTask&)> carry_out;  ///< instead of the engine
  RunExecutor executor{{*store, *bus, runs, plans, clock, [this](const std::string& id) { return records(id); }}};
};

}  // namespace migrateiq::orchestrator
