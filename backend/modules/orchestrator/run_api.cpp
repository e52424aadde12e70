#include "modules/orchestrator/run_api.hpp"

#include <boost/json.hpp>
#include <set>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/id_page.hpp"
#include "modules/orchestrator/local_runs.hpp"
#include "modules/orchestrator/run_view.hpp"
#include "modules/orchestrator/unobserved.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;
using core::WordOf;
using http::Context;
using http::Method;

enum class RunKind { run, rehearse, verify };
BOOST_DESCRIBE_ENUM(RunKind, run, rehearse, verify)
enum class VerifyDepth { counts, checksum, diff };
BOOST_DESCRIBE_ENUM(VerifyDepth, counts, checksum, diff)

struct StartRun {
  Text<1, 64> plan_id;
  std::optional<RunKind> kind;
  std::optional<Number<0, 1000000000>> plan_version;
  std::optional<Text<1, 200>> name;
  std::optional<Number<0, 100>> priority;
  std::optional<Number<0, 2592000>> timeout_seconds;
  std::optional<Number<1, 20>> max_attempts;
  std::optional<Moment> not_before;
  std::vector<Text<1, 64>> depends_on;
  std::optional<Number<0, 1000000000>> sample_rows;
  std::optional<VerifyDepth> level;
  std::optional<bool> repair;  ///< of a verification: compare every row, and keep the statements that would mend it
  std::optional<bool> confirm;
};
BOOST_DESCRIBE_STRUCT(StartRun, (),
                      (plan_id, kind, plan_version, name, priority, timeout_seconds, max_attempts, not_before,
                       depends_on, sample_rows, level, repair, confirm))

struct RunListQuery {
  std::optional<Text<1, 64>> project_id, plan_id, schedule_id;
  std::optional<RunState> state;
  std::optional<Text<1, 32>> kind;  ///< run, rehearse, verify, local (of the command line), or a job's; absent: no jobs
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(RunListQuery, (), (project_id, plan_id, schedule_id, state, kind, limit, cursor))

struct RunPreviewQuery {
  Text<1, 64> plan_id;
  std::optional<Number<0, 1000000000>> plan_version;
};
BOOST_DESCRIBE_STRUCT(RunPreviewQuery, (), (plan_id, plan_version))

struct RunPreviewView {
  std::vector<std::string> creates, replaces, truncates, appends, upserts, warnings;
  bool destructive = false, needs_approval = false;
};
BOOST_DESCRIBE_STRUCT(RunPreviewView, (),
                      (creates, replaces, truncates, appends, upserts, warnings, destructive, needs_approval))

std::string OptionsOf(const StartRun& request) {
  json::object options;
  if (request.sample_rows) options["sample_rows"] = static_cast<int64_t>(*request.sample_rows);
  if (request.level) options["level"] = WordOf(request.level);
  if (request.repair.value_or(false)) options["repair"] = true;
  return JsonText(options);
}

class RunApi {
 public:
  explicit RunApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<RunView> Start(http::Context& context, const StartRun& request) const {
    const std::string& tenant = context.principal.tenant_id;
    MIQ_ASSIGN(const projects::RunnablePlan plan,
               parts_.plans.Resolve(tenant, request.plan_id, request.plan_version.value_or(Number<0, 1000000000>{})));
    MIQ_TRY(context.require("runs.start", plan.project_id));
    const bool repair = request.repair.value_or(false);
    if (repair && WordOf(request.kind, "run") != "verify")
      return Fail(Error(codes::kApiField, "only a verification makes statements of repair").At("/repair"));
    MIQ_ASSIGN(const RunJob run,
               parts_.runs.Start(core::ActorOf(context),
                                 {.plan_id = request.plan_id,
                                  .plan_version = plan.version,
                                  .kind = WordOf(request.kind, "run"),
                                  .name = request.name.value_or(""),
                                  .priority = request.priority.value_or(Number<0, 100>{}),
                                  .timeout_seconds = request.timeout_seconds.value_or(Number<0, 2592000>{}),
                                  .max_attempts = request.max_attempts.value_or(Number<1, 20>{3}),
                                  .not_before = request.not_before.value_or(Moment{}).micros,
                                  .depends_on = {request.depends_on.begin(), request.depends_on.end()},
                                  .options = OptionsOf(request),
                                  .repair = repair,
                                  .confirmed = request.confirm.value_or(false)}));
    context.response.headers.Set("Location", "/api/v1/runs/" + run.run_id);
    return ShowRun(context, run);
  }

  Result<RunView> Get(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, LoadRun(context, parts_.runs, "runs.read"));
    return ShowRun(context, run);
  }

  /// Without the permission in the tenant, a list is possible for one project where it is granted.
  Result<Page<RunView>> List(http::Context& context, const RunListQuery& query,
                             const std::string& waiting_for = "") const {
    const std::string kind = query.kind.value_or("");
    MIQ_TRY(CheckKind(kind));
    MIQ_TRY(context.require(PermissionFor(parts_.runs.FindKind(kind), "runs.read"), query.project_id.value_or("")));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
    MIQ_ASSIGN(const std::vector<RunJob> runs,
               parts_.runs.List(context.principal.tenant_id, {.project_id = query.project_id.value_or(""),
                                                              .plan_id = query.plan_id.value_or(""),
                                                              .state = WordOf(query.state),
                                                              .kind = kind,
                                                              .schedule_id = query.schedule_id.value_or(""),
                                                              .waiting_for = waiting_for,
                                                              .after = after,
                                                              .limit = page.limit + 1}));
    return core::PageById<RunView>(runs, page.limit, &ViewOf, &RunJob::run_id);
  }

  Result<RunPreviewView> Preview(http::Context& context, const RunPreviewQuery& query) const {
    const std::string& tenant = context.principal.tenant_id;
    MIQ_ASSIGN(const projects::RunnablePlan plan,
               parts_.plans.Resolve(tenant, query.plan_id, query.plan_version.value_or(Number<0, 1000000000>{})));
    MIQ_TRY(context.require("runs.start", plan.project_id));
    MIQ_ASSIGN(const auto records, parts_.records(tenant));
    Unobserved observer;
    EngineContext engine{.store = *records, .observer = observer, .stop = {}, .secrets = Secrets::kRefuse};
    MIQ_ASSIGN(const migrateiq::Preview preview, PreviewRun(plan.plan, engine));
    return RunPreviewView{.creates = preview.creates,
                          .replaces = preview.replaces,
                          .truncates = preview.truncates,
                          .appends = preview.appends,
                          .upserts = preview.upserts,
                          .warnings = preview.warnings,
                          .destructive = preview.Destructive(),
                          .needs_approval = plan.target_is_production};
  }

 private:
  Status CheckKind(const std::string& kind) const {
    static const std::set<std::string> kRunKinds{"", "run", "rehearse", "verify", kLocalRun};
    if (kRunKinds.contains(kind) || parts_.runs.FindKind(kind) != nullptr) return {};
    return Fail(Error(codes::kApiField, "there is no kind '" + kind + "'").At("/kind"));
  }

  ApiParts parts_;
};

}  // namespace

void AddRunRoutes(http::Router& router, ApiParts parts) {
  const auto api = std::make_shared<RunApi>(parts);  // shared by the handlers
  router.Add<StartRun, Nothing, RunView>(
      RunRoute(Method::kPost, "runs", "startRun", "Start a run, a rehearsal or a verification of a stored plan.",
               "runs.start"),
      [api](Context& c, const StartRun& body, const Nothing&) { return api->Start(c, body); });
  router.Add<Nothing, RunListQuery, Page<RunView>>(
      RunRoute(Method::kGet, "runs", "listRuns", "Runs, newest first; with the kind of a job, such jobs.", "runs.read"),
      [api](Context& c, const Nothing&, const RunListQuery& query) { return api->List(c, query); });
  router.Add<Nothing, RunPreviewQuery, RunPreviewView>(
      RunRoute(Method::kGet, "runs/preview", "previewRun", "What a run of the plan would create, replace and truncate.",
               "runs.start"),
      [api](Context& c, const Nothing&, const RunPreviewQuery& query) { return api->Preview(c, query); });
  router.Add<Nothing, Nothing, RunView>(
      RunRoute(Method::kGet, "runs/{run_id}", "getRun", "One run, with its last progress.", "runs.read"),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Get(c); });
  router.Add<Nothing, RunListQuery, Page<RunView>>(
      RunRoute(Method::kGet, "approvals", "listApprovals", "Runs that wait for a second person.", "runs.read"),
      [api](Context& c, const Nothing&, const RunListQuery& query) {
        return api->List(c, query, std::string(kWaitsForApproval));
      });
  AddRunHistoryRoutes(router, parts);
  AddRunSteeringRoutes(router, std::move(parts));
}

}  // namespace migrateiq::orchestrator
