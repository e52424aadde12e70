#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "base/server_fix.hpp"
#include "modules/orchestrator/run_rules.hpp"
#include "modules/orchestrator/run_service.hpp"

/// What stands between a run and the queue: dependencies, the time, approvals, maintenance windows.
namespace migrateiq::orchestrator {

namespace json = boost::json;

namespace {

std::string ErrorText(const Error& error) {
  return JsonText(json::object{{"code", error.code.code}, {"message", error.message}, {"fix", ServerFix(error)}});
}

}  // namespace

/// A queued run begins when nothing is in its way; else `waiting_for` says what is.
Status RunService::EnqueueIfOpen(store::Session& session, RunJob& run) {
  if (!run.pending.empty() || LacksApproval(run)) return {};
  MIQ_ASSIGN(const jobs::Dependencies dependencies, jobs::CheckDependencies(session, run));
  const Micros now = parts_.clock.Now();
  if (dependencies.broken) {
    run.state = RunState::failed;
    run.finished_at = now;
    run.waiting_for = "";
    run.error = ErrorText(Error(codes::kRunState, "a run that this one depends on did not succeed"));
    return TellEnd(session, run, "execute");
  }
  if (!dependencies.ready) {
    run.waiting_for = kWaitsForDependency;
    return {};
  }
  if (run.not_before > now) {
    run.waiting_for = kWaitsForTime;
    return {};
  }
  MIQ_ASSIGN(const bool open, MayWriteNow(session, run));
  if (!open) {
    run.waiting_for = kWaitsForWindow;
    return {};
  }
  return Enqueue(session, run, "execute", "{}");
}

Result<bool> RunService::MayWriteNow(store::Session& session, const RunJob& run) {
  if (!WritesToTarget(run.kind)) return true;
  return parts_.window_open(session, run.tenant_id, run.target_connection_id, parts_.clock.Now());
}

/// Undo and replay do not wait for a window: who asks sees that it is closed.
Status RunService::EnqueueWriting(store::Session& session, RunJob& run, const std::string& kind,
                                  const std::string& input) {
  MIQ_ASSIGN(const bool open, MayWriteNow(session, run));
  if (open) return Enqueue(session, run, kind, input);
  return Fail(Error(codes::kApiState, "the target's maintenance window is closed: nothing is written into it now")
                  .Fix("Ask again inside the window (GET /api/v1/maintenance-windows), or change the window."));
}

Status RunService::HoldOutsideWindows() {
  MIQ_ASSIGN(const store::Rows writing,
             parts_.store.ReadFor<store::Rows>(store::Scope::System(), [&](store::Session& session) {
               return session.Query(
                   "SELECT j.tenant_id, j.run_id FROM run_job j WHERE j.state = 'running' AND j.kind = "
                   "'run' AND j.control = '' AND EXISTS (SELECT 1 FROM maintenance_window w WHERE "
                   "w.tenant_id = j.tenant_id AND w.connection_id IN ('', j.target_connection_id))");
             }));
  for (const store::Row& row : writing) {
    const std::string tenant_id = row.Text(0), run_id = row.Text(1);
    MIQ_TRY(parts_.store.Write(store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Status {
      MIQ_ASSIGN(RunJob run, jobs::FindForUpdate(session, tenant_id, run_id));
      if (run.state != RunState::running || !run.control.empty()) return {};
      MIQ_ASSIGN(const bool open, MayWriteNow(session, run));
      if (open) return {};
      run.control = kHold;
      MIQ_TRY(jobs::Update(session, run));
      return AuditRun(session, Actor::System(tenant_id), run, "held", {{"why", "a maintenance window closed"}});
    }));
  }
  return {};
}

Status RunService::Enqueue(store::Session& session, RunJob& run, const std::string& kind, const std::string& input) {
  MIQ_ASSIGN(const std::vector<Task> known, tasks::OfRun(session, run.tenant_id, run.run_id));
  for (const Task& task : known) {
    if (task.kind != kHelpTask && (task.state == "ready" || task.state == "claimed"))
      return Fail(codes::kApiState, "the run is busy: " + task.kind);
  }
  run.waiting_for = kWaitsForWorker;
  return tasks::Insert(session, {.task_id = NewId(),
                                 .tenant_id = run.tenant_id,
                                 .run_id = run.run_id,
                                 .kind = kind,
                                 .state = "ready",
                                 .priority = run.priority,
                                 .not_before = parts_.clock.Now(),
                                 .created_at = parts_.clock.Now(),
                                 .input = input});
}

Status RunService::Advance() {
  MIQ_ASSIGN(const store::Rows waiting,
             parts_.store.ReadFor<store::Rows>(store::Scope::System(), [&](store::Session& session) {
               return session.Query(
                   "SELECT tenant_id, run_id FROM run_job WHERE state = 'queued' AND waiting_for IN ('dependency', "
                   "'time', 'window') ORDER BY run_id LIMIT 1000");
             }));
  for (const store::Row& row : waiting) {
    const std::string tenant_id = row.Text(0), run_id = row.Text(1);
    RunJob run;
    bool changed = false;
    MIQ_TRY(parts_.store.Write(store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Status {
      MIQ_ASSIGN(run, jobs::FindForUpdate(session, tenant_id, run_id));
      const std::string before = run.waiting_for;
      changed = false;
      if (run.state != RunState::queued || before == kWaitsForWorker) return {};
      MIQ_TRY(EnqueueIfOpen(session, run));
      changed = run.waiting_for != before;
      return changed ? SaveRun(session, run) : Status();
    }));
    if (changed) Announce(run);
    if (changed) WakeWorkers();
  }
  return {};
}

Status RunService::Requeue() {
  MIQ_ASSIGN(const std::vector<std::string> due,
             parts_.store.ReadFor<std::vector<std::string>>(store::Scope::System(), [&](store::Session& session) {
               return tasks::Due(session, parts_.clock.Now());
             }));
  MIQ_ASSIGN(const std::vector<queue::Queue::Numbers> queues, parts_.queue.Inspect());
  int64_t waiting = 0;
  for (const auto& numbers : queues) waiting += numbers.name == kTaskQueue ? numbers.waiting : 0;
  for (size_t index = static_cast<size_t>(waiting); index < due.size(); ++index)
    MIQ_TRY(parts_.queue.Push(kTaskQueue, due[index]));
  return {};
}

}  // namespace migrateiq::orchestrator
