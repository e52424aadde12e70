#include "base/errors/api.hpp"
#include "modules/core/id_page.hpp"
#include "modules/core/permission.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/plans/transfer.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

struct ProjectView {
  std::string project_id, name, description;
  ProjectState state = ProjectState::draft;
  std::vector<ProjectState> next_states;
  std::vector<std::string> labels;
  std::string created_by, created_by_name;
  Moment created_at, updated_at;
  std::optional<std::vector<std::string>> permissions;  ///< what you may do in it; absent in lists
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ProjectView, (),
                      (project_id, name, description, state, next_states, labels, created_by, created_by_name,
                       created_at, updated_at, permissions, version))

struct CreateProject {
  Name name;
  std::optional<Text<0, 4000>> description;
  Labels labels;
  std::optional<Text<1, 64>> template_id;
  std::optional<Name> source_connection, target_connection, plan_name;
};
BOOST_DESCRIBE_STRUCT(CreateProject, (),
                      (name, description, labels, template_id, source_connection, target_connection, plan_name))

struct ChangeProject {
  std::optional<Name> name;
  std::optional<Text<0, 4000>> description;
  std::optional<Labels> labels;
};
BOOST_DESCRIBE_STRUCT(ChangeProject, (), (name, description, labels))

struct MoveProject {
  ProjectState state = ProjectState::draft;
};
BOOST_DESCRIBE_STRUCT(MoveProject, (), (state))

struct ListProjectsQuery {
  std::optional<core::PageLimit> limit;
  std::optional<std::string> cursor;
  std::optional<ProjectState> state;
  std::optional<Text<0, 100>> search;
};
BOOST_DESCRIBE_STRUCT(ListProjectsQuery, (), (limit, cursor, state, search))

struct PresenceView {
  std::string user_id, name;
  boost::json::value state;
  Moment seen_at;
};
BOOST_DESCRIBE_STRUCT(PresenceView, (), (user_id, name, state, seen_at))

struct PresenceList {
  std::vector<PresenceView> items;
};
BOOST_DESCRIBE_STRUCT(PresenceList, (), (items))

ProjectView ViewOf(const ProjectRow& row) {
  return {.project_id = row.project_id,
          .name = row.name,
          .description = row.description,
          .state = row.state,
          .next_states = NextStates(row.state),
          .labels = row.labels,
          .created_by = row.created_by,
          .created_by_name = row.created_by_name,
          .created_at = {row.created_at},
          .updated_at = {row.updated_at},
          .version = row.version};
}

/// What the caller may do in a project: by their roles in the tenant, and by what was granted to them there.
Result<std::vector<std::string>> PermissionsIn(const Context& context, const std::string& project_id) {
  std::vector<std::string> held;
  for (const core::Permission& one : core::AllPermissions()) {
    if (!one.in_project) continue;
    const Status allowed = context.require(one.name, project_id);
    if (allowed) {
      held.emplace_back(one.name);
    } else if (!allowed.error().Is(codes::kApiForbidden)) {
      return Fail(Error(allowed.error()));
    }
  }
  return held;
}

/// One project as its caller sees it.
Result<ProjectView> Seen(Context& context, const ProjectRow& row) {
  ProjectView view = ViewOf(row);
  MIQ_ASSIGN(view.permissions, PermissionsIn(context, row.project_id));
  return Versioned(context, std::move(view));
}

Result<ProjectRow> Create(ProjectServices& services, Context& context, const CreateProject& body) {
  MIQ_TRY(CheckName(body.name));
  MIQ_TRY(CheckLabels(Plain(body.labels)));
  return services.transfer.Create(
      ActorOf(context), {.name = body.name, .description = body.description.value_or(""), .labels = Plain(body.labels)},
      {.template_id = body.template_id.value_or(""),
       .plan_name = body.plan_name.value_or(""),
       .source = body.source_connection.value_or(""),
       .target = body.target_connection.value_or("")});
}

/// Without the permission in the tenant, the projects where it is granted.
Result<Page<ProjectView>> List(ProjectServices& services, Context& context, const ListProjectsQuery& query) {
  const core::PageRequest page = core::PageOf(query);
  ProjectFilter filter{.search = query.search.value_or("")};
  if (query.state) filter.state = WordOf(*query.state);
  if (const Status allowed = context.require("projects.read", ""); !allowed) {
    if (!allowed.error().Is(codes::kApiForbidden) || context.principal.user_id.empty())
      return Fail(Error(allowed.error()));
    filter.only_for_user = context.principal.user_id;
  }
  MIQ_ASSIGN(const auto rows, services.projects.List(context.principal.tenant_id, filter, page));
  return core::PageById<ProjectView>(rows, page.limit, &ViewOf, &ProjectRow::project_id);
}

Result<ProjectRow> Change(ProjectServices& services, Context& context, const ChangeProject& body) {
  ProjectChange change;
  if (body.name) MIQ_TRY(CheckName(*body.name));
  if (body.name) change.name = *body.name;
  if (body.description) change.description = *body.description;
  if (body.labels) change.labels = Plain(*body.labels);
  if (change.labels) MIQ_TRY(CheckLabels(*change.labels));
  return services.projects.Change(ActorOf(context), context.Path("project_id"), change, MatchOf(context));
}

/// Archiving, and taking back from the archive, is for who manages the project.
Result<ProjectRow> Move(ProjectServices& services, Context& context, ProjectState to) {
  const std::string& project_id = context.Path("project_id");
  MIQ_ASSIGN(const ProjectRow now, services.projects.Get(context.principal.tenant_id, project_id));
  const bool archive = to == ProjectState::archived || now.state == ProjectState::archived;
  MIQ_TRY(context.require(archive ? "projects.admin" : "projects.write", project_id));
  return services.projects.Move(ActorOf(context), project_id, to, MatchOf(context));
}

void AddReading(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, ListProjectsQuery, Page<ProjectView>>(
      FoundRoute(Method::kGet, "projects", "listProjects", "projects.read",
                 "Projects, newest first: all, or those where you were granted it."),
      [&](Context& context, const Nothing&, const ListProjectsQuery& query) { return List(services, context, query); });
  router.Add<Nothing, Nothing, ProjectView>(
      ProjectRoute(Method::kGet, "projects/{project_id}", "getProject", "projects.read", "One project."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<ProjectView> {
        MIQ_ASSIGN(const ProjectRow row,
                   services.projects.Get(context.principal.tenant_id, context.Path("project_id")));
        return Seen(context, row);
      });
  router.Add<Nothing, Nothing, PresenceList>(
      http::Whole(ProjectRoute(Method::kGet, "projects/{project_id}/presence", "getPresence", "projects.read",
                               "Who was in the project within the last 30 seconds, and what they edit.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<PresenceList> {
        const std::string& project_id = context.Path("project_id");
        MIQ_TRY(services.projects.Get(context.principal.tenant_id, project_id));
        PresenceList list;
        for (const Present& one : services.presence->In(project_id))
          list.items.push_back({one.user_id, one.name, one.state, {one.seen_at}});
        return list;
      });
}

void AddChanging(http::Router& router, ProjectServices& services) {
  router.Add<CreateProject, Nothing, ProjectView>(
      TenantRoute(Method::kPost, "projects", "createProject", "projects.create",
                  "Make a project; with a template also its first plan."),
      [&](Context& context, const CreateProject& body, const Nothing&) -> Result<ProjectView> {
        MIQ_ASSIGN(const ProjectRow row, Placed(context, Create(services, context, body)));
        context.response.headers.Set("Location", "/api/v1/projects/" + row.project_id);
        return Seen(context, row);
      });
  router.Add<ChangeProject, Nothing, ProjectView>(
      Conditional(ProjectRoute(Method::kPatch, "projects/{project_id}", "changeProject", "projects.write",
                               "Change name, description or labels.")),
      [&](Context& context, const ChangeProject& body, const Nothing&) -> Result<ProjectView> {
        MIQ_ASSIGN(const ProjectRow row, Placed(context, Change(services, context, body)));
        return Seen(context, row);
      });
  router.Add<MoveProject, Nothing, ProjectView>(
      Action(Conditional(FoundRoute(Method::kPost, "projects/{project_id}/state", "moveProject", "projects.write",
                                    "Take a project to another state; next_states says which are possible."))),
      [&](Context& context, const MoveProject& body, const Nothing&) -> Result<ProjectView> {
        MIQ_ASSIGN(const ProjectRow row, Move(services, context, body.state));
        return Seen(context, row);
      });
  http::Route remove =
      Conditional(ProjectRoute(Method::kDelete, "projects/{project_id}", "removeProject", "projects.admin",
                               "Remove a draft or archived project with its plans and comments."));
  remove.step_up = true;
  router.Add<Nothing, Nothing, Nothing>(
      std::move(remove), [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.projects.Remove(ActorOf(context), context.Path("project_id"), MatchOf(context)));
        return Nothing{};
      });
}

}  // namespace

void AddProjectResourceRoutes(http::Router& router, ProjectServices& services) {
  AddReading(router, services);
  AddChanging(router, services);
}

}  // namespace migrateiq::projects
