#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cstdio>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "base/server_fix.hpp"
#include "modules/core/id_page.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/plans/plan_diff.hpp"
#include "modules/projects/plans/text_diff.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

using PlanBody = Text<1, 1 << 20>;
using PlanMessage = Text<0, 500>;

constexpr size_t kBodyLimit = 6 << 20;  // a plan's text, escaped

struct PlanView {
  std::string plan_id, project_id, name;
  std::string source_connection_id, target_connection_id;
  Moment created_at, updated_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PlanView, (),
                      (plan_id, project_id, name, source_connection_id, target_connection_id, created_at, updated_at,
                       version))

struct PlanTextView {
  std::string plan_id, project_id, name;
  std::string source_connection_id, target_connection_id;
  std::string text, message, author_id, author;
  Moment created_at, updated_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PlanTextView, (),
                      (plan_id, project_id, name, source_connection_id, target_connection_id, text, message, author_id,
                       author, created_at, updated_at, version))

struct PlanVersionView {
  std::string plan_id;
  int64_t number = 1;
  std::string message, author_id, author;
  std::optional<int64_t> restored_from;
  Moment created_at;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(PlanVersionView, (),
                      (plan_id, number, message, author_id, author, restored_from, created_at, text))

struct CreatePlan {
  Name name;
  std::optional<PlanBody> text;
  std::optional<boost::json::value> plan;
  std::optional<PlanMessage> message;
};
BOOST_DESCRIBE_STRUCT(CreatePlan, (), (name, text, plan, message))

struct ChangePlan {
  std::optional<Name> name;
  std::optional<PlanBody> text;
  std::optional<boost::json::value> plan;
  std::optional<PlanMessage> message;
};
BOOST_DESCRIBE_STRUCT(ChangePlan, (), (name, text, plan, message))

struct ValidatePlan {
  std::optional<PlanBody> text;
  std::optional<boost::json::value> plan;
};
BOOST_DESCRIBE_STRUCT(ValidatePlan, (), (text, plan))

struct PlanFaultView {
  std::string code, message, place, fix;
  std::optional<int64_t> line, column;
};
BOOST_DESCRIBE_STRUCT(PlanFaultView, (), (code, message, place, fix, line, column))

struct PlanValidationView {
  bool valid = false;
  std::vector<PlanFaultView> faults;
};
BOOST_DESCRIBE_STRUCT(PlanValidationView, (), (valid, faults))

struct RestorePlan {
  Number<1, 1000000000> number;
  std::optional<PlanMessage> message;
};
BOOST_DESCRIBE_STRUCT(RestorePlan, (), (number, message))

struct ListPlansQuery {
  std::optional<core::PageLimit> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ListPlansQuery, (), (limit, cursor))

struct ListVersionsQuery {
  std::optional<core::PageLimit> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ListVersionsQuery, (), (limit, cursor))

struct PlanDiffQuery {
  Number<1, 1000000000> from;
  std::optional<Number<1, 1000000000>> to;
};
BOOST_DESCRIBE_STRUCT(PlanDiffQuery, (), (from, to))

struct PlanDifferenceView {
  ChangeKind kind = ChangeKind::changed;
  std::string pointer;
  boost::json::value from, to;
};
BOOST_DESCRIBE_STRUCT(PlanDifferenceView, (), (kind, pointer, from, to))

struct PlanDiffView {
  int64_t from = 1, to = 1;
  std::vector<PlanDifferenceView> changes;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(PlanDiffView, (), (from, to, changes, text))

PlanView ViewOf(const PlanRow& row) {
  return {.plan_id = row.plan_id,
          .project_id = row.project_id,
          .name = row.name,
          .source_connection_id = row.ends.source_id,
          .target_connection_id = row.ends.target_id,
          .created_at = {row.created_at},
          .updated_at = {row.updated_at},
          .version = row.version};
}

PlanTextView ViewOf(const PlanDetail& detail) {
  return {.plan_id = detail.plan.plan_id,
          .project_id = detail.plan.project_id,
          .name = detail.plan.name,
          .source_connection_id = detail.plan.ends.source_id,
          .target_connection_id = detail.plan.ends.target_id,
          .text = detail.version.text,
          .message = detail.version.message,
          .author_id = detail.version.author_id,
          .author = detail.version.author,
          .created_at = {detail.plan.created_at},
          .updated_at = {detail.plan.updated_at},
          .version = detail.plan.version};
}

PlanVersionView ViewOf(const VersionRow& row) {
  PlanVersionView view{.plan_id = row.plan_id,
                       .number = row.number,
                       .message = row.message,
                       .author_id = row.author_id,
                       .author = row.author,
                       .restored_from = row.restored_from,
                       .created_at = {row.created_at}};
  if (!row.text.empty()) view.text = row.text;
  return view;
}

/// "plan:12:5"
PlanFaultView FaultOf(const Error& error) {
  PlanFaultView view{std::string(error.code.code), error.message, error.place, std::string(ServerFix(error))};
  int64_t line = 0, column = 0;
  if (std::sscanf(error.place.c_str(), "plan:%ld:%ld", &line, &column) == 2) {
    view.line = line;
    view.column = column;
  }
  return view;
}

/// The text as it was written, or the document as JSON text.
template <class Body>
std::optional<std::string> TextOf(const Body& body) {
  if (body.text) return *body.text;
  return body.plan ? std::optional(JsonText(*body.plan)) : std::nullopt;
}

template <class Body>
Status CheckOneText(const Body& body, bool required) {
  if (body.text && body.plan) return Fail(Error(codes::kApiField, "give text or plan, not both").At("/plan"));
  if (required && !body.text && !body.plan)
    return Fail(Error(codes::kApiField, "give the plan as text (YAML or JSON) or as plan (a JSON object)").At("/text"));
  return {};
}

/// What the path's plan belongs to; the caller may do that there.
Result<PlanRow> Require(ProjectServices& services, Context& context, const char* permission) {
  MIQ_ASSIGN(PlanRow plan, services.plans.Get(context.principal.tenant_id, context.Path("plan_id")));
  MIQ_TRY(context.require(permission, plan.project_id));
  return plan;
}

http::Route PlanRoute(Method method, const std::string& rest, std::string name, std::string permission,
                      std::string summary) {
  return FoundRoute(method, "plans/{plan_id}" + rest, std::move(name), std::move(permission), std::move(summary));
}

http::Route WithText(http::Route route) {
  route.body_limit = kBodyLimit;
  return route;
}

Result<int64_t> NumberIn(const Context& context) {
  const std::string& text = context.Path("number");
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number > 0) return number;
  return Fail(codes::kApiNotFound, "the plan has no such version");
}

Result<PlanDetail> Create(ProjectServices& services, Context& context, const CreatePlan& body) {
  MIQ_TRY(CheckName(body.name));
  MIQ_TRY(CheckOneText(body, true));
  return services.plans.Create(ActorOf(context), context.Path("project_id"),
                               {.name = body.name, .text = *TextOf(body), .message = body.message.value_or("")});
}

Result<PlanDetail> Change(ProjectServices& services, Context& context, const ChangePlan& body) {
  MIQ_TRY(Require(services, context, "projects.write"));
  if (body.name) MIQ_TRY(CheckName(*body.name));
  MIQ_TRY(CheckOneText(body, false));
  PlanEdit edit{.name = {}, .text = TextOf(body), .message = body.message.value_or("")};
  if (body.name) edit.name = *body.name;
  return services.plans.Change(ActorOf(context), context.Path("plan_id"), edit, MatchOf(context));
}

Result<PlanDiffView> Diff(ProjectServices& services, Context& context, const PlanDiffQuery& query) {
  MIQ_ASSIGN(const PlanRow plan, Require(services, context, "projects.read"));
  const std::string& tenant = context.principal.tenant_id;
  MIQ_ASSIGN(const PlanDetail from, services.plans.Version(tenant, plan.plan_id, query.from));
  MIQ_ASSIGN(const PlanDetail to, services.plans.Version(tenant, plan.plan_id, query.to ? query.to->value : 0));
  MIQ_ASSIGN(const auto found, ComparePlans(from.version.text, to.version.text));
  PlanDiffView view{.from = from.version.number, .to = to.version.number};
  for (const PlanDifference& one : found) view.changes.push_back({one.kind, one.pointer, one.from, one.to});
  const auto name = [&](int64_t number) { return plan.name + " version " + std::to_string(number); };
  view.text = UnifiedDiff(from.version.text, to.version.text, name(view.from), name(view.to));
  return view;
}

/// The plan file as it was written, for the command line and for other servers.
Status Download(ProjectServices& services, Context& context) {
  MIQ_ASSIGN(const PlanRow plan, Require(services, context, "projects.read"));
  MIQ_ASSIGN(const PlanDetail detail, services.plans.Version(context.principal.tenant_id, plan.plan_id, 0));
  std::string name = plan.name;
  std::ranges::replace(name, ' ', '_');
  context.SetVersion(detail.version.number);
  context.response.content_type = "application/yaml; charset=utf-8";
  context.response.headers.Set("Content-Disposition", "attachment; filename=\"" + name + ".yaml\"");
  context.response.body = detail.version.text;
  return {};
}

void AddReading(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, ListPlansQuery, Page<PlanView>>(
      ProjectRoute(Method::kGet, "projects/{project_id}/plans", "listPlans", "projects.read", "A project's plans."),
      [&](Context& context, const Nothing&, const ListPlansQuery& query) -> Result<Page<PlanView>> {
        const core::PageRequest page = core::PageOf(query);
        MIQ_ASSIGN(const auto rows, services.plans.List(context.principal.tenant_id, context.Path("project_id"), page));
        return core::PageById<PlanView>(rows, page.limit, &ViewOf, &PlanRow::plan_id);
      });
  router.Add<Nothing, Nothing, PlanTextView>(
      PlanRoute(Method::kGet, "", "getPlan", "projects.read", "A plan with the text of its newest version."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<PlanTextView> {
        MIQ_ASSIGN(const PlanRow plan, Require(services, context, "projects.read"));
        MIQ_ASSIGN(const PlanDetail detail, services.plans.Version(context.principal.tenant_id, plan.plan_id, 0));
        return Versioned(context, ViewOf(detail));
      });
  router.AddRaw(http::Answering(PlanRoute(Method::kGet, "/file", "getPlanFile", "projects.read",
                                          "The newest version as a plan file, as it was written."),
                                "application/yaml"),
                [&](Context& context) { return Download(services, context); });
}

void AddVersions(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, ListVersionsQuery, Page<PlanVersionView>>(
      PlanRoute(Method::kGet, "/versions", "listPlanVersions", "projects.read",
                "The versions of a plan, newest first, without their texts."),
      [&](Context& context, const Nothing&, const ListVersionsQuery& query) -> Result<Page<PlanVersionView>> {
        MIQ_ASSIGN(const PlanRow plan, Require(services, context, "projects.read"));
        const core::PageRequest page = core::PageOf(query);
        MIQ_ASSIGN(const auto rows, services.plans.Versions(context.principal.tenant_id, plan.plan_id, page));
        return core::MakePage<PlanVersionView, VersionRow>(rows, page.limit, ViewOf, [](const VersionRow& row) {
          return core::EncodeCursor({std::to_string(row.number)});
        });
      });
  router.Add<Nothing, Nothing, PlanVersionView>(
      PlanRoute(Method::kGet, "/versions/{number}", "getPlanVersion", "projects.read", "One version, with its text."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<PlanVersionView> {
        MIQ_ASSIGN(const PlanRow plan, Require(services, context, "projects.read"));
        MIQ_ASSIGN(const int64_t number, NumberIn(context));
        MIQ_ASSIGN(const PlanDetail detail, services.plans.Version(context.principal.tenant_id, plan.plan_id, number));
        return ViewOf(detail.version);
      });
  router.Add<Nothing, PlanDiffQuery, PlanDiffView>(
      PlanRoute(Method::kGet, "/diff", "diffPlanVersions", "projects.read",
                "What differs between two versions: by value and by line; `to` is the newest when left out."),
      [&](Context& context, const Nothing&, const PlanDiffQuery& query) { return Diff(services, context, query); });
  router.Add<RestorePlan, Nothing, PlanTextView>(
      Action(Conditional(PlanRoute(Method::kPost, "/restore", "restorePlan", "projects.write",
                                   "Make a new version with the text of an old one."))),
      [&](Context& context, const RestorePlan& body, const Nothing&) -> Result<PlanTextView> {
        MIQ_ASSIGN(const PlanRow plan, Require(services, context, "projects.write"));
        MIQ_ASSIGN(const PlanDetail detail,
                   Placed(context, services.plans.Restore(ActorOf(context), plan.plan_id, body.number,
                                                          body.message.value_or(""), MatchOf(context))));
        return Versioned(context, ViewOf(detail));
      });
}

void AddChanging(http::Router& router, ProjectServices& services) {
  router.Add<CreatePlan, Nothing, PlanTextView>(
      WithText(ProjectRoute(Method::kPost, "projects/{project_id}/plans", "createPlan", "projects.write",
                            "Make a plan, from YAML or JSON.")),
      [&](Context& context, const CreatePlan& body, const Nothing&) -> Result<PlanTextView> {
        MIQ_ASSIGN(const PlanDetail detail, Placed(context, Create(services, context, body)));
        context.response.headers.Set("Location", "/api/v1/plans/" + detail.plan.plan_id);
        return Versioned(context, ViewOf(detail));
      });
  router.Add<ChangePlan, Nothing, PlanTextView>(
      WithText(Conditional(PlanRoute(Method::kPut, "", "changePlan", "projects.write",
                                     "Store a new version; the same text again makes none."))),
      [&](Context& context, const ChangePlan& body, const Nothing&) -> Result<PlanTextView> {
        MIQ_ASSIGN(const PlanDetail detail, Placed(context, Change(services, context, body)));
        return Versioned(context, ViewOf(detail));
      });
  router.Add<Nothing, Nothing, Nothing>(
      Conditional(PlanRoute(Method::kDelete, "", "removePlan", "projects.write", "Remove a plan with its versions.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_ASSIGN(const PlanRow plan, Require(services, context, "projects.write"));
        MIQ_TRY(services.plans.Remove(ActorOf(context), plan.plan_id, MatchOf(context)));
        return Nothing{};
      });
  router.Add<ValidatePlan, Nothing, PlanValidationView>(
      WithText(Action(ProjectRoute(Method::kPost, "projects/{project_id}/plans/validate", "validatePlan",
                                   "projects.read", "Would this plan do? What is wrong, with its place."))),
      [&](Context& context, const ValidatePlan& body, const Nothing&) -> Result<PlanValidationView> {
        MIQ_TRY(Placed(context, CheckOneText(body, true)));
        MIQ_TRY(services.projects.Get(context.principal.tenant_id, context.Path("project_id")));
        const Result<Plan> plan = services.plans.Validate(context.principal.tenant_id, *TextOf(body));
        if (plan) return PlanValidationView{.valid = true};
        return PlanValidationView{.valid = false, .faults = {FaultOf(plan.error())}};
      });
}

}  // namespace

void AddPlanRoutes(http::Router& router, ProjectServices& services) {
  AddReading(router, services);
  AddVersions(router, services);
  AddChanging(router, services);
}

}  // namespace migrateiq::projects
