#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/core/id_page.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/job_view.hpp"
#include "modules/validation/check_results_view.hpp"
#include "modules/validation/report_html.hpp"
#include "modules/validation/validation_services.hpp"
#include "pipeline/suite/result_json.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::validation {

namespace {

namespace json = boost::json;
using core::Given;
using http::Context;
using http::Method;
using projects::FoundRoute;

struct CheckRunView {
  std::string check_run_id, suite_id, name, state;
  int64_t suite_version = 1;
  std::optional<std::string> project_id, waiting_for, asked_to;
  std::string created_by, created_by_name;
  Moment created_at;
  std::optional<Moment> started_at, finished_at;
  int64_t passed = 0, failed = 0, errors = 0, skipped = 0;
  bool has_failed = false;
  std::optional<double> quality, pass_rate;
  double seconds = 0;
  std::optional<projects::FaultView> error;
  std::optional<projects::JobProgressView> progress;
};
BOOST_DESCRIBE_STRUCT(CheckRunView, (),
                      (check_run_id, suite_id, name, state, suite_version, project_id, waiting_for, asked_to,
                       created_by, created_by_name, created_at, started_at, finished_at, passed, failed, errors,
                       skipped, has_failed, quality, pass_rate, seconds, error, progress))

struct StartCheckRun {
  std::optional<Moment> not_before;
};
BOOST_DESCRIBE_STRUCT(StartCheckRun, (), (not_before))

/// What came of each check.
struct CheckRunResults {
  bool masked = false;  ///< rows that break checks are not shown to who asked
  SuiteResultView result;
};
BOOST_DESCRIBE_STRUCT(CheckRunResults, (), (masked, result))

struct CheckHistoryItem {
  std::string check_run_id, kind, severity, status;
  std::optional<double> measured;
  int64_t rows_checked = 0, rows_broken = 0;
  double seconds = 0;
  Moment at;
};
BOOST_DESCRIBE_STRUCT(CheckHistoryItem, (),
                      (check_run_id, kind, severity, status, measured, rows_checked, rows_broken, seconds, at))

struct SuiteMetricsItem {
  std::string check_run_id;
  Moment at;
  int64_t passed = 0, failed = 0, errors = 0;
  std::optional<double> quality, pass_rate;
};
BOOST_DESCRIBE_STRUCT(SuiteMetricsItem, (), (check_run_id, at, passed, failed, errors, quality, pass_rate))

struct CheckRunListQuery {
  std::optional<Text<1, 64>> project_id, suite_id;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(CheckRunListQuery, (), (project_id, suite_id, limit, cursor))

struct CheckHistoryQuery {
  Text<1, 400> check;  ///< its name
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(CheckHistoryQuery, (), (check, limit, cursor))

struct SuiteMetricsQuery {
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(SuiteMetricsQuery, (), (limit, cursor))

CheckRunView ViewOf(const CheckRunDetail& detail) {
  const CheckRunRow& row = detail.row;
  CheckRunView view{.check_run_id = row.check_run_id,
                    .suite_id = row.suite_id,
                    .name = row.name,
                    .state = detail.state(),
                    .suite_version = row.suite_version,
                    .project_id = Given(row.project_id),
                    .created_by = row.created_by,
                    .created_by_name = row.created_by_name,
                    .created_at = {row.created_at},
                    .finished_at = Given(row.finished_at),
                    .passed = row.passed,
                    .failed = row.failed,
                    .errors = row.errors,
                    .skipped = row.skipped,
                    .has_failed = row.has_failed,
                    .quality = row.quality,
                    .pass_rate = row.pass_rate(),
                    .seconds = row.seconds};
  if (!detail.job) return view;
  view.waiting_for = Given(detail.job->waiting_for);
  view.asked_to = Given(detail.job->asked_to);
  view.started_at = Given(detail.job->started_at);
  if (!view.finished_at) view.finished_at = Given(detail.job->finished_at);
  view.error = projects::StoredView<projects::FaultView>(detail.job->error);
  view.progress = projects::StoredView<projects::JobProgressView>(detail.job->progress);
  return view;
}

CheckHistoryItem ItemOf(const CheckResultRow& row) {
  return {.check_run_id = row.check_run_id,
          .kind = row.kind,
          .severity = row.severity,
          .status = row.status,
          .measured = row.measured,
          .rows_checked = row.rows_checked,
          .rows_broken = row.rows_broken,
          .seconds = row.seconds,
          .at = {row.at}};
}

SuiteMetricsItem MetricsOf(const CheckRunDetail& detail) {
  const CheckRunRow& row = detail.row;
  return {.check_run_id = row.check_run_id,
          .at = {row.finished_at.value_or(row.created_at)},
          .passed = row.passed,
          .failed = row.failed,
          .errors = row.errors,
          .quality = row.quality,
          .pass_rate = row.pass_rate()};
}

class CheckRunsApi {
 public:
  explicit CheckRunsApi(ValidationServices& services) : suites_(services.suites), runs_(services.runs) {}

  Result<CheckRunView> Start(Context& context, const StartCheckRun& body) const {
    MIQ_ASSIGN(const SuiteRow suite, LoadSuite(context, kRunPermission));
    MIQ_ASSIGN(const CheckRunDetail detail,
               runs_.Start(core::ActorOf(context), suite.suite_id, body.not_before ? body.not_before->micros : 0));
    context.response.headers.Set("Location", "/api/v1/check-runs/" + detail.row.check_run_id);
    return ViewOf(detail);
  }

  Result<Page<CheckRunView>> List(Context& context, const CheckRunListQuery& query) const {
    MIQ_TRY(context.require(kReadPermission, query.project_id.value_or("")));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(
        const auto found,
        runs_.List(context.principal.tenant_id,
                   {.suite_id = query.suite_id.value_or(""), .project_id = query.project_id.value_or("")}, page));
    return core::MakePage<CheckRunView, CheckRunDetail>(found, page.limit, &ViewOf, [](const CheckRunDetail& detail) {
      return core::IdCursor(detail.row.check_run_id);
    });
  }

  Result<CheckRunDetail> Load(Context& context, const char* permission) const {
    MIQ_ASSIGN(CheckRunDetail detail, runs_.Get(context.principal.tenant_id, context.Path("check_run_id")));
    MIQ_TRY(context.require(permission, detail.row.project_id));
    return detail;
  }

  Result<CheckRunView> Cancel(Context& context) const {
    MIQ_TRY(Load(context, kRunPermission));
    MIQ_ASSIGN(const CheckRunDetail detail, runs_.Cancel(core::ActorOf(context), context.Path("check_run_id")));
    return ViewOf(detail);
  }

  Result<CheckRunResults> Results(Context& context) const {
    MIQ_ASSIGN(const ShownDocument shown, Document(context));
    MIQ_ASSIGN(const SuiteResult result, SuiteResultFromJson(shown.document));
    return CheckRunResults{.masked = shown.masked, .result = validation::ViewOf(result)};
  }

  Status Report(Context& context) const {
    MIQ_ASSIGN(const ShownDocument shown, Document(context));
    context.response.content_type = "text/html; charset=utf-8";
    context.response.headers.Set("Content-Disposition", "inline; filename=\"checks.html\"");
    context.response.headers.Set("Cache-Control", "no-store");
    context.response.body = ReportHtml(shown.document);
    return {};
  }

  Result<Page<CheckHistoryItem>> History(Context& context, const CheckHistoryQuery& query) const {
    MIQ_ASSIGN(const SuiteRow suite, LoadSuite(context, kReadPermission));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const auto rows, runs_.History(suite.tenant_id, suite.suite_id, query.check, page));
    return core::PageById<CheckHistoryItem>(rows, page.limit, &ItemOf, &CheckResultRow::check_run_id);
  }

  Result<Page<SuiteMetricsItem>> Metrics(Context& context, const SuiteMetricsQuery& query) const {
    MIQ_ASSIGN(const SuiteRow suite, LoadSuite(context, kReadPermission));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const auto found,
               runs_.List(suite.tenant_id, {.suite_id = suite.suite_id, .project_id = {}, .finished = true}, page));
    return core::MakePage<SuiteMetricsItem, CheckRunDetail>(
        found, page.limit, &MetricsOf,
        [](const CheckRunDetail& detail) { return core::IdCursor(detail.row.check_run_id); });
  }

 private:
  /// What came of it, as far as who asks may see it.
  struct ShownDocument {
    json::object document;
    bool masked = false;
  };
  Result<ShownDocument> Document(Context& context) const {
    MIQ_ASSIGN(const CheckRunDetail detail, Load(context, kReadPermission));
    MIQ_ASSIGN(const std::string text, runs_.Document(detail.row.tenant_id, detail.row.check_run_id));
    MIQ_ASSIGN(const json::value document, ParseStrictJson(text));
    ShownDocument shown{.document = document.as_object()};
    const bool values = context.require(kValuesPermission, detail.row.project_id).has_value();
    shown.masked = !values && MaskDocument(shown.document);
    return shown;
  }

  Result<SuiteRow> LoadSuite(Context& context, const char* permission) const {
    MIQ_ASSIGN(SuiteRow row, suites_.Get(context.principal.tenant_id, context.Path("suite_id")));
    MIQ_TRY(context.require(permission, row.project_id));
    return row;
  }

  Suites& suites_;
  CheckRuns& runs_;
};

}  // namespace

void AddCheckRunRoutes(http::Router& router, ValidationServices& services) {
  const auto api = std::make_shared<CheckRunsApi>(services);  // shared by the handlers
  http::Route start = FoundRoute(Method::kPost, "suites/{suite_id}/check-runs", "startCheckRun", kRunPermission,
                                 "Look whether the data keep to a suite; a worker does it.");
  start.tag = "check-runs";
  router.Add<StartCheckRun, Nothing, CheckRunView>(
      std::move(start),
      [api](Context& context, const StartCheckRun& body, const Nothing&) { return api->Start(context, body); });
  router.Add<Nothing, CheckHistoryQuery, Page<CheckHistoryItem>>(
      FoundRoute(Method::kGet, "suites/{suite_id}/history", "getCheckHistory", kReadPermission,
                 "One check over time, newest first."),
      [api](Context& context, const Nothing&, const CheckHistoryQuery& query) { return api->History(context, query); });
  router.Add<Nothing, SuiteMetricsQuery, Page<SuiteMetricsItem>>(
      FoundRoute(Method::kGet, "suites/{suite_id}/metrics", "getSuiteMetrics", kReadPermission,
                 "How many checks passed, and the quality (the mean share of rows that keep to a check), run by run."),
      [api](Context& context, const Nothing&, const SuiteMetricsQuery& query) { return api->Metrics(context, query); });
  router.Add<Nothing, CheckRunListQuery, Page<CheckRunView>>(
      FoundRoute(Method::kGet, "check-runs", "listCheckRuns", kReadPermission, "Suites carried out, newest first."),
      [api](Context& context, const Nothing&, const CheckRunListQuery& query) { return api->List(context, query); });
  router.Add<Nothing, Nothing, CheckRunView>(
      FoundRoute(Method::kGet, "check-runs/{check_run_id}", "getCheckRun", kReadPermission,
                 "A suite carried out; its events and logs are those of runs/{run_id} with the same id."),
      [api](Context& context, const Nothing&, const Nothing&) -> Result<CheckRunView> {
        MIQ_ASSIGN(const CheckRunDetail detail, api->Load(context, kReadPermission));
        return ViewOf(detail);
      });
  http::Route cancel = FoundRoute(Method::kPost, "check-runs/{check_run_id}/cancel", "cancelCheckRun", kRunPermission,
                                  "End a check run that is not over.");
  cancel.success = 202;
  router.Add<Nothing, Nothing, CheckRunView>(
      std::move(cancel), [api](Context& context, const Nothing&, const Nothing&) { return api->Cancel(context); });
  router.Add<Nothing, Nothing, CheckRunResults>(
      http::Whole(FoundRoute(Method::kGet, "check-runs/{check_run_id}/results", "getCheckResults", kReadPermission,
                             "What came of each check; rows that break one only with suites.values.")),
      [api](Context& context, const Nothing&, const Nothing&) { return api->Results(context); });
  router.AddRaw(http::Answering(FoundRoute(Method::kGet, "check-runs/{check_run_id}/report", "getCheckReport",
                                           kReadPermission, "The same as a page to read, keep and print."),
                                "text/html"),
                [api](Context& context) { return api->Report(context); });
}

}  // namespace migrateiq::validation
