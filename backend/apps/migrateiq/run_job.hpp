#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "apps/migrateiq/runs.hpp"

/// Jobs of the engine in this process: what LocalRuns is made of.
namespace migrateiq::cli {

/// Opens the run state that the console names.
Result<std::unique_ptr<RunRepository>> OpenState(const Console& console);

/// Carries the run out, or continues it, and records how it ended. The caller controls the run.
Result<RunEnd> Execute(const Console& console, RunRepository& repository, const Plan& plan, const std::string& run_id,
                       bool resume);

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

}  // namespace migrateiq::cli
