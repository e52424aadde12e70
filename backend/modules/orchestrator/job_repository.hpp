#pragma once

#include <span>
#include <string>
#include <vector>

#include "modules/orchestrator/job.hpp"
#include "modules/orchestrator/run_event.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::orchestrator {

/// The tables of server runs, tasks, workers, schedules and windows; module name "jobs" in the store.
std::span<const store::Migration> JobMigrations();

/// Rows of runs and tasks. All functions work in the caller's transaction; those about one tenant name it.
namespace jobs {

Status Insert(store::Session& session, const RunJob& run);
Result<RunJob> Find(store::Session& session, const std::string& tenant_id,
                    const std::string& run_id);  ///< kApiNotFound
Result<RunJob> FindForUpdate(store::Session& session, const std::string& tenant_id,
                             const std::string& run_id);  ///< kApiNotFound

struct Filter {
  std::string project_id, plan_id, state;
  std::string kind{};  ///< empty: all runs, but no jobs
  std::string schedule_id, waiting_for;
  std::string after;  ///< run id: only those made earlier
  int64_t limit = 50;
};
/// Newest first.
Result<std::vector<RunJob>> List(store::Session& session, const std::string& tenant_id, const Filter& filter);
/// How many there are, whatever `after` and `limit` say.
Result<int64_t> Count(store::Session& session, const std::string& tenant_id, const Filter& filter);
/// Everything that may change; the version is counted up.
Status Update(store::Session& session, const RunJob& run);
/// Progress alone: no new version. Refused (kRunHeld) when `epoch` is no longer the task's.
Status PutProgress(store::Session& session, const Task& task, const std::string& progress);

/// A job's history, as the engine's runs have theirs in the run records.
Status AddEvents(store::Session& session, const Task& task, const std::vector<RunEvent>& events);
Result<std::vector<RunEvent>> ListEvents(store::Session& session, const std::string& tenant_id,
                                         const std::string& run_id);
Result<std::vector<RunJob>> FindAll(store::Session& session, const std::string& tenant_id,
                                    const std::vector<std::string>& run_ids);

/// States of the runs it depends on: are they all succeeded, is one of them over otherwise?
struct Dependencies {
  bool ready = true, broken = false;
};
Result<Dependencies> CheckDependencies(store::Session& session, const RunJob& run);

}  // namespace jobs

namespace tasks {

Status Insert(store::Session& session, const Task& task);
Result<std::vector<Task>> OfRun(store::Session& session, const std::string& tenant_id, const std::string& run_id);
Result<Task> Find(store::Session& session, const std::string& tenant_id, const std::string& task_id);  ///< kApiNotFound

/// How many tasks may be at work at once.
struct Limits {
  int64_t per_connection = 2, per_tenant = 8;
};
/// Takes the most urgent task that is ready (or whose lease ran out), if any: owner, lease, epoch + 1. That is an
/// attempt when it was ready; to go on for a worker that died is none. Needs a system session inside Write; claims wait
/// for each other.
Result<std::optional<Task>> Claim(store::Session& session, const std::string& worker, Micros now, Micros lease,
                                  const Limits& limits);
/// Errors: kRunHeld when the task is no longer this claim's.
Status Extend(store::Session& session, const Task& task, Micros lease_until);
/// Ends the claim: state done | failed | cancelled | ready (with not_before: a retry).
Status Finish(store::Session& session, const Task& task, const std::string& state, const std::string& error, Micros now,
              Micros not_before);
/// A task that was given back was not tried.
Status ForgetAttempt(store::Session& session, const Task& task);
/// Is the claim still good? Errors: kRunHeld.
Status CheckClaim(store::Session& session, const Task& task);

struct Filter {
  std::string state, kind, worker;
  std::string after;
  int64_t limit = 50;
};
Result<std::vector<Task>> List(store::Session& session, const std::string& tenant_id, const Filter& filter);
/// How many tasks of a kind are in a state, of those that are open or ended since a moment; and how long they took.
struct Rate {
  std::string kind, state;
  int64_t count = 0;
  double mean_seconds = 0, longest_seconds = 0;  ///< from their beginning to their end
};
Result<std::vector<Rate>> Rates(store::Session& session, const std::string& tenant_id, Micros since);
/// Ids of tasks that are ready and due, and of those whose lease ran out: what should be in the queue.
Result<std::vector<std::string>> Due(store::Session& session, Micros now);
Status CancelOpen(store::Session& session, const std::string& tenant_id, const std::string& run_id, Micros now);

}  // namespace tasks

namespace workers {

Status Beat(store::Session& session, const WorkerRow& worker);
Result<std::vector<WorkerRow>> List(store::Session& session);
Status SetDraining(store::Session& session, const std::string& worker_id, bool draining);
Result<bool> IsDraining(store::Session& session, const std::string& worker_id);
/// Forgets those that gave no sign since `before`.
Status Forget(store::Session& session, Micros before);

}  // namespace workers

}  // namespace migrateiq::orchestrator
