#include <boost/describe/enum.hpp>

#include "base/errors/api.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/core/id_page.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/validation/validation_services.hpp"

namespace migrateiq::validation {

namespace {

using core::Given;
using http::Context;
using http::Method;
using projects::FoundRoute;

enum class AlertStateFilter { open, acknowledged, resolved, unresolved };
BOOST_DESCRIBE_ENUM(AlertStateFilter, open, acknowledged, resolved, unresolved)

enum class AlertSource { suite, run };
BOOST_DESCRIBE_ENUM(AlertSource, suite, run)

struct CheckAlertView {
  std::string alert_id;
  AlertSource source = AlertSource::suite;
  std::optional<std::string> suite_id, check, check_run_id;  ///< of a suite's check: its last run
  std::optional<std::string> plan_id, measure, run_id;       ///< of a plan's runs: the last one, and what is unusual
  std::string kind, severity, state, reason;
  std::optional<std::string> project_id, changed_by, changed_by_name, note;
  int64_t times = 1;
  Moment first_at, last_at;
  std::optional<Moment> muted_until;  ///< nobody is told of its check, or measure, before; absent: they are
};
BOOST_DESCRIBE_STRUCT(CheckAlertView, (),
                      (alert_id, source, suite_id, check, check_run_id, plan_id, measure, run_id, kind, severity, state,
                       reason, project_id, changed_by, changed_by_name, note, times, first_at, last_at, muted_until))

struct CheckAlertListQuery {
  std::optional<AlertSource> source;  ///< absent: both, as far as they may be seen
  std::optional<Text<1, 64>> project_id, suite_id, plan_id;
  std::optional<AlertStateFilter> state;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(CheckAlertListQuery, (), (source, project_id, suite_id, plan_id, state, limit, cursor))

struct CheckAlertNote {
  std::optional<Text<0, 1000>> note;
};
BOOST_DESCRIBE_STRUCT(CheckAlertNote, (), (note))

struct MuteCheckAlert {
  Moment until;  ///< in the past: nobody is kept from hearing any more
};
BOOST_DESCRIBE_STRUCT(MuteCheckAlert, (), (until))

CheckAlertView ViewOf(const AlertRow& row) {
  CheckAlertView view{.alert_id = row.alert_id,
                      .source = row.source == kOfRuns ? AlertSource::run : AlertSource::suite,
                      .suite_id = Given(row.suite_id),
                      .plan_id = Given(row.plan_id),
                      .kind = row.kind,
                      .severity = row.severity,
                      .state = row.state,
                      .reason = row.reason,
                      .project_id = Given(row.project_id),
                      .changed_by = Given(row.changed_by),
                      .changed_by_name = Given(row.changed_by_name),
                      .note = Given(row.note),
                      .times = row.times,
                      .first_at = {row.first_at},
                      .last_at = {row.last_at},
                      .muted_until = Given(row.muted_until)};
  const bool of_run = view.source == AlertSource::run;
  (of_run ? view.measure : view.check) = row.subject;
  (of_run ? view.run_id : view.check_run_id) = row.run_id;
  return view;
}

/// Alerts are seen and handled by who may see and start what they are about.
struct AlertRight {
  const char *of_suites, *of_runs;
};
constexpr AlertRight kSee{kReadPermission, "runs.read"}, kHandle{kRunPermission, "runs.start"};

Result<AlertRow> Load(Alerts& alerts, Context& context, const AlertRight& right) {
  MIQ_ASSIGN(AlertRow row, alerts.Get(context.principal.tenant_id, context.Path("alert_id")));
  MIQ_TRY(context.require(row.source == kOfRuns ? right.of_runs : right.of_suites, row.project_id));
  return row;
}

/// Which of them are shown to who asks: all, of one source, or none.
Result<std::string> SourceFor(Context& context, const CheckAlertListQuery& query) {
  const std::string wanted = core::WordOf(query.source), project = query.project_id.value_or("");
  const Status suites = context.require(kSee.of_suites, project), runs = context.require(kSee.of_runs, project);
  if (wanted == kOfRuns && !runs) return Fail(runs.error());
  if ((wanted == kOfSuites || !runs) && !suites) return Fail(suites.error());
  if (!wanted.empty() || (suites && runs)) return wanted;
  return std::string(suites ? kOfSuites : kOfRuns);
}

Result<Page<CheckAlertView>> List(Alerts& alerts, Context& context, const CheckAlertListQuery& query) {
  MIQ_ASSIGN(const std::string source, SourceFor(context, query));
  const core::PageRequest page = core::PageOf(query);
  MIQ_ASSIGN(const auto rows, alerts.List(context.principal.tenant_id,
                                          {.source = source,
                                           .suite_id = query.suite_id.value_or(""),
                                           .plan_id = query.plan_id.value_or(""),
                                           .project_id = query.project_id.value_or(""),
                                           .state = core::WordOf(query.state)},
                                          page));
  return core::PageById<CheckAlertView>(rows, page.limit, &ViewOf, &AlertRow::alert_id);
}

http::Route Act(const std::string& verb, const char* name, const char* summary) {
  return projects::Action(FoundRoute(Method::kPost, "check-alerts/{alert_id}/" + verb, name, kRunPermission, summary));
}

}  // namespace

void AddAlertRoutes(http::Router& router, ValidationServices& services) {
  Alerts& alerts = services.alerts;
  router.Add<Nothing, CheckAlertListQuery, Page<CheckAlertView>>(
      FoundRoute(
          Method::kGet, "check-alerts", "listCheckAlerts", kReadPermission,
          "Checks that failed, could not be made, or are unusual against their own history, and runs that are unlike "
          "those of their plan before them; newest first."),
      [&alerts](Context& context, const Nothing&, const CheckAlertListQuery& query) {
        return List(alerts, context, query);
      });
  router.Add<Nothing, Nothing, CheckAlertView>(
      FoundRoute(Method::kGet, "check-alerts/{alert_id}", "getCheckAlert", kReadPermission, "One alert."),
      [&alerts](Context& context, const Nothing&, const Nothing&) -> Result<CheckAlertView> {
        MIQ_ASSIGN(const AlertRow row, Load(alerts, context, kSee));
        return ViewOf(row);
      });
  router.Add<CheckAlertNote, Nothing, CheckAlertView>(
      Act("acknowledge", "acknowledgeCheckAlert", "Say that somebody looks after it."),
      [&alerts](Context& context, const CheckAlertNote& body, const Nothing&) -> Result<CheckAlertView> {
        MIQ_ASSIGN(AlertRow row, Load(alerts, context, kHandle));
        MIQ_ASSIGN(row, alerts.Acknowledge(core::ActorOf(context), row.alert_id, body.note.value_or("")));
        return ViewOf(row);
      });
  router.Add<CheckAlertNote, Nothing, CheckAlertView>(
      Act("resolve", "resolveCheckAlert", "Say that it is done with; it comes again if the check does not pass."),
      [&alerts](Context& context, const CheckAlertNote& body, const Nothing&) -> Result<CheckAlertView> {
        MIQ_ASSIGN(AlertRow row, Load(alerts, context, kHandle));
        MIQ_ASSIGN(row, alerts.Resolve(core::ActorOf(context), row.alert_id, body.note.value_or("")));
        return ViewOf(row);
      });
  router.Add<MuteCheckAlert, Nothing, CheckAlertView>(
      Act("mute", "muteCheckAlert", "Tell nobody of this check for a while; alerts are still kept."),
      [&alerts](Context& context, const MuteCheckAlert& body, const Nothing&) -> Result<CheckAlertView> {
        MIQ_ASSIGN(AlertRow row, Load(alerts, context, kHandle));
        MIQ_ASSIGN(row, alerts.Mute(core::ActorOf(context), row.alert_id, body.until.micros));
        return ViewOf(row);
      });
}

}  // namespace migrateiq::validation
