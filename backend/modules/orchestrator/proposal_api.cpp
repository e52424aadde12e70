#include "modules/core/cursor.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "pipeline/plan/plan_file.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::orchestrator {

namespace {

struct PlanProposalQuery {
  std::optional<Number<0, 1000000000>> version;
};
BOOST_DESCRIBE_STRUCT(PlanProposalQuery, (), (version))

struct PlanProposalView {
  std::string text;
  int64_t tables = 0;
};
BOOST_DESCRIBE_STRUCT(PlanProposalView, (), (text, tables))

/// Observes nothing: a proposal has no progress.
class Unobserved : public RunObserver {
  void OnProgress(const Progress&) override {}
  void OnEvent(const std::string&, const std::string&) override {}
};

/// By name, as it is stored: the URL that the engine used has the secrets in it.
Endpoint Stored(Endpoint end, const std::string& connection) {
  end.url.clear();
  end.connection = connection;
  return end;
}

Result<PlanProposalView> Propose(const ApiParts& parts, http::Context& context, const PlanProposalQuery& query) {
  const std::string& tenant = context.principal.tenant_id;
  MIQ_ASSIGN(const projects::RunnablePlan stored,
             parts.plans.Resolve(tenant, context.Path("plan_id"), query.version.value_or(Number<0, 1000000000>{})));
  MIQ_TRY(context.require("runs.start", stored.project_id));
  MIQ_ASSIGN(const auto records, parts.records(tenant));
  Unobserved observer;
  EngineContext engine{.store = *records, .observer = observer, .stop = {}, .secrets = Secrets::kRefuse};
  MIQ_ASSIGN(Plan plan, ProposePlan(stored.plan, engine));
  plan.source = Stored(std::move(plan.source), stored.source_connection);
  plan.target = Stored(std::move(plan.target), stored.target_connection);
  return PlanProposalView{.text = WritePlan(plan), .tables = static_cast<int64_t>(plan.mappings.size())};
}

}  // namespace

void AddProposalRoutes(http::Router& router, ApiParts parts) {
  const auto shared = std::make_shared<ApiParts>(std::move(parts));
  router.Add<Nothing, PlanProposalQuery, PlanProposalView>(
      {.method = http::Method::kGet,
       .path = "/api/v1/plans/{plan_id}/proposal",
       .name = "proposePlan",
       .tag = "runs",
       .summary = "The plan with every table and column of the source written out, as the systems are now.",
       .access = http::Access::kInHandler,
       .permission = "runs.start",
       .deadline = std::chrono::seconds(120)},
      [shared](http::Context& context, const Nothing&, const PlanProposalQuery& query) {
        return Propose(*shared, context, query);
      });
}

}  // namespace migrateiq::orchestrator
