#include "modules/orchestrator/run_service.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/audit.hpp"
#include "modules/orchestrator/job_desk.hpp"
#include "modules/orchestrator/local_runs.hpp"
#include "modules/orchestrator/run_id.hpp"
#include "modules/orchestrator/run_notices.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;

Status Audit(store::Session& session, const Actor& actor, const RunJob& run, const std::string& action,
             const json::object& details) {
  core::AuditEntry entry = actor.Entry("run." + action, "run", run.run_id);
  entry.details = JsonText(details);
  return core::AppendAudit(session, run.tenant_id, entry);
}

/// The run as it is now written, with the version that it has then.
Status Save(store::Session& session, RunJob& run) {
  MIQ_TRY(jobs::Update(session, run));
  ++run.version;
  return {};
}

/// True until a second person agreed to its execution; cancelling, rejecting and retrying do not change that.
bool LacksApproval(const RunJob& run) { return run.needs_approval && !run.approved_at; }

bool WritesToTarget(const std::string& kind) { return kind == "run"; }

std::string ErrorText(const Error& error) {
  return JsonText(json::object{{"code", error.code.code}, {"message", error.message}, {"fix", error.FixText()}});
}

}  // namespace

bool IsDestructive(const Plan& plan) {
  const auto truncates = [](const TableMapping& mapping) { return mapping.mode == LoadMode::kTruncate; };
  return plan.run.schema == SchemaMode::kReplace || std::ranges::any_of(plan.mappings, truncates);
}

Result<RunJob> RunService::Start(const Actor& actor, const StartRequest& request) {
  MIQ_ASSIGN(const projects::RunnablePlan plan,
             parts_.plans.Resolve(actor.tenant_id, request.plan_id, request.plan_version));
  if (WritesToTarget(request.kind) && IsDestructive(plan.plan) && !request.confirmed)
    return Fail(Error(codes::kRunConfirm, "this run replaces or truncates tables of the target")
                    .At("/confirm")
                    .Fix("Rehearse it, look at its preview, then send \"confirm\": true."));
  RunJob run = NewJob(actor);
  run.project_id = plan.project_id;
  run.plan_id = request.plan_id;
  run.plan_version = plan.version;
  run.kind = request.kind;
  run.name = request.name.empty() ? plan.plan.name : request.name;
  run.priority = request.priority;
  run.not_before = request.not_before;
  run.timeout_seconds = request.timeout_seconds;
  run.max_attempts = request.max_attempts;
  run.needs_approval = (WritesToTarget(request.kind) || request.repair) && plan.target_is_production;
  run.depends_on = request.depends_on;
  run.source_connection_id = plan.source_connection_id;
  run.target_connection_id = plan.target_connection_id;
  run.schedule_id = request.schedule_id;
  run.options = request.options.empty() ? "{}" : request.options;
  return Put(actor, run, {{"kind", run.kind}, {"plan_id", run.plan_id}, {"plan_version", run.plan_version}}, {});
}

Result<RunJob> RunService::Submit(const Actor& actor, const projects::JobRequest& request,
                                  const projects::JobQueue::Alongside& alongside) {
  if (FindKind(request.kind) == nullptr) return Fail(codes::kInternal, "unknown kind of job: " + request.kind);
  RunJob job = NewJob(actor);
  job.project_id = request.project_id;
  job.kind = request.kind;
  job.name = request.name;
  job.priority = request.priority;
  job.not_before = request.not_before;
  job.timeout_seconds = request.timeout_seconds;
  job.max_attempts = request.max_attempts;
  job.source_connection_id = request.source_connection_id;
  job.target_connection_id = request.target_connection_id;
  job.schedule_id = request.schedule_id;
  job.options = request.input;
  return Put(actor, job, {{"kind", job.kind}}, alongside);
}

RunJob RunService::NewJob(const Actor& actor) const {
  return {.run_id = NewRunId(),
          .tenant_id = actor.tenant_id,
          .requested_by = actor.id,
          .requested_by_name = actor.name,
          .created_at = parts_.clock.Now()};
}

Result<RunJob> RunService::Put(const Actor& actor, const RunJob& run, json::object details,
                               const projects::JobQueue::Alongside& alongside) {
  RunJob made;  // read before the commit: behind it nothing may fail, or the caller would ask for another run
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    RunJob attempt = run;
    if (attempt.needs_approval) MIQ_TRY(AskForApproval(session, actor, attempt, "execute", "{}"));
    MIQ_TRY(jobs::Insert(session, attempt));
    MIQ_TRY(EnqueueIfOpen(session, attempt));
    MIQ_TRY(jobs::Update(session, attempt));
    if (alongside) MIQ_TRY(alongside(session, run.run_id));
    MIQ_ASSIGN(made, jobs::Find(session, actor.tenant_id, run.run_id));
    return Audit(session, actor, attempt, "requested", details);
  }));
  WakeWorkers();
  Announce(made);
  return made;
}

Result<RunJob> RunService::Find(const std::string& tenant_id, const std::string& run_id) {
  return parts_.store.ReadFor<RunJob>(store::Scope::Tenant(tenant_id),
                                      [&](store::Session& session) { return jobs::Find(session, tenant_id, run_id); });
}

Result<std::vector<RunJob>> RunService::List(const std::string& tenant_id, const jobs::Filter& filter) {
  return parts_.store.ReadFor<std::vector<RunJob>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) { return jobs::List(session, tenant_id, filter); });
}

Result<std::vector<RunEvent>> RunService::EventsOfJob(const RunJob& job) {
  return parts_.store.ReadFor<std::vector<RunEvent>>(store::Scope::Tenant(job.tenant_id), [&](store::Session& session) {
    return jobs::ListEvents(session, job.tenant_id, job.run_id);
  });
}

Result<RunJob> RunService::Act(const Actor& actor, const std::string& run_id, RunAction action,
                               const std::string& input) {
  RunJob changed;
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(RunJob run, jobs::FindForUpdate(session, actor.tenant_id, run_id));
    MIQ_TRY(CheckActsHere(run));
    if (!IsPossible(action, run.state))
      return Fail(codes::kApiState,
                  "a run that is " + std::string(Word(run.state)) + " cannot be asked to " + std::string(Word(action)));
    MIQ_TRY(ActOn(session, actor, run, action, input));
    MIQ_TRY(jobs::Update(session, run));
    MIQ_ASSIGN(changed, jobs::Find(session, actor.tenant_id, run_id));
    return Audit(session, actor, run, std::string(Word(action)), {});
  }));
  WakeWorkers();
  Announce(changed);
  return changed;
}

Status RunService::ActOn(store::Session& session, const Actor& actor, RunJob& run, RunAction action,
                         const std::string& input) {
  const bool at_work = run.state == RunState::running;
  switch (action) {
    case RunAction::kPause: run.control = "pause"; return {};
    case RunAction::kCancel:
      if (at_work) {
        run.control = "cancel";
        return {};
      }
      run.state = RunState::cancelled;
      run.finished_at = parts_.clock.Now();
      run.waiting_for = run.pending = "";
      MIQ_TRY(TellEnd(session, run, "execute"));
      return tasks::CancelOpen(session, run.tenant_id, run.run_id, parts_.clock.Now());
    case RunAction::kResume:
    case RunAction::kRetry:
      run.state = RunState::queued;
      run.finished_at.reset();
      run.error = run.control = "";
      return LacksApproval(run) ? AskForApproval(session, actor, run, "execute", "{}") : EnqueueIfOpen(session, run);
    case RunAction::kUndo:
    case RunAction::kReplay:
    case RunAction::kAccept: {
      const std::string kind(Word(action));
      if (run.kind != "run")
        return Fail(codes::kApiState,
                    "a " + run.kind + " wrote nothing that could be " + (kind == "undo" ? "undone" : kind + "ed"));
      if (run.accepted) return Fail(codes::kApiState, "the run was accepted: what undo and replay need is gone");
      if (action == RunAction::kAccept) return Enqueue(session, run, kind, input);
      if (run.needs_approval) return AskForApproval(session, actor, run, kind, input);
      return EnqueueWriting(session, run, kind, input);
    }
    case RunAction::kApprove: return Approve(session, actor, run);
    case RunAction::kReject: return Reject(session, actor, run);
  }
  return {};
}

Status RunService::TellEnd(store::Session& session, const RunJob& run, const std::string& task_kind) const {
  return notices::Ended(session, run, KindOf(run), task_kind, parts_.clock.Now());
}

/// Four eyes: writing into a production connection waits for a second person.
Status RunService::AskForApproval(store::Session& session, const Actor& actor, RunJob& run, const std::string& kind,
                                  const std::string& input) {
  if (!run.pending.empty()) return Fail(codes::kApiState, "the run waits for an approval already: " + run.pending);
  run.pending = kind;
  run.pending_input = input;
  run.pending_by = actor.person();
  run.waiting_for = kWaitsForApproval;
  return notices::ApprovalWanted(session, actor, run, parts_.clock.Now());
}

Status RunService::Approve(store::Session& session, const Actor& actor, RunJob& run) {
  if (run.pending.empty()) return Fail(codes::kApiState, "nothing of this run waits for an approval");
  if (actor.person() == run.pending_by)
    return Fail(codes::kApiForbidden, "who asked for it cannot approve it: a second person must");
  if (actor.user_id.empty())
    return Fail(codes::kApiForbidden, "an API key without a user cannot approve: a person must");
  MIQ_TRY(notices::Decided(session, actor, run, true, parts_.clock.Now()));
  const std::string kind = std::exchange(run.pending, ""), input = std::exchange(run.pending_input, "");
  run.waiting_for = "";
  if (kind != "execute") return EnqueueWriting(session, run, kind, input);
  run.approved_by = actor.id;
  run.approved_by_name = actor.name;
  run.approved_at = parts_.clock.Now();
  return EnqueueIfOpen(session, run);
}

Status RunService::Reject(store::Session& session, const Actor& actor, RunJob& run) {
  if (run.pending.empty()) return Fail(codes::kApiState, "nothing of this run waits for an approval");
  MIQ_TRY(notices::Decided(session, actor, run, false, parts_.clock.Now()));
  if (run.pending == "execute") {
    run.state = RunState::cancelled;
    run.finished_at = parts_.clock.Now();
  }
  run.pending = run.pending_input = run.waiting_for = "";
  return {};
}

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
      return Audit(session, Actor::System(tenant_id), run, "held", {{"why", "a maintenance window closed"}});
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
      return changed ? Save(session, run) : Status();
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

/// Whoever comes to help leaves the door open for the next.
Status RunService::BeginHelp(const Task& task) {
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(task.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(tasks::CheckClaim(session, task));
    return shares::Invite(session, task.tenant_id, task.run_id, task.priority, parts_.clock.Now());
  }));
  WakeWorkers();
  return {};
}

/// How help ends changes nothing of the run.
Status RunService::CompleteHelp(const Task& task, const Outcome& outcome) {
  using enum Outcome::Kind;
  const std::string state = outcome.kind == kDone ? "done" : outcome.kind == kFailed ? "failed" : "cancelled";
  return parts_.store.Write(store::Scope::Tenant(task.tenant_id), [&](store::Session& session) {
    return shares::Finish(session, task, state, outcome.error, parts_.clock.Now());
  });
}

Result<std::optional<ShareTerms>> RunService::HelpTerms(const Task& task) {
  return parts_.store.ReadFor<std::optional<ShareTerms>>(
      store::Scope::Tenant(task.tenant_id),
      [&](store::Session& session) { return shares::Terms(session, task, parts_.clock.Now()); });
}

/// A run that somebody ended between the claim and now does not come alive again.
Status RunService::Begin(const Task& task) {
  if (task.kind == kHelpTask) return BeginHelp(task);
  RunJob run;
  bool over = false;
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(task.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(tasks::CheckClaim(session, task));
    MIQ_ASSIGN(run, jobs::FindForUpdate(session, task.tenant_id, task.run_id));
    over = task.kind == "execute" && IsOver(run.state);
    if (over) return tasks::Finish(session, task, "cancelled", "", parts_.clock.Now(), 0);
    run.waiting_for = "";
    if (task.kind == "execute") {
      run.state = RunState::running;
      run.attempt = task.attempt;
      if (!run.started_at) run.started_at = parts_.clock.Now();
    }
    return Save(session, run);
  }));
  if (over) return Fail(codes::kRunHeld, "run " + run.run_id + " ended before its task began");
  Announce(run);
  return {};
}

namespace {

/// What was asked for meanwhile goes before another try.
RunService::Outcome WithControl(const Task& task, RunService::Outcome outcome, const RunJob& run) {
  using enum RunService::Outcome::Kind;
  const bool goes_on = outcome.kind == kTryAgain || outcome.kind == kGiveBack || outcome.kind == kHeld;
  if (!goes_on || task.kind != "execute") return outcome;
  if (run.control == "cancel") outcome.kind = kCancelled;
  if (run.control == "pause") outcome.kind = kPaused;
  return outcome;
}

/// What the outcome of the task makes of its run.
void Apply(const Task& task, const RunService::Outcome& outcome, Micros now, RunJob& run) {
  using enum RunService::Outcome::Kind;
  run.control = "";
  run.waiting_for = "";
  run.error = outcome.error;
  if (outcome.kind == kHeld) {
    run.waiting_for = kWaitsForWindow;
    run.state = RunState::queued;
    return;
  }
  if (outcome.kind == kTryAgain || outcome.kind == kGiveBack) {
    run.waiting_for = outcome.kind == kTryAgain ? kWaitsForRetry : kWaitsForWorker;
    if (task.kind == "execute") run.state = RunState::queued;
    return;
  }
  if (task.kind == "undo" && outcome.kind == kDone) run.state = RunState::undone;
  if (task.kind == "accept" && outcome.kind == kDone) run.accepted = true;
  if (task.kind != "execute") return;
  if (!outcome.result.empty()) run.result = outcome.result;
  if (!outcome.answer.empty()) run.answer = outcome.answer;
  run.state = outcome.kind == kPaused      ? RunState::paused
              : outcome.kind == kCancelled ? RunState::cancelled
              : outcome.kind == kFailed    ? RunState::failed
                                           : RunState::succeeded;
  if (run.state != RunState::paused) run.finished_at = now;
}

std::string TaskStateOf(RunService::Outcome::Kind kind) {
  using enum RunService::Outcome::Kind;
  switch (kind) {
    case kTryAgain:
    case kGiveBack: return "ready";
    case kFailed: return "failed";
    case kPaused:
    case kCancelled:
    case kHeld: return "cancelled";
    case kDone: break;
  }
  return "done";
}

/// Of actions on runs that are over, an undo and what went wrong are told; the rest whoever asked for it sees.
bool IsToldOf(const Task& task, const RunService::Outcome& outcome, const RunJob& run) {
  if (task.kind == "execute") return IsOver(run.state);
  return outcome.kind == RunService::Outcome::Kind::kFailed || run.state == RunState::undone;
}

}  // namespace

Status RunService::Complete(const Task& task, const Outcome& reported) {
  if (task.kind == kHelpTask) return CompleteHelp(task, reported);
  RunJob run;
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(task.tenant_id), [&](store::Session& session) -> Status {
    const Micros now = parts_.clock.Now();
    MIQ_ASSIGN(run, jobs::FindForUpdate(session, task.tenant_id, task.run_id));
    const Outcome outcome = WithControl(task, reported, run);
    const std::string state = TaskStateOf(outcome.kind);
    MIQ_TRY(tasks::Finish(session, task, state, outcome.error, now, now + outcome.delay));
    if (outcome.kind == Outcome::Kind::kGiveBack) MIQ_TRY(tasks::ForgetAttempt(session, task));
    MIQ_TRY(shares::End(session, task.tenant_id, task.run_id, now));
    Apply(task, outcome, now, run);
    MIQ_TRY(Save(session, run));
    if (IsToldOf(task, outcome, run)) MIQ_TRY(TellEnd(session, run, task.kind));
    if (!outcome.answer.empty() && KindOf(run) == nullptr) MIQ_TRY(notices::Unusual(session, run, now));
    Actor worker = Actor::System(task.tenant_id);
    worker.id = task.owner;
    worker.name = "worker " + task.owner;
    return Audit(session, worker, run, task.kind + "." + state, {{"state", Word(run.state)}, {"result", run.result}});
  }));
  Announce(run);
  return Advance();
}

/// Everybody who looks at the run, its project or the tenant's list hears of the new state.
void RunService::Announce(const RunJob& run) {
  const std::string data = JsonText(json::object{{"run_id", run.run_id},
                                                 {"project_id", run.project_id},
                                                 {"kind", run.kind},
                                                 {"state", Word(run.state)},
                                                 {"waiting_for", run.waiting_for},
                                                 {"result", run.result},
                                                 {"version", run.version}});
  std::vector<std::string> topics{"run:" + run.run_id, "tenant:" + run.tenant_id};
  if (!run.project_id.empty()) topics.push_back("project:" + run.project_id);
  for (const std::string& topic : topics) {
    if (const Status published = parts_.bus.Publish({.topic = topic, .type = "run.state", .data = data}); !published)
      spdlog::warn("event of run {} not published: {}", run.run_id, published.error().ToString());
  }
  const projects::JobKind* kind = KindOf(run);
  if (kind != nullptr && kind->changed) kind->changed(ViewOfJob(run));
}

/// The message says only that there is work; a lost one is made up for by Requeue.
void RunService::WakeWorkers() {
  if (const Status pushed = parts_.queue.Push(kTaskQueue, "wake"); !pushed)
    spdlog::warn("workers not woken: {}", pushed.error().ToString());
}

}  // namespace migrateiq::orchestrator
