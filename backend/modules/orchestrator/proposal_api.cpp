#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/stop_at.hpp"
#include "modules/orchestrator/unobserved.hpp"
#include "pipeline/plan/plan_file.hpp"
#include "pipeline/plan/plan_options.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::orchestrator {

namespace {

/// Reading both catalogs takes as long as it takes there; a client that waits longer has gone.
constexpr std::chrono::seconds kDeadline{120};

// As the plan file writes them, in the order of the engine's enumerations.
enum class ProposedSchema { create, reuse, replace };
BOOST_DESCRIBE_ENUM(ProposedSchema, create, reuse, replace)
enum class ProposedVerify { none, counts, checksum, diff };
BOOST_DESCRIBE_ENUM(ProposedVerify, none, counts, checksum, diff)
enum class ProposedRowError { quarantine, fail };
BOOST_DESCRIBE_ENUM(ProposedRowError, quarantine, fail)
enum class ProposedNaming { keep, snake, lower };
BOOST_DESCRIBE_ENUM(ProposedNaming, keep, snake, lower)

struct ProposedFilter {
  Text<1, 300> table;
  Text<1, 4000> sql;
};
BOOST_DESCRIBE_STRUCT(ProposedFilter, (), (table, sql))

struct ProposePlanRequest {
  Text<1, 64> source_connection_id, target_connection_id;
  std::optional<Text<1, 200>> name;
  std::vector<Text<1, 300>> tables, exclude;
  std::vector<ProposedFilter> where;
  std::optional<Text<1, 200>> target_schema;
  std::optional<ProposedSchema> schema;
  std::optional<ProposedVerify> verify;
  std::optional<ProposedRowError> on_row_error;
  std::optional<ProposedNaming> naming;
  std::optional<Number<0, 1024>> workers;
  std::optional<Number<1, 9999>> parts;
  std::optional<bool> create_database;
};
BOOST_DESCRIBE_STRUCT(ProposePlanRequest, (),
                      (source_connection_id, target_connection_id, name, tables, exclude, where, target_schema, schema,
                       verify, on_row_error, naming, workers, parts, create_database))

struct PlanProposalView {
  std::string text;  ///< the plan file, complete: POST it to the project's plans, changed or not
  std::string source_connection, target_connection;
  int64_t tables = 0;
};
BOOST_DESCRIBE_STRUCT(PlanProposalView, (), (text, source_connection, target_connection, tables))

struct PlanProposalQuery {
  std::optional<Number<0, 1000000000>> version;
};
BOOST_DESCRIBE_STRUCT(PlanProposalQuery, (), (version))

template <class Engine, class Given>
std::optional<Engine> As(const std::optional<Given>& value) {
  return value ? std::optional(static_cast<Engine>(*value)) : std::nullopt;
}

template <class Number>
std::optional<int64_t> AsInteger(const std::optional<Number>& value) {
  return value ? std::optional(static_cast<int64_t>(*value)) : std::nullopt;
}

PlanOptions OptionsOf(const ProposePlanRequest& request) {
  PlanOptions options{.tables = {request.tables.begin(), request.tables.end()},
                      .exclude = {request.exclude.begin(), request.exclude.end()},
                      .where = {},
                      .schema = As<SchemaMode>(request.schema),
                      .verify = As<VerifyLevel>(request.verify),
                      .row_error = As<RowError>(request.on_row_error),
                      .naming = As<NameCase>(request.naming),
                      .workers = AsInteger(request.workers),
                      .parts = AsInteger(request.parts),
                      .create_database = request.create_database};
  for (const ProposedFilter& filter : request.where) options.where.emplace_back(filter.table, filter.sql);
  return options;
}

Status Log(const ApiParts& parts, const core::Actor& actor, const std::string& project_id) {
  return parts.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) {
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("plan.proposed", "project", project_id));
  });
}

/// By name, as it is stored: the URL that the engine used has the secrets in it.
Endpoint Stored(Endpoint end, const std::string& connection) {
  end.url.clear();
  end.connection = connection;
  return end;
}

Result<PlanProposalView> Propose(const ApiParts& parts, http::Context& context, const projects::RunnablePlan& from) {
  MIQ_ASSIGN(const auto records, parts.records(context.principal.tenant_id));
  Unobserved observer;
  const StopAt stop(context.deadline);
  EngineContext engine{.store = *records, .observer = observer, .stop = stop.token(), .secrets = Secrets::kRefuse};
  MIQ_ASSIGN(Plan plan, ProposePlan(from.plan, engine));
  plan.source = Stored(std::move(plan.source), from.source_connection);
  plan.target = Stored(std::move(plan.target), from.target_connection);
  MIQ_TRY(Log(parts, core::ActorOf(context), from.project_id));
  return PlanProposalView{.text = WritePlan(plan),
                          .source_connection = from.source_connection,
                          .target_connection = from.target_connection,
                          .tables = static_cast<int64_t>(plan.mappings.size())};
}

Result<PlanProposalView> ProposeNew(const ApiParts& parts, http::Context& context, const ProposePlanRequest& request) {
  const std::string &tenant = context.principal.tenant_id, &project = context.Path("project_id");
  MIQ_ASSIGN(projects::RunnablePlan ends,
             parts.plans.Connect(tenant, project, request.source_connection_id, request.target_connection_id));
  ends.project_id = project;
  ends.plan.name = request.name.value_or("");
  ends.plan.target.schema = request.target_schema.value_or("");
  ApplyOptions(OptionsOf(request), ends.plan);
  return Propose(parts, context, ends);
}

Result<PlanProposalView> ProposeStored(const ApiParts& parts, http::Context& context, const PlanProposalQuery& query) {
  MIQ_ASSIGN(const projects::RunnablePlan stored,
             parts.plans.Resolve(context.principal.tenant_id, context.Path("plan_id"),
                                 query.version.value_or(Number<0, 1000000000>{})));
  MIQ_TRY(context.require("runs.start", stored.project_id));
  return Propose(parts, context, stored);
}

}  // namespace

void AddProposalRoutes(http::Router& router, ApiParts parts) {
  const auto shared = std::make_shared<ApiParts>(std::move(parts));  // of the handler
  router.Add<ProposePlanRequest, Nothing, PlanProposalView>(
      {.method = http::Method::kPost,
       .path = "/api/v1/projects/{project_id}/plans/propose",
       .name = "proposeNewPlan",
       .tag = "projects",
       .summary = "Look at both connections and propose a complete plan to edit; nothing is stored.",
       .permission = "projects.write",
       .project_parameter = "project_id",
       .success = 200,
       .deadline = kDeadline},
      [shared](http::Context& context, const ProposePlanRequest& request, const Nothing&) {
        return ProposeNew(*shared, context, request);
      });
  router.Add<Nothing, PlanProposalQuery, PlanProposalView>(
      {.method = http::Method::kGet,
       .path = "/api/v1/plans/{plan_id}/proposal",
       .name = "proposePlan",
       .tag = "runs",
       .summary = "The plan with every table and column of the source written out, as the systems are now.",
       .access = http::Access::kInHandler,
       .permission = "runs.start",
       .deadline = kDeadline},
      [shared](http::Context& context, const Nothing&, const PlanProposalQuery& query) {
        return ProposeStored(*shared, context, query);
      });
}

}  // namespace migrateiq::orchestrator
