#include <utility>

#include "base/errors/api.hpp"
#include "modules/orchestrator/local_runs.hpp"
#include "modules/orchestrator/run_notices.hpp"
#include "modules/orchestrator/run_rules.hpp"
#include "modules/orchestrator/run_service.hpp"

/// What people ask of runs that are there: pause, resume, cancel, retry, undo, accept, approve, reject.
namespace migrateiq::orchestrator {

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
    return AuditRun(session, actor, run, std::string(Word(action)), {});
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

}  // namespace migrateiq::orchestrator
