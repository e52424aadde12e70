#pragma once

#include <functional>
#include <memory>
#include <string>

#include "apps/migrateiq/console.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/plan/plan.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::cli {

/// Opens the run state that the console names.
Result<std::unique_ptr<RunRepository>> OpenState(const Console& console);

/// What a run does to the target, confirmed, then carried out as a new run. Returns the exit status.
int StartRun(const Console& console, const Plan& plan, bool yes);
/// Continues a run that was interrupted or failed.
int ResumeRun(const Console& console, const std::string& run_id);

/// Runs `job` with display, signals and state around it, for what is no run (rehearse, verify, plan, undo ...).
template <class T>
using EngineJob = std::function<Result<T>(EngineContext&)>;
Result<RunReport> RunJob(const Console& console, const EngineJob<RunReport>& job);
Status RunJob(const Console& console, const EngineJob<void>& job);

/// Shows a report and returns its exit status.
int ShowReport(const Console& console, const RunReport& report);

}  // namespace migrateiq::cli
