#include "modules/core/permission.hpp"
#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

struct PermissionView {
  std::string name, text;
  bool in_project = false;
};
BOOST_DESCRIBE_STRUCT(PermissionView, (), (name, text, in_project))

struct RoleView {
  std::string role_id, name, text;
  std::vector<std::string> permissions;
  bool built_in = false;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(RoleView, (), (role_id, name, text, permissions, built_in, version))

struct CreateRole {
  Text<1, 100> name;
  std::optional<Text<0, 500>> text;
  std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(CreateRole, (), (name, text, permissions))

struct ChangeRole {
  std::optional<Text<1, 100>> name;
  std::optional<Text<0, 500>> text;
  std::optional<std::vector<std::string>> permissions;
};
BOOST_DESCRIBE_STRUCT(ChangeRole, (), (name, text, permissions))

RoleView ViewOf(const RoleRow& row) {
  return {row.role_id, row.name, row.text, row.permissions, row.built_in, row.version};
}

RoleChange ChangeOf(const ChangeRole& body) {
  RoleChange change;
  if (body.name) change.name = *body.name;
  if (body.text) change.text = *body.text;
  change.permissions = body.permissions;
  return change;
}

void AddReading(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, Page<PermissionView>>(
      http::Whole(
          SignedInRoute(Method::kGet, "/api/v1/permissions", "listPermissions", "Everything that can be permitted.")),
      [](Context&, const Nothing&, const Nothing&) -> Result<Page<PermissionView>> {
        Page<PermissionView> page;
        for (const Permission& permission : AllPermissions())
          page.items.push_back({std::string(permission.name), std::string(permission.text), permission.in_project});
        return page;
      });
  router.Add<Nothing, Nothing, Page<RoleView>>(
      http::Whole(PermissionRoute(Method::kGet, "/api/v1/roles", "listRoles", "users.read",
                                  "The built-in roles and the tenant's own.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Page<RoleView>> {
        MIQ_ASSIGN(const auto rows, services.roles.List(context.principal.tenant_id));
        Page<RoleView> page;
        for (const RoleRow& row : rows) page.items.push_back(ViewOf(row));
        return page;
      });
  router.Add<Nothing, Nothing, RoleView>(
      PermissionRoute(Method::kGet, "/api/v1/roles/{role_id}", "getRole", "users.read", "One role."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<RoleView> {
        MIQ_ASSIGN(const RoleRow row, services.roles.Get(context.principal.tenant_id, context.Path("role_id")));
        return Versioned(context, ViewOf(row));
      });
}

http::Route WriteRoute(Method method, std::string path, std::string name, std::string summary) {
  http::Route route = PermissionRoute(method, std::move(path), std::move(name), "roles.write", std::move(summary));
  route.step_up = true;
  route.conditional = method != Method::kPost;
  return route;
}

void AddWriting(http::Router& router, CoreServices& services) {
  router.Add<CreateRole, Nothing, RoleView>(
      WriteRoute(Method::kPost, "/api/v1/roles", "createRole", "Make a role of your own."),
      [&](Context& context, const CreateRole& body, const Nothing&) -> Result<RoleView> {
        RoleRow wanted{"", body.name, body.text.value_or(Text<0, 500>()), body.permissions};
        MIQ_ASSIGN(const RoleRow row, services.roles.Create(ActorOf(context), wanted));
        context.response.headers.Set("Location", "/api/v1/roles/" + row.role_id);
        return Versioned(context, ViewOf(row));
      });
  router.Add<ChangeRole, Nothing, RoleView>(
      WriteRoute(Method::kPatch, "/api/v1/roles/{role_id}", "changeRole", "Change a role of your own."),
      [&](Context& context, const ChangeRole& body, const Nothing&) -> Result<RoleView> {
        MIQ_ASSIGN(const RoleRow row,
                   services.roles.Change(ActorOf(context), context.Path("role_id"), ChangeOf(body),
                                         [&](int64_t version) { return context.RequireMatch(version); }));
        return Versioned(context, ViewOf(row));
      });
  router.Add<Nothing, Nothing, Nothing>(
      WriteRoute(Method::kDelete, "/api/v1/roles/{role_id}", "removeRole", "Remove a role; who had it loses it."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.roles.Remove(ActorOf(context), context.Path("role_id"),
                                      [&](int64_t version) { return context.RequireMatch(version); }));
        return Nothing{};
      });
}

}  // namespace

void AddRoleRoutes(http::Router& router, CoreServices& services) {
  AddReading(router, services);
  AddWriting(router, services);
}

}  // namespace migrateiq::core
