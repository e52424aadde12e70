#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "modules/core/actor.hpp"
#include "modules/orchestrator/chunk_board.hpp"
#include "modules/orchestrator/job.hpp"
#include "modules/orchestrator/job_repository.hpp"
#include "modules/projects/connection_access.hpp"
#include "modules/projects/job_queue.hpp"
#include "platform/http/message.hpp"
#include "platform/queue/queue.hpp"
#include "platform/realtime/bus.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::orchestrator {

/// The queue's name for tasks.
inline constexpr const char* kTaskQueue = "tasks";

using core::Actor;

struct StartRequest {
  std::string plan_id;
  int64_t plan_version = 0;  ///< 0: the newest now
  std::string kind = "run", name;
  int64_t priority = 0, timeout_seconds = 0, max_attempts = 3;
  Micros not_before = 0;
  std::vector<std::string> depends_on;
  std::string options;      ///< JSON object, see RunOptionsJson
  std::string schedule_id;  ///< when a schedule starts it
  bool repair = false;      ///< a verification that makes statements for the target
  bool confirmed = false;   ///< the caller knows that tables are replaced or truncated
};

/// Does the plan say that tables are replaced or truncated?
bool IsDestructive(const Plan& plan);

/// The life of runs: start, gates before the beginning, what people ask of them, how they end. Thread-safe.
class RunService {
 public:
  struct Parts {
    store::Store& store;
    queue::Queue& queue;
    realtime::Bus& bus;
    projects::PlanSource& plans;
    const Clock& clock;
    /// Is the connection's maintenance window open now? (schedules.hpp)
    std::function<Result<bool>(store::Session&, const std::string& tenant_id, const std::string& connection_id,
                               Micros now)>
        window_open;
    const projects::JobKinds* kinds = nullptr;  ///< null: nothing but runs
  };
  explicit RunService(Parts parts) : parts_(std::move(parts)) {}

  /// Errors: kApiNotFound, kRunConfirm, kPlan..., kConnectionReach.
  Result<RunJob> Start(const Actor& actor, const StartRequest& request);
  /// A job that is no run of a plan (job_queue.hpp). Errors: kInternal for a kind that is not known.
  Result<RunJob> Submit(const Actor& actor, const projects::JobRequest& request,
                        const projects::JobQueue::Alongside& alongside);
  Result<std::vector<RunEvent>> EventsOfJob(const RunJob& job);
  /// Null for runs.
  const projects::JobKind* KindOf(const RunJob& run) const { return FindKind(run.kind); }
  const projects::JobKind* FindKind(std::string_view kind) const {
    return parts_.kinds == nullptr ? nullptr : parts_.kinds->Find(kind);
  }
  /// Errors: kApiState when not possible; kApiForbidden when the same person approves.
  Result<RunJob> Act(const Actor& actor, const std::string& run_id, RunAction action, const std::string& input = "{}");
  Result<RunJob> Find(const std::string& tenant_id, const std::string& run_id);
  Result<std::vector<RunJob>> List(const std::string& tenant_id, const jobs::Filter& filter);

  /// Lets queued runs begin whose gates have opened (dependencies, time, window). Called by the scheduler.
  Status Advance();
  /// Lets runs that write stop, at the next border of a chunk, where a maintenance window closed; Advance goes on with
  /// them. Called by the scheduler.
  Status HoldOutsideWindows();
  /// Puts into the queue again what the store says is due. Called by the scheduler and at start.
  Status Requeue();

  /// How a worker's task went.
  struct Outcome {
    enum class Kind { kDone, kPaused, kCancelled, kFailed, kTryAgain, kGiveBack, kHeld } kind = Kind::kDone;
    std::string result;  ///< the report's status
    std::string answer;  ///< of a job: JSON
    std::string error;   ///< JSON, for kFailed and kTryAgain
    Micros delay = 0;    ///< before kTryAgain and kGiveBack; the latter counts as no attempt, nor does kHeld: that goes
                         ///< on when the target's maintenance window opens
  };
  Status Begin(const Task& task);
  /// The run whose chunks a help task may load; nothing when its controller shares them no longer.
  Result<std::optional<ShareTerms>> HelpTerms(const Task& task);
  /// Other workers look at once whether there is something to do.
  void WakeWorkers();
  /// Tells everybody who looks at the run, its project or the tenant's list where the run is now.
  void Announce(const RunJob& run);
  Status Complete(const Task& task, const Outcome& reported);

 private:
  /// Queued, by whom, since now: what runs and jobs have in common.
  RunJob NewJob(const Actor& actor) const;
  Result<RunJob> Put(const Actor& actor, const RunJob& run, boost::json::object details,
                     const projects::JobQueue::Alongside& alongside);
  Status TellEnd(store::Session& session, const RunJob& run, const std::string& task_kind) const;
  Status EnqueueIfOpen(store::Session& session, RunJob& run);
  Status Enqueue(store::Session& session, RunJob& run, const std::string& kind, const std::string& input);
  Status ActOn(store::Session& session, const Actor& actor, RunJob& run, RunAction action, const std::string& input);
  Status Approve(store::Session& session, const Actor& actor, RunJob& run);
  Status Reject(store::Session& session, const Actor& actor, RunJob& run);
  Status AskForApproval(store::Session& session, const Actor& actor, RunJob& run, const std::string& kind,
                        const std::string& input);
  Result<bool> MayWriteNow(store::Session& session, const RunJob& run);
  Status EnqueueWriting(store::Session& session, RunJob& run, const std::string& kind, const std::string& input);
  Status BeginHelp(const Task& task);
  Status CompleteHelp(const Task& task, const Outcome& outcome);

  Parts parts_;
};

}  // namespace migrateiq::orchestrator
