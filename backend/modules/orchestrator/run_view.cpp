#include "modules/orchestrator/run_view.hpp"

#include "modules/core/routes.hpp"

namespace migrateiq::orchestrator {

using core::Given;

RunView ViewOf(const RunJob& run) {
  return {.run_id = run.run_id,
          .project_id = run.project_id,
          .plan_id = run.plan_id,
          .plan_version = run.plan_version,
          .kind = run.kind,
          .name = run.name,
          .state = run.state,
          .waiting_for = Given(run.waiting_for),
          .result = Given(run.result),
          .pending = Given(run.pending),
          .priority = run.priority,
          .requested_by = run.requested_by,
          .requested_by_name = run.requested_by_name,
          .created_at = {run.created_at},
          .started_at = Given(run.started_at),
          .finished_at = Given(run.finished_at),
          .not_before = run.not_before > 0 ? std::optional(Moment{run.not_before}) : std::nullopt,
          .approved_at = Given(run.approved_at),
          .timeout_seconds = run.timeout_seconds,
          .attempt = run.attempt,
          .max_attempts = run.max_attempts,
          .needs_approval = run.needs_approval,
          .approved_by = Given(run.approved_by),
          .approved_by_name = Given(run.approved_by_name),
          .schedule_id = Given(run.schedule_id),
          .source_connection_id = run.source_connection_id,
          .target_connection_id = run.target_connection_id,
          .depends_on = run.depends_on,
          .accepted = run.accepted,
          .asked_to = Given(run.control),
          .error = projects::StoredView<projects::FaultView>(run.error),
          .progress = projects::StoredView<RunProgressView>(run.progress),
          .figures = run.kind == "run" ? FiguresFrom(run.answer) : std::nullopt,
          .version = run.version};
}

std::string PermissionFor(const projects::JobKind* kind, std::string_view of_runs) {
  if (kind != nullptr && of_runs == "runs.read") return kind->read_permission;
  if (kind != nullptr && of_runs == "runs.start") return kind->act_permission;
  return std::string(of_runs);
}

http::Route RunRoute(http::Method method, const std::string& path, const char* name, const char* summary,
                     const char* permission) {
  return {.method = method,
          .path = "/api/v1/" + path,
          .name = name,
          .tag = "runs",
          .summary = summary,
          .access = http::Access::kInHandler,
          .permission = permission};
}

Result<RunJob> LoadRun(http::Context& context, RunService& runs, std::string_view permission) {
  MIQ_ASSIGN(RunJob run, runs.Find(context.principal.tenant_id, context.Path("run_id")));
  MIQ_TRY(context.require(PermissionFor(runs.KindOf(run), permission), run.project_id));
  return run;
}

RunView ShowRun(http::Context& context, const RunJob& run) { return core::Versioned(context, ViewOf(run)); }

}  // namespace migrateiq::orchestrator
