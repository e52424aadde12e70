#include <memory>

#include "base/errors/api.hpp"
#include "modules/orchestrator/repair_statements.hpp"
#include "modules/orchestrator/run_api.hpp"

namespace migrateiq::orchestrator {

namespace {

/// Who reads it is in the audit log: it holds rows of the data.
Status LogReading(const ApiParts& parts, const core::Actor& actor, const RunJob& run) {
  return parts.store.Write(store::Scope::Tenant(run.tenant_id), [&](store::Session& session) {
    return core::AppendAudit(session, run.tenant_id, actor.Entry("run.repair_read", "run", run.run_id));
  });
}

Status Answer(const ApiParts& parts, http::Context& context) {
  MIQ_ASSIGN(const RunJob run, parts.runs.Find(context.principal.tenant_id, context.Path("run_id")));
  MIQ_TRY(context.require("quarantine.read", run.project_id));
  MIQ_ASSIGN(const auto records, parts.records(run.tenant_id));
  MIQ_ASSIGN(auto statements, RepairStatementsOf(run.run_id, *records));
  if (!statements)
    return Fail(Error(codes::kApiState, "run " + run.run_id + " made no statements of repair")
                    .Fix("Start a run of kind verify with \"repair\": true; they are kept as long as its events."));
  MIQ_TRY(LogReading(parts, core::ActorOf(context), run));
  context.response.content_type = "application/sql";
  context.response.headers.Set("Content-Disposition", "attachment; filename=\"repair-" + run.run_id + ".sql\"");
  context.response.headers.Set("Cache-Control", "no-store");
  context.response.body = std::move(*statements);
  return {};
}

}  // namespace

void AddRepairRoutes(http::Router& router, ApiParts parts) {
  const auto shared = std::make_shared<ApiParts>(std::move(parts));  // of the handler
  router.AddRaw({.method = http::Method::kGet,
                 .path = "/api/v1/runs/{run_id}/repair-sql",
                 .name = "getRepairSql",
                 .tag = "runs",
                 .summary = "The statements that would make the target equal, of a verification with repair; SQL of "
                            "the target. The server never carries them out.",
                 .access = http::Access::kInHandler,
                 .permission = "quarantine.read",
                 .step_up = true,
                 .raw_type = "application/sql"},
                [shared](http::Context& context) { return Answer(*shared, context); });
}

}  // namespace migrateiq::orchestrator
