#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

enum class GrantSubject { user, team };
BOOST_DESCRIBE_ENUM(GrantSubject, user, team)

struct GrantView {
  std::string grant_id, project_id;
  GrantSubject subject_kind = GrantSubject::user;
  std::string subject_id, role_id;
  Moment created_at;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (grant_id, project_id, subject_kind, subject_id, role_id, created_at))

struct CreateGrant {
  Text<1, 100> project_id;
  GrantSubject subject_kind = GrantSubject::user;
  Text<1, 100> subject_id, role_id;
};
BOOST_DESCRIBE_STRUCT(CreateGrant, (), (project_id, subject_kind, subject_id, role_id))

struct ListGrantsQuery {
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor, project_id;
};
BOOST_DESCRIBE_STRUCT(ListGrantsQuery, (), (limit, cursor, project_id))

GrantView ViewOf(const GrantRow& row) {
  return {row.grant_id,   row.project_id, row.subject_kind == "team" ? GrantSubject::team : GrantSubject::user,
          row.subject_id, row.role_id,    {row.created_at}};
}

GrantRow RowOf(const CreateGrant& body) {
  return {"", body.project_id, body.subject_kind == GrantSubject::team ? "team" : "user", body.subject_id,
          body.role_id};
}

std::string CursorOf(const GrantRow& row) { return EncodeCursor({std::to_string(row.created_at), row.grant_id}); }

}  // namespace

void AddGrantRoutes(http::Router& router, CoreServices& services) {
  router.Add<Nothing, ListGrantsQuery, Page<GrantView>>(
      PermissionRoute(Method::kGet, "/api/v1/grants", "listGrants", "users.read",
                      "Roles in projects, of users and teams."),
      [&](Context& context, const Nothing&, const ListGrantsQuery& query) -> Result<Page<GrantView>> {
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto rows,
                   services.grants.List(context.principal.tenant_id, query.project_id.value_or(""), page));
        return MakePage<GrantView, GrantRow>(rows, page.limit, ViewOf, CursorOf);
      });
  router.Add<CreateGrant, Nothing, GrantView>(
      PermissionRoute(Method::kPost, "/api/v1/grants", "createGrant", "roles.write",
                      "Give a user or team a role in one project."),
      [&](Context& context, const CreateGrant& body, const Nothing&) -> Result<GrantView> {
        MIQ_ASSIGN(const GrantRow row, services.grants.Add(ActorOf(context), RowOf(body)));
        return ViewOf(row);
      });
  router.Add<Nothing, Nothing, Nothing>(PermissionRoute(Method::kDelete, "/api/v1/grants/{grant_id}", "removeGrant",
                                                        "roles.write", "Take a role in a project away."),
                                        [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
                                          MIQ_TRY(services.grants.Remove(ActorOf(context), context.Path("grant_id")));
                                          return Nothing{};
                                        });
}

}  // namespace migrateiq::core
