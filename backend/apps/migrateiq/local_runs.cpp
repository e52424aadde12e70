#include "apps/migrateiq/local_runs.hpp"

#include "apps/migrateiq/run_job.hpp"
#include "base/errors/run.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {

namespace {

/// A run that nobody else controls while something is done to it.
struct HeldRun {
  std::unique_ptr<RunRepository> repository;
  RunLock lock;
  RunRecord record;
  Plan plan;
};

Result<HeldRun> Hold(const Console& console, const std::string& run_id) {
  MIQ_ASSIGN(std::unique_ptr<RunRepository> repository, OpenState(console));
  MIQ_ASSIGN(RunRecord record, repository->FindRun(run_id));
  MIQ_ASSIGN(RunLock lock, repository->Control(run_id));
  MIQ_ASSIGN(Plan plan, repository->LoadPlan(run_id));
  return HeldRun{std::move(repository), std::move(lock), std::move(record), std::move(plan)};
}

Status CheckUndoable(const RunRecord& run) {
  if (run.accepted) return Fail(codes::kRunState, "run " + run.run_id + " was accepted; what undo needs is gone");
  if (run.status == "undone") return Fail(codes::kRunState, "run " + run.run_id + " is undone already");
  return {};
}

// The ledger of a run that did not end is what `resume` needs.
Status CheckAcceptable(const RunRecord& run) {
  const bool ended = run.status == "succeeded" || run.status == "quarantined" || run.status == "mismatch";
  if (ended) return {};
  return Fail(codes::kRunState,
              "run " + run.run_id + " is " + run.status + "; only a run that was carried out is accepted");
}

Status CheckResumable(const RunRecord& run) {
  if (run.controller) return {};  // refused with the holder's name when the control is asked for
  if (run.status == "interrupted" || run.status == "failed") return {};
  return Fail(codes::kRunState,
              "run " + run.run_id + " is " + run.status + "; only an interrupted or failed run is resumed");
}

/// What can be done with the run now.
std::vector<std::string> Possible(const RunRecord& run) {
  if (run.controller) return {"pause", "cancel"};
  if (run.status == "interrupted" || run.status == "failed") return {"resume", "undo", "cancel"};
  if (run.status == "undone" || run.accepted) return {};
  return run.status == "cancelled" ? std::vector<std::string>{"undo"} : std::vector<std::string>{"undo", "accept"};
}

}  // namespace

Result<RunEnd> LocalRuns::Start(const PlanInput& input, const ConfirmRun& confirm) {
  MIQ_TRY(RefuseConnections(input.plan));
  MIQ_ASSIGN(const Preview preview,  // lives as long as the run: see `files`
             RunJob(console_, [&](EngineContext& context) { return PreviewRun(input.plan, context); }));
  MIQ_TRY(confirm(preview));
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console_));
  MIQ_ASSIGN(const std::string run_id, repository->CreateRun(input.plan));
  MIQ_ASSIGN(const RunLock control, repository->Control(run_id));
  MIQ_TRY(RememberOrigin(*repository, run_id, input.origin));
  console_.Note("run " + run_id);
  return Execute(console_, *repository, input.plan, run_id, false);
}

Result<RunEnd> LocalRuns::Resume(const std::string& run_id) {
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console_));
  MIQ_ASSIGN(const RunRecord run, repository->FindRun(run_id));
  MIQ_TRY(CheckResumable(run));
  MIQ_TRY(CheckOrigin(*repository, run_id));
  MIQ_ASSIGN(const RunLock control, repository->Control(run_id));
  MIQ_ASSIGN(const Plan plan, repository->LoadPlan(run_id));
  MIQ_TRY(repository->SetStatus(run_id, "running"));
  return Execute(console_, *repository, plan, run_id, true);
}

Result<RunReport> LocalRuns::Rehearse(const PlanInput& input, int64_t sample_rows) {
  MIQ_TRY(RefuseConnections(input.plan));
  return RunJob(console_,
                [&](EngineContext& context) { return migrateiq::Rehearse(input.plan, sample_rows, context); });
}

Result<RunReport> LocalRuns::Verify(const PlanInput& input, VerifyLevel level, const std::string& repair_sql) {
  MIQ_TRY(RefuseConnections(input.plan));
  return RunJob(console_,
                [&](EngineContext& context) { return migrateiq::Verify(input.plan, level, repair_sql, context); });
}

Result<Plan> LocalRuns::Propose(const PlanInput& skeleton) {
  return RunJob(console_, [&](EngineContext& context) { return ProposePlan(skeleton.plan, context); });
}

Result<std::string> LocalRuns::Request(const std::string& run_id, const std::string& what) {
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console_));
  MIQ_ASSIGN(const RunRecord run, repository->FindRun(run_id));
  if (run.controller) {
    MIQ_TRY(repository->PutRequest(run_id, what));
    return what + " requested of process " + std::to_string(*run.controller);
  }
  const bool may_cancel = run.status == "interrupted" || run.status == "failed";
  if (what != "cancel" || !may_cancel)
    return Fail(codes::kRunState, "run " + run_id + " is " + run.status + " and not under way");
  MIQ_TRY(repository->SetStatus(run_id, "cancelled"));
  return std::string("cancelled");
}

Result<UndoPreview> LocalRuns::Undo(const std::string& run_id, const ConfirmUndo& confirm) {
  MIQ_ASSIGN(const HeldRun run, Hold(console_, run_id));
  MIQ_TRY(CheckUndoable(run.record));
  MIQ_ASSIGN(UndoPreview preview,
             RunJob(console_, [&](EngineContext& context) { return PreviewUndo(run.plan, run_id, context); }));
  MIQ_TRY(confirm(preview));
  MIQ_TRY(RunJob(console_, [&](EngineContext& context) { return UndoRun(run.plan, run_id, context); }));
  MIQ_TRY(run.repository->SetStatus(run_id, "undone"));
  return preview;
}

Status LocalRuns::Accept(const std::string& run_id, const std::function<Status()>& confirm) {
  MIQ_ASSIGN(const HeldRun run, Hold(console_, run_id));
  MIQ_TRY(CheckAcceptable(run.record));
  MIQ_TRY(confirm());
  MIQ_TRY(RunJob(console_, [&](EngineContext& context) { return AcceptRun(run.plan, run_id, context); }));
  return run.repository->SetAccepted(run_id);
}

Result<RunDetails> LocalRuns::Find(const std::string& run_id) {
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console_));
  MIQ_ASSIGN(RunRecord run, repository->FindRun(run_id));
  MIQ_ASSIGN(std::vector<RunEvent> events, repository->ListEvents(run_id));
  MIQ_ASSIGN(const std::optional<std::string> progress, repository->GetFact(run_id, "progress"));
  RunDetails details{.record = std::move(run), .events = std::move(events), .progress = progress.value_or("")};
  details.under_way = details.record.controller.has_value();
  if (details.under_way) details.remark = "controlled by process " + std::to_string(*details.record.controller);
  details.possible = Possible(details.record);
  return details;
}

Result<std::vector<RunRecord>> LocalRuns::List() {
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console_));
  return repository->ListRuns();
}

Result<std::vector<QuarantinedRow>> LocalRuns::Quarantine(const std::string& run_id) {
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console_));
  MIQ_TRY(repository->FindRun(run_id));
  return repository->ListQuarantine(run_id);
}

Result<int64_t> LocalRuns::EditQuarantine(const std::string& run_id, const std::vector<RowEdit>& edits) {
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console_));
  MIQ_TRY(repository->FindRun(run_id));
  MIQ_ASSIGN(const RunLock lock, repository->Control(run_id));
  return repository->EditQuarantine(run_id, edits);
}

Result<ReplayResult> LocalRuns::Replay(const std::string& run_id, const std::vector<RowEdit>& edits,
                                       const std::vector<int64_t>& ids) {
  MIQ_ASSIGN(const HeldRun run, Hold(console_, run_id));
  if (run.record.status == "undone" || run.record.accepted)
    return Fail(codes::kRunState, "run " + run_id + " is " + (run.record.accepted ? "accepted" : run.record.status));
  if (!edits.empty()) MIQ_TRY(run.repository->EditQuarantine(run_id, edits));
  if (ids.empty()) return ReplayResult();
  MIQ_ASSIGN(ReplayResult result, RunJob(console_, [&](EngineContext& context) {
               return ReplayQuarantine(run.plan, run_id, ids, context);
             }));
  MIQ_TRY(run.repository->CountEdited(run_id));
  return result;
}

}  // namespace migrateiq::cli
