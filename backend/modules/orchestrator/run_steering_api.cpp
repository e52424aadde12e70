#include "base/errors/run.hpp"
#include "modules/orchestrator/local_runs.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/run_view.hpp"
#include "modules/orchestrator/unobserved.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::orchestrator {

namespace {

using http::Context;
using http::Method;

struct ConfirmAction {
  std::optional<bool> confirm;
};
BOOST_DESCRIBE_STRUCT(ConfirmAction, (), (confirm))

struct UndoPreviewView {
  std::vector<std::string> drops, restores;
};
BOOST_DESCRIBE_STRUCT(UndoPreviewView, (), (drops, restores))

/// What is asked of a run that is there.
class RunSteeringApi {
 public:
  explicit RunSteeringApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<RunView> Act(http::Context& context, RunAction action, const char* permission, bool confirmed) const {
    MIQ_ASSIGN(const RunJob before, LoadRun(context, parts_.runs, permission));
    const bool needs_confirmation = action == RunAction::kUndo || action == RunAction::kAccept;
    if (needs_confirmation && !confirmed)
      return Fail(Error(codes::kRunConfirm,
                        action == RunAction::kUndo ? "undo drops what the run created" : "accept makes undo impossible")
                      .At("/confirm")
                      .Fix("Look at GET /api/v1/runs/{run_id}/undo-preview, then send \"confirm\": true."));
    MIQ_ASSIGN(const RunJob run, parts_.runs.Act(core::ActorOf(context), before.run_id, action));
    return ShowRun(context, run);
  }

  Result<UndoPreviewView> PreviewOfUndo(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, LoadRun(context, parts_.runs, "runs.undo"));
    MIQ_TRY(CheckActsHere(run));
    MIQ_ASSIGN(const projects::RunnablePlan plan, parts_.plans.Resolve(run.tenant_id, run.plan_id, run.plan_version));
    MIQ_ASSIGN(const auto records, parts_.records(run.tenant_id));
    Unobserved observer;
    EngineContext engine{.store = *records, .observer = observer, .stop = {}, .secrets = Secrets::kRefuse};
    MIQ_ASSIGN(const UndoPreview preview, PreviewUndo(plan.plan, run.run_id, engine));
    return UndoPreviewView{.drops = preview.drops, .restores = preview.restores};
  }

 private:
  ApiParts parts_;
};

struct ActionRoute {
  RunAction action;
  const char *path, *name, *permission, *summary;
};

constexpr ActionRoute kActions[] = {
    {RunAction::kPause, "pause", "pauseRun", "runs.start",
     "Stop at the next border of a chunk; resume goes on from there."},
    {RunAction::kResume, "resume", "resumeRun", "runs.start", "Go on with a paused run."},
    {RunAction::kCancel, "cancel", "cancelRun", "runs.start", "End a run; what is committed stays until undo."},
    {RunAction::kRetry, "retry", "retryRun", "runs.start",
     "Try a failed or cancelled run again; committed chunks are kept."},
    {RunAction::kUndo, "undo", "undoRun", "runs.undo", "Take back what a run created or replaced."},
    {RunAction::kAccept, "accept", "acceptRun", "runs.undo",
     "Drop kept-aside tables, journal and ledger; undo is impossible afterwards."},
    {RunAction::kApprove, "approve", "approveRun", "runs.approve",
     "Let what waits for approval begin; not by who asked for it."},
    {RunAction::kReject, "reject", "rejectRun", "runs.approve", "Refuse what waits for approval."},
};

}  // namespace

void AddRunSteeringRoutes(http::Router& router, ApiParts parts) {
  const auto api = std::make_shared<RunSteeringApi>(std::move(parts));  // shared by the handlers
  router.Add<Nothing, Nothing, UndoPreviewView>(
      RunRoute(Method::kGet, "runs/{run_id}/undo-preview", "previewUndo", "What undo would drop and restore.",
               "runs.undo"),
      [api](Context& c, const Nothing&, const Nothing&) { return api->PreviewOfUndo(c); });
  for (const ActionRoute& action : kActions) {
    http::Route declared = RunRoute(Method::kPost, std::string("runs/{run_id}/") + action.path, action.name,
                                    action.summary, action.permission);
    declared.success = 202;
    router.Add<ConfirmAction, Nothing, RunView>(
        std::move(declared), [api, action](Context& c, const ConfirmAction& body, const Nothing&) {
          return api->Act(c, action.action, action.permission, body.confirm.value_or(false));
        });
  }
}

}  // namespace migrateiq::orchestrator
