#include "base/server_fix.hpp"
#include "modules/core/id_page.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

struct ConnectionView {
  std::string connection_id, name, kind, description, url;
  bool production = false;
  std::vector<std::string> labels;
  std::optional<Moment> tested_at;
  std::optional<bool> test_ok;
  std::optional<std::string> test_message;
  Moment created_at, updated_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ConnectionView, (),
                      (connection_id, name, kind, description, url, production, labels, tested_at, test_ok,
                       test_message, created_at, updated_at, version))

struct CreateConnection {
  Name name;
  Secret url;
  std::optional<Text<0, 2000>> description;
  std::optional<bool> production;
  Labels labels;
};
BOOST_DESCRIBE_STRUCT(CreateConnection, (), (name, url, description, production, labels))

struct CreateConnectionQuery {
  std::optional<bool> test;
};
BOOST_DESCRIBE_STRUCT(CreateConnectionQuery, (), (test))

struct ChangeConnection {
  std::optional<Name> name;
  std::optional<Secret> url;
  std::optional<Text<0, 2000>> description;
  std::optional<bool> production;
  std::optional<Labels> labels;
};
BOOST_DESCRIBE_STRUCT(ChangeConnection, (), (name, url, description, production, labels))

struct ListConnectionsQuery {
  std::optional<core::PageLimit> limit;
  std::optional<std::string> cursor;
  std::optional<Text<0, 40>> kind;
  std::optional<Text<0, 100>> search;
  std::optional<bool> production;
};
BOOST_DESCRIBE_STRUCT(ListConnectionsQuery, (), (limit, cursor, kind, search, production))

enum class FindingLevel { ok, warning, blocks };
BOOST_DESCRIBE_ENUM(FindingLevel, ok, warning, blocks)

struct ConnectionFindingView {
  FindingLevel level = FindingLevel::ok;
  std::string subject, message, fix;
};
BOOST_DESCRIBE_STRUCT(ConnectionFindingView, (), (level, subject, message, fix))

struct ConnectionTestView {
  bool ok = false;
  int64_t milliseconds = 0;
  int64_t tables = 0;
  std::optional<std::string> code, message, fix;
  std::vector<ConnectionFindingView> findings;
};
BOOST_DESCRIBE_STRUCT(ConnectionTestView, (), (ok, milliseconds, tables, code, message, fix, findings))

struct ConnectionUserView {
  std::string project_id, project, plan_id, plan;
  bool as_source = false, as_target = false;
};
BOOST_DESCRIBE_STRUCT(ConnectionUserView, (), (project_id, project, plan_id, plan, as_source, as_target))

struct ConnectionUsageView {
  std::vector<ConnectionUserView> items;
};
BOOST_DESCRIBE_STRUCT(ConnectionUsageView, (), (items))

struct ConnectionKindOption {
  std::string name, description;
};
BOOST_DESCRIBE_STRUCT(ConnectionKindOption, (), (name, description))

struct ConnectionKindView {
  std::string kind;                  ///< as connections tell theirs
  std::vector<std::string> schemes;  ///< with which URLs of the kind begin
  std::string summary, example;
  bool can_read = false, can_write = false;
  bool file_based = false, speaks_sql = false;
  bool any_option = false;  ///< options beyond these are passed on to the system
  std::vector<ConnectionKindOption> options;
};
BOOST_DESCRIBE_STRUCT(ConnectionKindView, (),
                      (kind, schemes, summary, example, can_read, can_write, file_based, speaks_sql, any_option,
                       options))

struct ConnectionKindList {
  std::vector<ConnectionKindView> items;
};
BOOST_DESCRIBE_STRUCT(ConnectionKindList, (), (items))

ConnectionKindView ViewOf(const ConnectorInfo& info) {
  ConnectionKindView view{.kind = std::string(info.name),
                          .schemes = {info.schemes.begin(), info.schemes.end()},
                          .summary = std::string(info.summary),
                          .example = std::string(info.example),
                          .can_read = info.can_read,
                          .can_write = info.can_write,
                          .file_based = info.file_based,
                          .speaks_sql = info.speaks_sql,
                          .any_option = info.any_option};
  for (const UrlOption& option : info.options)
    view.options.push_back({std::string(option.name), std::string(option.description)});
  return view;
}

ConnectionView ViewOf(const ConnectionRow& row) {
  ConnectionView view{.connection_id = row.connection_id,
                      .name = row.name,
                      .kind = row.kind,
                      .description = row.description,
                      .url = row.shown_url,
                      .production = row.production,
                      .labels = row.labels,
                      .test_ok = row.test_ok,
                      .created_at = {row.created_at},
                      .updated_at = {row.updated_at},
                      .version = row.version};
  if (row.tested_at) view.tested_at = Moment{*row.tested_at};
  if (!row.test_message.empty()) view.test_message = row.test_message;
  return view;
}

ConnectionFindingView ViewOf(const DoctorFinding& finding) {
  using Level = DoctorFinding::Level;
  const FindingLevel level = finding.level == Level::kOk        ? FindingLevel::ok
                             : finding.level == Level::kWarning ? FindingLevel::warning
                                                                : FindingLevel::blocks;
  return {level, finding.subject, finding.message, finding.fix};
}

ConnectionTestView ViewOf(const Trial& trial) {
  ConnectionTestView view{.ok = trial.ok(), .milliseconds = trial.milliseconds, .tables = trial.tables};
  if (trial.error) {
    view.code = trial.error->code.code;
    view.message = trial.error->message;
    view.fix = ServerFix(*trial.error);
  }
  for (const DoctorFinding& finding : trial.findings) view.findings.push_back(ViewOf(finding));
  return view;
}

ConnectionUserView ViewOf(const ConnectionUser& user) {
  return {user.project_id, user.project, user.plan_id, user.plan, user.as_source, user.as_target};
}

Result<ConnectionRow> Create(ProjectServices& services, Context& context, const CreateConnection& body, bool test) {
  MIQ_TRY(CheckName(body.name));
  MIQ_TRY(CheckLabels(Plain(body.labels)));
  return services.connections.Create(ActorOf(context),
                                     {.name = body.name,
                                      .description = body.description.value_or(""),
                                      .url = body.url.Reveal(),
                                      .production = body.production.value_or(false),
                                      .labels = Plain(body.labels)},
                                     test);
}

Result<ConnectionRow> Change(ProjectServices& services, Context& context, const ChangeConnection& body) {
  ConnectionChange change;
  if (body.name) MIQ_TRY(CheckName(*body.name));
  if (body.name) change.name = *body.name;
  if (body.description) change.description = *body.description;
  if (body.url) change.url = body.url->Reveal();
  change.production = body.production;
  if (body.labels) change.labels = Plain(*body.labels);
  if (change.labels) MIQ_TRY(CheckLabels(*change.labels));
  return services.connections.Change(ActorOf(context), context.Path("connection_id"), change, MatchOf(context));
}

void AddReading(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, ListConnectionsQuery, Page<ConnectionView>>(
      TenantRoute(Method::kGet, "connections", "listConnections", "connections.read",
                  "The tenant's connections; secrets are never told."),
      [&](Context& context, const Nothing&, const ListConnectionsQuery& query) -> Result<Page<ConnectionView>> {
        const core::PageRequest page = core::PageOf(query);
        MIQ_ASSIGN(const auto rows, services.connections.List(context.principal.tenant_id,
                                                              {.kind = query.kind.value_or(""),
                                                               .search = query.search.value_or(""),
                                                               .production = query.production},
                                                              page));
        return core::PageById<ConnectionView>(rows, page.limit, &ViewOf, &ConnectionRow::connection_id);
      });
  router.Add<Nothing, Nothing, ConnectionView>(
      TenantRoute(Method::kGet, "connections/{connection_id}", "getConnection", "connections.read", "One connection."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<ConnectionView> {
        MIQ_ASSIGN(const ConnectionRow row,
                   services.connections.Get(context.principal.tenant_id, context.Path("connection_id")));
        return Versioned(context, ViewOf(row));
      });
  router.Add<Nothing, Nothing, ConnectionUsageView>(
      http::Whole(TenantRoute(Method::kGet, "connections/{connection_id}/usage", "getConnectionUsage",
                              "connections.read", "The plans that use a connection.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<ConnectionUsageView> {
        MIQ_ASSIGN(const auto users,
                   services.connections.Usage(context.principal.tenant_id, context.Path("connection_id")));
        ConnectionUsageView view;
        for (const ConnectionUser& user : users) view.items.push_back(ViewOf(user));
        return view;
      });
}

void AddKinds(http::Router& router) {
  http::Route kinds =
      http::Whole(TenantRoute(Method::kGet, "connection-kinds", "listConnectionKinds", "connections.read",
                              "The kinds of systems that connections can lead to, with the options of their URLs."));
  kinds.tag = "connections";
  router.Add<Nothing, Nothing, ConnectionKindList>(
      std::move(kinds), [](Context&, const Nothing&, const Nothing&) -> Result<ConnectionKindList> {
        ConnectionKindList list;
        for (const Connector* connector : Registry::Instance().All()) list.items.push_back(ViewOf(connector->info()));
        return list;
      });
}

void AddChanging(http::Router& router, ProjectServices& services) {
  http::Route create = TenantRoute(Method::kPost, "connections", "createConnection", "connections.write",
                                   "Store a connection; with ?test=true only if it works.");
  create.deadline = std::chrono::seconds(60);
  router.Add<CreateConnection, CreateConnectionQuery, ConnectionView>(
      std::move(create),
      [&](Context& context, const CreateConnection& body,
          const CreateConnectionQuery& query) -> Result<ConnectionView> {
        MIQ_ASSIGN(const ConnectionRow row,
                   Placed(context, Create(services, context, body, query.test.value_or(false))));
        context.response.headers.Set("Location", "/api/v1/connections/" + row.connection_id);
        return Versioned(context, ViewOf(row));
      });
  router.Add<ChangeConnection, Nothing, ConnectionView>(
      Conditional(TenantRoute(Method::kPatch, "connections/{connection_id}", "changeConnection", "connections.write",
                              "Change a connection; a URL with the password *** keeps the stored one.")),
      [&](Context& context, const ChangeConnection& body, const Nothing&) -> Result<ConnectionView> {
        MIQ_ASSIGN(const ConnectionRow row, Placed(context, Change(services, context, body)));
        return Versioned(context, ViewOf(row));
      });
  router.Add<Nothing, Nothing, Nothing>(
      Conditional(TenantRoute(Method::kDelete, "connections/{connection_id}", "removeConnection", "connections.write",
                              "Remove a connection that no plan uses.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.connections.Remove(ActorOf(context), context.Path("connection_id"), MatchOf(context)));
        return Nothing{};
      });
  http::Route test = Action(TenantRoute(Method::kPost, "connections/{connection_id}/test", "testConnection",
                                        "connections.write", "Open the system, read its catalog, give advice."));
  test.deadline = std::chrono::seconds(60);
  router.Add<Nothing, Nothing, ConnectionTestView>(
      std::move(test), [&](Context& context, const Nothing&, const Nothing&) -> Result<ConnectionTestView> {
        MIQ_ASSIGN(const Trial trial, services.connections.Test(ActorOf(context), context.Path("connection_id")));
        return ViewOf(trial);
      });
}

}  // namespace

void AddConnectionRoutes(http::Router& router, ProjectServices& services) {
  AddReading(router, services);
  AddKinds(router);
  AddChanging(router, services);
}

}  // namespace migrateiq::projects
