#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/plan_origin.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/plan/plan.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::cli {

/// Opens the run state that the console names.
Result<std::unique_ptr<RunRepository>> OpenState(const Console& console);

/// What a run does to the target, confirmed, then carried out as a new run. Returns the exit status.
int StartRun(const Console& console, const Plan& plan, bool yes, const PlanOrigin& origin = {});
/// Continues a run that was interrupted or failed.
int ResumeRun(const Console& console, const std::string& run_id);

/// Calls `job` with state, signals and a display around it.
Status WithEngine(const Console& console, const std::function<Status(EngineContext&)>& job);

/// The same for what is no run (rehearse, verify, plan, undo ...): returns what `job` returns, a Result of any kind.
template <class Job>
std::invoke_result_t<Job, EngineContext&> RunJob(const Console& console, const Job& job) {
  std::invoke_result_t<Job, EngineContext&> result;
  MIQ_TRY(WithEngine(console, [&](EngineContext& context) -> Status {
    result = job(context);
    return {};
  }));
  return result;
}

/// Shows a report and returns its exit status.
int ShowReport(const Console& console, const RunReport& report);

}  // namespace migrateiq::cli
