#include <boost/json.hpp>

#include "base/errors/run.hpp"
#include "modules/orchestrator/run_notices.hpp"
#include "modules/orchestrator/run_rules.hpp"
#include "modules/orchestrator/run_service.hpp"

/// What workers say of runs: they begin, somebody helps, they came to an end.
namespace migrateiq::orchestrator {

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
    return SaveRun(session, run);
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
    MIQ_TRY(SaveRun(session, run));
    if (IsToldOf(task, outcome, run)) MIQ_TRY(TellEnd(session, run, task.kind));
    if (!outcome.answer.empty() && KindOf(run) == nullptr) MIQ_TRY(notices::Unusual(session, run, now));
    Actor worker = Actor::System(task.tenant_id);
    worker.id = task.owner;
    worker.name = "worker " + task.owner;
    return AuditRun(session, worker, run, task.kind + "." + state,
                    {{"state", Word(run.state)}, {"result", run.result}});
  }));
  Announce(run);
  return Advance();
}

}  // namespace migrateiq::orchestrator
