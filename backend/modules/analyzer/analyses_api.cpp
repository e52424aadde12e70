#include "base/errors/api.hpp"
#include "modules/analyzer/analysis_request.hpp"
#include "modules/analyzer/analyzer_services.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/job_view.hpp"

namespace migrateiq::analyzer {

namespace {

using core::Given;
using http::Context;
using http::Method;
using projects::FoundRoute;

struct AnalysisView {
  std::string analysis_id, connection_id, connection, name, state;
  std::optional<std::string> project_id, waiting_for, asked_to;
  AnalysisOptions options;
  std::string created_by, created_by_name;
  Moment created_at;
  std::optional<Moment> started_at, finished_at;
  std::optional<projects::FaultView> error;
  std::optional<projects::JobProgressView> progress;
  std::optional<AnalysisSummary> summary;
  bool assessed = false;
};
BOOST_DESCRIBE_STRUCT(AnalysisView, (),
                      (analysis_id, connection_id, connection, name, state, project_id, waiting_for, asked_to, options,
                       created_by, created_by_name, created_at, started_at, finished_at, error, progress, summary,
                       assessed))

struct AnalysisListQuery {
  std::optional<Text<1, 64>> project_id, connection_id;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(AnalysisListQuery, (), (project_id, connection_id, limit, cursor))

AnalysisView ViewOf(const AnalysisDetail& detail) {
  const AnalysisRow& row = detail.row;
  AnalysisView view{.analysis_id = row.analysis_id,
                    .connection_id = row.connection_id,
                    .connection = row.connection,
                    .name = row.name,
                    .state = detail.state(),
                    .project_id = Given(row.project_id),
                    .options = row.options,
                    .created_by = row.created_by,
                    .created_by_name = row.created_by_name,
                    .created_at = {row.created_at},
                    .finished_at = Given(row.finished_at),
                    .summary = row.finished_at ? std::optional(row.summary) : std::nullopt,
                    .assessed = row.assessed};
  if (!detail.job) return view;
  view.waiting_for = Given(detail.job->waiting_for);
  view.asked_to = Given(detail.job->asked_to);
  view.started_at = Given(detail.job->started_at);
  if (!view.finished_at) view.finished_at = Given(detail.job->finished_at);
  view.error = projects::StoredView<projects::FaultView>(detail.job->error);
  view.progress = projects::StoredView<projects::JobProgressView>(detail.job->progress);
  return view;
}

Result<AnalysisView> Start(Analyses& analyses, Context& context, const StartAnalysis& body) {
  const std::string project_id = body.project_id.value_or("");
  MIQ_TRY(context.require(kWritePermission, project_id));
  MIQ_ASSIGN(const Suite rules, projects::Placed(context, RulesOf(body.rules.value_or(""))));
  if (HasOwnSql(rules)) MIQ_TRY(context.require(kOwnSqlPermission, project_id));
  MIQ_ASSIGN(const AnalysisDetail detail,
             analyses.Start(core::ActorOf(context), WantedBy(body, context.Path("connection_id"))));
  context.response.headers.Set("Location", "/api/v1/analyses/" + detail.row.analysis_id);
  return ViewOf(detail);
}

/// Without the permission in the tenant, a list is possible for one project where it is granted.
Result<Page<AnalysisView>> List(Analyses& analyses, Context& context, const AnalysisListQuery& query) {
  MIQ_TRY(context.require(kReadPermission, query.project_id.value_or("")));
  const core::PageRequest page = core::PageOf(query);
  MIQ_ASSIGN(const auto found, analyses.List(context.principal.tenant_id,
                                             {.project_id = query.project_id.value_or(""),
                                              .connection_id = query.connection_id.value_or("")},
                                             page));
  return core::MakePage<AnalysisView, AnalysisDetail>(
      found, page.limit, &ViewOf, [](const AnalysisDetail& detail) { return core::IdCursor(detail.row.analysis_id); });
}

Result<AnalysisDetail> Load(Analyses& analyses, Context& context, const char* permission) {
  MIQ_ASSIGN(AnalysisDetail detail, analyses.Get(context.principal.tenant_id, context.Path("analysis_id")));
  MIQ_TRY(context.require(permission, detail.row.project_id));
  return detail;
}

}  // namespace

void AddAnalysisRoutes(http::Router& router, AnalyzerServices& services) {
  Analyses& analyses = services.analyses;
  http::Route start = FoundRoute(Method::kPost, "connections/{connection_id}/analyses", "startAnalysis",
                                 kWritePermission, "Look at the data behind a connection; a worker does it.");
  start.tag = "analyses";
  router.Add<StartAnalysis, Nothing, AnalysisView>(
      std::move(start), [&analyses](Context& context, const StartAnalysis& body, const Nothing&) {
        return Start(analyses, context, body);
      });
  router.Add<Nothing, AnalysisListQuery, Page<AnalysisView>>(
      FoundRoute(Method::kGet, "analyses", "listAnalyses", kReadPermission, "Analyses, newest first."),
      [&analyses](Context& context, const Nothing&, const AnalysisListQuery& query) {
        return List(analyses, context, query);
      });
  router.Add<Nothing, Nothing, AnalysisView>(
      FoundRoute(Method::kGet, "analyses/{analysis_id}", "getAnalysis", kReadPermission,
                 "One analysis; its events and logs are those of runs/{run_id} with the same id."),
      [&analyses](Context& context, const Nothing&, const Nothing&) -> Result<AnalysisView> {
        MIQ_ASSIGN(const AnalysisDetail detail, Load(analyses, context, kReadPermission));
        return ViewOf(detail);
      });
  http::Route cancel = FoundRoute(Method::kPost, "analyses/{analysis_id}/cancel", "cancelAnalysis", kWritePermission,
                                  "End an analysis that is not over.");
  cancel.success = 202;
  router.Add<Nothing, Nothing, AnalysisView>(
      std::move(cancel), [&analyses](Context& context, const Nothing&, const Nothing&) -> Result<AnalysisView> {
        MIQ_TRY(Load(analyses, context, kWritePermission));
        MIQ_ASSIGN(const AnalysisDetail detail, analyses.Cancel(core::ActorOf(context), context.Path("analysis_id")));
        return ViewOf(detail);
      });
  router.Add<Nothing, Nothing, Nothing>(
      FoundRoute(Method::kDelete, "analyses/{analysis_id}", "removeAnalysis", kWritePermission,
                 "Remove an analysis and all that it found."),
      [&analyses](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(Load(analyses, context, kWritePermission));
        MIQ_TRY(analyses.Remove(core::ActorOf(context), context.Path("analysis_id")));
        return Nothing{};
      });
}

}  // namespace migrateiq::analyzer
