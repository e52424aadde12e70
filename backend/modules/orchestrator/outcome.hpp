#pragma once

#include <optional>
#include <string>

#include "modules/orchestrator/run_service.hpp"
#include "modules/orchestrator/worker.hpp"

/// What becomes of a task, by the kind of its error and by why it was stopped.
namespace migrateiq::orchestrator {

std::string ErrorJson(const Error& error);

/// The store was away: nothing that the run is to blame for, and nothing to count as one of its attempts.
bool IsStoreAway(const Error& error);
RunService::Outcome GiveBackForNow();

/// What a stop that was asked for makes of the task; nothing when there was none.
std::optional<RunService::Outcome> OutcomeOfStop(StopReason reason);

/// A task claimed so often without an end kills its workers.
std::optional<RunService::Outcome> OutcomeOfPoison(const Task& task);

/// A stop goes before the error; retryable errors are tried again, later each time, until the run's attempts are used
/// up.
RunService::Outcome Judge(const ActiveTask& active, const RunJob& run, const Error& error);

}  // namespace migrateiq::orchestrator
