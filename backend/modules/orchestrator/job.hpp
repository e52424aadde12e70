#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

/// The server's runs and tasks, as rows.
namespace migrateiq::orchestrator {

/// Where a run is (contract section 4). How it ended is its `result`.
enum class RunState { queued, running, paused, succeeded, failed, cancelled, undone };
std::string_view Word(RunState state);
std::optional<RunState> ParseRunState(std::string_view word);
/// Can nothing but undo, accept and retry happen to it any more?
bool IsOver(RunState state);

/// What somebody asks of a run.
enum class RunAction { kPause, kResume, kCancel, kRetry, kUndo, kAccept, kReplay, kApprove, kReject };
/// Is the action possible in the state? Undo and accept need a run that is over; resume a paused one; retry a failed or
/// cancelled one; approval is possible whenever something waits for it.
bool IsPossible(RunAction action, RunState state);
std::string_view Word(RunAction action);

/// Why a queued run does not begin: one of these words, or empty.
inline constexpr std::string_view kWaitsForApproval = "approval", kWaitsForTime = "time",
                                  kWaitsForDependency = "dependency", kWaitsForWindow = "window",
                                  kWaitsForRetry = "retry", kWaitsForWorker = "worker";

/// Asked of a worker by the server itself: stop, for a maintenance window closed.
inline constexpr std::string_view kHold = "hold";

struct RunJob {
  std::string run_id, tenant_id, project_id, plan_id;
  int64_t plan_version = 0;
  std::string kind;  ///< run | rehearse | verify | local, or a job's (then there is no plan)
  std::string name;
  RunState state = RunState::queued;
  std::string waiting_for;
  std::string result;    ///< the report's status, empty while there is none
  int64_t priority = 0;  ///< higher first
  std::string requested_by, requested_by_name;
  Micros created_at = 0;
  std::optional<Micros> started_at, finished_at;
  Micros not_before = 0;
  int64_t timeout_seconds = 0;  ///< 0: none
  int64_t attempt = 0, max_attempts = 3;
  bool needs_approval = false;  ///< its target is a production connection: writing needs a second person
  std::string pending, pending_input, pending_by;  ///< the task kind that waits for approval, its input, who asked
  std::string approved_by, approved_by_name;
  std::optional<Micros> approved_at;
  std::vector<std::string> depends_on;  ///< run ids
  std::string source_connection_id, target_connection_id, schedule_id;
  std::string options;   ///< JSON: sample_rows, verify level ...; of a job: its input
  std::string answer;    ///< JSON: what a job's carrier answered with; of a run, its figures (run_watch.hpp)
  std::string control;   ///< what was asked of the worker: pause | cancel | hold | empty
  std::string error;     ///< JSON of the last error, or empty
  std::string progress;  ///< JSON of the engine's last progress, or empty
  bool accepted = false;
  int64_t version = 1;
};

/// One piece of work for a worker. Ready -> claimed -> done | failed | cancelled; claimed returns to ready when its
/// worker gives no sign.
struct Task {
  std::string task_id, tenant_id, run_id;
  std::string kind;   ///< execute | undo | accept | replay | help
  std::string state;  ///< ready | claimed | done | failed | cancelled
  int64_t priority = 0;
  std::string owner;  ///< the worker's id
  Micros lease_until = 0;
  int64_t epoch = 0;  ///< counts the claims: writes of an earlier owner are refused
  int64_t attempt = 0;
  Micros not_before = 0, created_at = 0;
  std::optional<Micros> started_at, finished_at;
  std::string input, error;             ///< JSON
  int64_t chunks = 0, rows_loaded = 0;  ///< of a run that several workers share: what this task did
};

struct WorkerRow {
  std::string worker_id, host;
  int64_t process = 0, slots = 0;
  Micros started_at = 0, seen_at = 0;
  bool draining = false;
  std::string doing;  ///< JSON array of task ids
};

}  // namespace migrateiq::orchestrator
