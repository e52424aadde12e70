#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/server_fix.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/core/id_page.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/validation/proposal_job.hpp"
#include "modules/validation/validation_services.hpp"
#include "pipeline/suite/suite_file.hpp"

namespace migrateiq::validation {

namespace {

using core::Given;
using http::Context;
using http::Method;
using projects::FoundRoute;
using SuiteText = Text<1, 1 << 20>;

constexpr size_t kBodyLimit = 6 << 20;  // a suite's text, escaped

struct SuiteView {
  std::string suite_id, name;
  std::optional<std::string> project_id, source_connection_id, target_connection_id;
  int64_t checks = 0;
  bool own_sql = false;
  std::string created_by, created_by_name;
  Moment created_at, updated_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(SuiteView, (),
                      (suite_id, name, project_id, source_connection_id, target_connection_id, checks, own_sql,
                       created_by, created_by_name, created_at, updated_at, version))

struct SuiteTextView {
  std::string suite_id, name;
  std::optional<std::string> project_id, source_connection_id, target_connection_id;
  std::string text;
  int64_t checks = 0;
  bool own_sql = false;
  std::string created_by, created_by_name;
  Moment created_at, updated_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(SuiteTextView, (),
                      (suite_id, name, project_id, source_connection_id, target_connection_id, text, checks, own_sql,
                       created_by, created_by_name, created_at, updated_at, version))

struct SuiteVersionView {
  int64_t number = 1;
  std::string text, author_id, author;
  Moment created_at;
};
BOOST_DESCRIBE_STRUCT(SuiteVersionView, (), (number, text, author_id, author, created_at))

struct CreateSuite {
  Text<1, 200> name;
  std::optional<Text<1, 64>> project_id;  ///< absent: the tenant's
  std::optional<Text<1, 64>> source_connection_id, target_connection_id;
  SuiteText text;  ///< YAML or JSON
};
BOOST_DESCRIBE_STRUCT(CreateSuite, (), (name, project_id, source_connection_id, target_connection_id, text))

struct ChangeSuite {
  std::optional<Text<1, 200>> name;
  std::optional<Text<0, 64>> source_connection_id, target_connection_id;
  std::optional<SuiteText> text;
};
BOOST_DESCRIBE_STRUCT(ChangeSuite, (), (name, source_connection_id, target_connection_id, text))

struct ValidateSuite {
  SuiteText text;
};
BOOST_DESCRIBE_STRUCT(ValidateSuite, (), (text))

struct SuiteFaultView {
  std::string code, message, place, fix;
};
BOOST_DESCRIBE_STRUCT(SuiteFaultView, (), (code, message, place, fix))

struct SuiteValidationView {
  bool valid = false;
  int64_t checks = 0;
  bool own_sql = false;
  std::vector<SuiteFaultView> faults;
};
BOOST_DESCRIBE_STRUCT(SuiteValidationView, (), (valid, checks, own_sql, faults))

struct SuiteListQuery {
  std::optional<Text<1, 64>> project_id, connection_id;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(SuiteListQuery, (), (project_id, connection_id, limit, cursor))

struct SuitePageQuery {
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(SuitePageQuery, (), (limit, cursor))

struct ProposeSuite {
  std::optional<Text<1, 200>> name;
  std::optional<Text<1, 64>> project_id;     ///< absent: the tenant's
  std::vector<Text<1, 300>> tables;          ///< patterns, as in plans; absent: all
  std::optional<Text<1, 64>> from_analysis;  ///< a finished analysis of the connection: the data are not read again
};
BOOST_DESCRIBE_STRUCT(ProposeSuite, (), (name, project_id, tables, from_analysis))

struct SuiteProposalView {
  std::string suite_id;  ///< of the suite that will be there, and of the job in runs/{run_id}
  std::string state;
};
BOOST_DESCRIBE_STRUCT(SuiteProposalView, (), (suite_id, state))

SuiteView ViewOf(const SuiteRow& row) {
  return {.suite_id = row.suite_id,
          .name = row.name,
          .project_id = Given(row.project_id),
          .source_connection_id = Given(row.source_connection_id),
          .target_connection_id = Given(row.target_connection_id),
          .checks = row.checks,
          .own_sql = row.own_sql,
          .created_by = row.created_by,
          .created_by_name = row.created_by_name,
          .created_at = {row.created_at},
          .updated_at = {row.updated_at},
          .version = row.version};
}

SuiteTextView TextViewOf(const SuiteRow& row) {
  return {.suite_id = row.suite_id,
          .name = row.name,
          .project_id = Given(row.project_id),
          .source_connection_id = Given(row.source_connection_id),
          .target_connection_id = Given(row.target_connection_id),
          .text = row.text,
          .checks = row.checks,
          .own_sql = row.own_sql,
          .created_by = row.created_by,
          .created_by_name = row.created_by_name,
          .created_at = {row.created_at},
          .updated_at = {row.updated_at},
          .version = row.version};
}

SuiteVersionView ViewOf(const SuiteVersionRow& row) {
  return {.number = row.number,
          .text = row.text,
          .author_id = row.author_id,
          .author = row.author,
          .created_at = {row.created_at}};
}

/// Who asks may see the analysis, and it is of this connection.
Status CheckAnalysis(ValidationServices& services, Context& context, const std::string& analysis_id) {
  const auto found = services.analyses.Get(context.principal.tenant_id, analysis_id);
  if (!found && !found.error().Is(codes::kApiNotFound)) return Fail(found.error());
  const bool fits = found && found->row.connection_id == context.Path("connection_id") && found->row.finished_at &&
                    context.require(analyzer::kReadPermission, found->row.project_id);
  if (fits) return {};
  return Fail(Error(codes::kApiField, "there is no such finished analysis of the connection").At("/from_analysis"));
}

Result<projects::JobView> Propose(ValidationServices& services, Context& context, const ProposeSuite& body) {
  MIQ_TRY(context.require(kWritePermission, body.project_id.value_or("")));
  const std::string connection_id = context.Path("connection_id");
  MIQ_TRY(services.connections.Get(context.principal.tenant_id, connection_id));
  if (body.from_analysis) MIQ_TRY(CheckAnalysis(services, context, *body.from_analysis));
  return StartProposal(services, core::ActorOf(context),
                       {.connection_id = connection_id,
                        .project_id = body.project_id.value_or(""),
                        .name = body.name.value_or(""),
                        .tables = {body.tables.begin(), body.tables.end()},
                        .analysis_id = body.from_analysis.value_or("")});
}

SqlCheck MaySql(Context& context, const std::string& project_id) {
  return [&context, project_id] { return context.require(kSqlPermission, project_id); };
}

Result<SuiteRow> Load(Suites& suites, Context& context, const char* permission) {
  MIQ_ASSIGN(SuiteRow row, suites.Get(context.principal.tenant_id, context.Path("suite_id")));
  MIQ_TRY(context.require(permission, row.project_id));
  return row;
}

Result<SuiteRow> Create(Suites& suites, Context& context, const CreateSuite& body) {
  const std::string project = body.project_id.value_or("");
  MIQ_TRY(context.require(kWritePermission, project));
  return suites.Create(core::ActorOf(context),
                       {.project_id = project,
                        .name = body.name,
                        .source_connection_id = body.source_connection_id.value_or(""),
                        .target_connection_id = body.target_connection_id.value_or(""),
                        .text = body.text},
                       MaySql(context, project));
}

Result<SuiteRow> Change(Suites& suites, Context& context, const ChangeSuite& body) {
  MIQ_ASSIGN(const SuiteRow row, Load(suites, context, kWritePermission));
  SuiteChange change;
  if (body.name) change.name = *body.name;
  if (body.source_connection_id) change.source_connection_id = *body.source_connection_id;
  if (body.target_connection_id) change.target_connection_id = *body.target_connection_id;
  if (body.text) change.text = *body.text;
  return suites.Change(core::ActorOf(context), row.suite_id, change, projects::MatchOf(context),
                       MaySql(context, row.project_id));
}

SuiteValidationView Validate(const std::string& text) {
  SuiteValidationView view;
  const auto suite = ParseSuite(text, "suite");
  if (!suite) {
    const Error& error = suite.error();
    view.faults.push_back({std::string(error.code.code), error.message, error.place, std::string(ServerFix(error))});
    return view;
  }
  view.valid = true;
  view.checks = static_cast<int64_t>(suite->checks.size());
  view.own_sql = HasOwnSql(*suite);
  return view;
}

/// Without the permission in the tenant, a list is possible for one project where it is granted.
Result<Page<SuiteView>> List(Suites& suites, Context& context, const SuiteListQuery& query) {
  MIQ_TRY(context.require(kReadPermission, query.project_id.value_or("")));
  const core::PageRequest page = core::PageOf(query);
  MIQ_ASSIGN(const auto rows, suites.List(context.principal.tenant_id,
                                          {.project_id = query.project_id.value_or(""),
                                           .connection_id = query.connection_id.value_or("")},
                                          page));
  return core::PageById<SuiteView>(rows, page.limit, &ViewOf, &SuiteRow::suite_id);
}

void AddReading(http::Router& router, Suites& suites) {
  router.Add<Nothing, SuiteListQuery, Page<SuiteView>>(
      FoundRoute(Method::kGet, "suites", "listSuites", kReadPermission, "Suites of checks, newest first."),
      [&](Context& context, const Nothing&, const SuiteListQuery& query) { return List(suites, context, query); });
  router.Add<Nothing, Nothing, SuiteTextView>(
      FoundRoute(Method::kGet, "suites/{suite_id}", "getSuite", kReadPermission, "A suite with its text."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<SuiteTextView> {
        MIQ_ASSIGN(const SuiteRow row, Load(suites, context, kReadPermission));
        return projects::Versioned(context, TextViewOf(row));
      });
  router.Add<Nothing, SuitePageQuery, Page<SuiteVersionView>>(
      FoundRoute(Method::kGet, "suites/{suite_id}/versions", "listSuiteVersions", kReadPermission,
                 "The versions of a suite with their texts, newest first."),
      [&](Context& context, const Nothing&, const SuitePageQuery& query) -> Result<Page<SuiteVersionView>> {
        MIQ_ASSIGN(const SuiteRow row, Load(suites, context, kReadPermission));
        const core::PageRequest page = core::PageOf(query);
        MIQ_ASSIGN(const auto rows, suites.Versions(row.tenant_id, row.suite_id, page));
        return core::MakePage<SuiteVersionView, SuiteVersionRow>(
            rows, page.limit, &ViewOf,
            [](const SuiteVersionRow& one) { return core::IdCursor(std::to_string(one.number)); });
      });
}

}  // namespace

void AddSuiteRoutes(http::Router& router, ValidationServices& services) {
  Suites& suites = services.suites;
  AddReading(router, suites);
  http::Route create = FoundRoute(Method::kPost, "suites", "createSuite", kWritePermission,
                                  "Make a suite of checks, from YAML or JSON; SQL of its own needs suites.sql.");
  create.body_limit = kBodyLimit;
  router.Add<CreateSuite, Nothing, SuiteTextView>(
      std::move(create), [&](Context& context, const CreateSuite& body, const Nothing&) -> Result<SuiteTextView> {
        MIQ_ASSIGN(const SuiteRow row, projects::Placed(context, Create(suites, context, body)));
        context.response.headers.Set("Location", "/api/v1/suites/" + row.suite_id);
        return projects::Versioned(context, TextViewOf(row));
      });
  http::Route validate = projects::Action(FoundRoute(Method::kPost, "suites/validate", "validateSuite", kReadPermission,
                                                     "Is this text a suite? If not, where not."));
  validate.body_limit = kBodyLimit;
  router.Add<ValidateSuite, Nothing, SuiteValidationView>(
      std::move(validate),
      [](Context& context, const ValidateSuite& body, const Nothing&) -> Result<SuiteValidationView> {
        MIQ_TRY(context.require(kReadPermission, ""));
        return Validate(body.text);
      });
  http::Route change = projects::Conditional(FoundRoute(Method::kPut, "suites/{suite_id}", "changeSuite",
                                                        kWritePermission, "Store a new version of a suite."));
  change.body_limit = kBodyLimit;
  router.Add<ChangeSuite, Nothing, SuiteTextView>(
      std::move(change), [&](Context& context, const ChangeSuite& body, const Nothing&) -> Result<SuiteTextView> {
        MIQ_ASSIGN(const SuiteRow row, projects::Placed(context, Change(suites, context, body)));
        return projects::Versioned(context, TextViewOf(row));
      });
  router.Add<Nothing, Nothing, Nothing>(
      projects::Conditional(FoundRoute(Method::kDelete, "suites/{suite_id}", "removeSuite", kWritePermission,
                                       "Remove a suite with all its results and alerts.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(Load(suites, context, kWritePermission));
        MIQ_TRY(suites.Remove(core::ActorOf(context), context.Path("suite_id"), projects::MatchOf(context)));
        return Nothing{};
      });
  http::Route propose =
      FoundRoute(Method::kPost, "connections/{connection_id}/suite-proposals", "proposeSuite", kWritePermission,
                 "Look at the data behind a connection and make a suite that they keep to; a worker "
                 "does it, and the suite has the id of the job.");
  propose.tag = "suites";
  propose.success = 202;
  router.Add<ProposeSuite, Nothing, SuiteProposalView>(
      std::move(propose),
      [&services](Context& context, const ProposeSuite& body, const Nothing&) -> Result<SuiteProposalView> {
        MIQ_ASSIGN(const projects::JobView job, projects::Placed(context, Propose(services, context, body)));
        return SuiteProposalView{job.job_id, job.state};
      });
}

}  // namespace migrateiq::validation
