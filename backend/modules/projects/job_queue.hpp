#pragma once

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "modules/core/actor.hpp"
#include "platform/store/store.hpp"

/// Work that is no migration run, but is carried out by the same workers with the same guarantees: queue, priorities,
/// leases, cancel, retries, time limits, schedules, progress and history. Modules that stand below the orchestrator
/// (analyses, suites of rules, matching, training) know it by what is declared here; the orchestrator implements it.
namespace migrateiq::projects {

struct JobRequest {
  std::string kind;        ///< a registered one: "analyze"
  std::string project_id;  ///< empty: the whole tenant's
  std::string name;        ///< as people see it
  /// The connections it reads or writes: each carries only so many tasks at once.
  std::string source_connection_id{}, target_connection_id{};
  std::string input = "{}";  ///< a JSON object for the carrier; no secrets, no values of data
  int64_t priority = 0, timeout_seconds = 0, max_attempts = 3;
  Micros not_before = 0;
  std::string schedule_id{};  ///< when a schedule starts it
};

/// Where a job is. Its id is a run's id too: runs/{run_id} with its events, logs, tasks, cancel and retry, and the
/// topic run:<id>, are about jobs as well.
struct JobView {
  std::string job_id, tenant_id, kind, project_id, name;
  std::string state;                    ///< queued | running | paused | succeeded | failed | cancelled
  std::string waiting_for;              ///< why a queued one does not begin; empty: nothing
  std::string asked_to;                 ///< pause | cancel, while it is at work; empty: nothing
  std::string error, progress, answer;  ///< JSON, or empty
  int64_t attempt = 0;
  std::string requested_by, requested_by_name;
  Micros created_at = 0;
  std::optional<Micros> started_at, finished_at;

  bool is_over() const { return state == "succeeded" || state == "failed" || state == "cancelled"; }
};

/// Thread-safe.
class JobQueue {
 public:
  virtual ~JobQueue() = default;
  /// What is written along with the job, in its transaction.
  using Alongside = std::function<Status(store::Session& session, const std::string& job_id)>;
  /// Errors: kInternal for a kind that nobody registered; those of `alongside`.
  virtual Result<JobView> Submit(const core::Actor& actor, const JobRequest& request, const Alongside& alongside) = 0;
  /// Errors: kApiNotFound; kApiState when it is over.
  virtual Result<JobView> Cancel(const core::Actor& actor, const std::string& job_id) = 0;
  /// Those that are there, by id.
  virtual Result<std::map<std::string, JobView>> Find(const std::string& tenant_id,
                                                      const std::vector<std::string>& job_ids) = 0;
};

struct JobProgress {
  std::string phase;  ///< "profiling", "matching", ...
  int64_t done = 0, total = -1;
  std::string unit{};    ///< of both: "tables", "rules", "rows"
  std::string detail{};  ///< what is at work now: a table's name; no values of data
};

/// A job at work, as its carrier sees it. Thread-safe.
class JobContext {
 public:
  virtual ~JobContext() = default;
  virtual const std::string& tenant_id() const = 0;
  virtual const std::string& project_id() const = 0;
  virtual const std::string& job_id() const = 0;
  virtual const std::string& input() const = 0;
  /// In whose name: who asked for it.
  virtual core::Actor actor() const = 0;
  /// Cancelled, paused, over its time, or given back: come to an end soon, with any error.
  virtual std::stop_token stop() const = 0;
  virtual void Progress(const JobProgress& progress) = 0;
  /// One line of the job's history. Level: info | warning | error.
  virtual void Say(const std::string& level, const std::string& text) = 0;
  /// A transaction of the tenant that is refused (kRunHeld) once the job was given to another worker: what a worker
  /// writes that was thought dead changes nothing. The job may be carried out again from its beginning: write so that
  /// a repetition replaces what is there.
  virtual Status Write(const std::function<Status(store::Session&)>& work) = 0;
};

/// One kind of jobs.
struct JobKind {
  std::string name;             ///< "analyze"; at most 32 letters
  std::string noun;             ///< "analysis", in what people are told
  std::string read_permission;  ///< to see its jobs, their history and events
  std::string act_permission;   ///< to cancel, pause, resume and retry them, and to let them begin by schedules
  std::string link{};           ///< path in the web app before the job's id; empty: "/runs/"
  /// How its progress is told on the project's topic (the tenant's, without a project), a few times a second: as
  /// "<event>.progress" with the job's id under `id_name`. Empty: it is not; on run:<id> it always is.
  struct Topic {
    std::string event, id_name;
  } topic{};
  /// Does the work on a worker's thread. The answer: a small JSON document without values of data. An error that is
  /// retryable means that it is tried again later, as often as the job allows.
  std::function<Result<std::string>(JobContext& context)> carry_out;
  /// After each change of a job's state: tells whoever looks on. Must be quick. May be empty.
  std::function<void(const JobView& job)> changed{};

  /// For schedules; empty: this kind has none. `subject`: a JSON object that says what is to be done.
  /// The project that it belongs to (empty: the tenant's). Errors: kApiField with a place below /subject.
  std::function<Result<std::string>(const std::string& tenant_id, const std::string& subject)> check_subject{};
  /// Submits a job with this schedule_id; its id.
  std::function<Result<std::string>(const core::Actor& actor, const std::string& subject,
                                    const std::string& schedule_id)>
      start{};
};

/// The kinds that this server knows. Filled before anything is at work, then only read.
class JobKinds {
 public:
  void Add(JobKind kind) { kinds_[kind.name] = std::move(kind); }
  const JobKind* Find(std::string_view name) const {
    const auto found = kinds_.find(name);
    return found == kinds_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, JobKind, std::less<>> kinds_;
};

}  // namespace migrateiq::projects
