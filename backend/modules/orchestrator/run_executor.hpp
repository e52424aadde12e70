#pragma once

#include <functional>
#include <memory>
#include <string>

#include "modules/orchestrator/run_observer.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "modules/orchestrator/run_service.hpp"
#include "modules/orchestrator/worker.hpp"

namespace migrateiq::orchestrator {

/// Carries out a task with the engine: run, rehearse, verify, undo, accept, replay; and jobs by their kinds' carriers.
/// Thread-safe.
class RunExecutor {
 public:
  struct Parts {
    store::Store& store;
    realtime::Bus& bus;
    RunService& runs;
    projects::PlanSource& plans;
    const Clock& clock;
    /// The run records (splits, quarantine, facts, events, report) of one tenant.
    std::function<Result<std::shared_ptr<RunRepository>>(const std::string& tenant_id)> records;
  };
  explicit RunExecutor(Parts parts) : parts_(std::move(parts)) {}
  RunService::Outcome CarryOut(ActiveTask& active);

 private:
  Result<RunService::Outcome> Execute(ActiveTask& active, const RunJob& run, const projects::RunnablePlan& plan,
                                      RunRepository& records);
  RunService::Outcome Help(ActiveTask& active, const RunJob& run);
  ChunkBoard BoardOf(const Task& task, ServerObserver& observer) const;
  RunService::Outcome CarryOutJob(const projects::JobKind& kind, ActiveTask& active, const RunJob& run) const;
  std::string Watch(const RunJob& run, const RunReport& report, RunObserver& observer) const;
  Parts parts_;
};

}  // namespace migrateiq::orchestrator
