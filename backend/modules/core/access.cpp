#include "modules/core/access.hpp"

#include <algorithm>
#include <set>

#include "base/errors/api.hpp"
#include "modules/core/json_list.hpp"
#include "modules/core/permission.hpp"

namespace migrateiq::core {

namespace {

const BuiltInRole* FindBuiltIn(std::string_view name) {
  for (const BuiltInRole& role : BuiltInRoles()) {
    if (role.name == name) return &role;
  }
  return nullptr;
}

/// Nothing when the tenant has no such role.
Result<std::optional<std::vector<std::string>>> ReadRole(store::Session& session, const std::string& tenant_id,
                                                         const std::string& role_id) {
  using Permissions = std::optional<std::vector<std::string>>;
  if (const BuiltInRole* role = FindBuiltIn(role_id))
    return Permissions(std::in_place, role->permissions.begin(), role->permissions.end());
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT permissions FROM role WHERE tenant_id = $1 AND role_id = $2", tenant_id, role_id));
  return rows.empty() ? Permissions() : Permissions(ParseJsonList(rows[0].Text(0)));
}

std::vector<std::string> FirstColumn(const store::Rows& rows) {
  std::vector<std::string> texts;
  for (const store::Row& row : rows) texts.push_back(row.Text(0));
  return texts;
}

bool IsInProject(const std::string& permission) {
  for (const Permission& known : AllPermissions()) {
    if (known.name == permission) return known.in_project;
  }
  return false;
}

}  // namespace

Result<std::vector<std::string>> PermissionsOfRoles(store::Session& session, const std::string& tenant_id,
                                                    const std::vector<std::string>& role_ids) {
  std::set<std::string> all;
  for (const std::string& role_id : role_ids) {
    MIQ_ASSIGN(const auto permissions, ReadRole(session, tenant_id, role_id));
    if (permissions) all.insert(permissions->begin(), permissions->end());
  }
  return std::vector<std::string>(all.begin(), all.end());
}

Status CheckRolesExist(store::Session& session, const std::string& tenant_id,
                       const std::vector<std::string>& role_ids) {
  for (const std::string& role_id : role_ids) {
    MIQ_ASSIGN(const auto permissions, ReadRole(session, tenant_id, role_id));
    if (!permissions) return Fail(Error(codes::kApiField, "there is no role '" + role_id + "'").At("/roles"));
  }
  return {};
}

Result<std::vector<std::string>> ReadUserRoles(store::Session& session, const std::string& tenant_id,
                                               const std::string& user_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT role_id FROM user_role WHERE tenant_id = $1 AND user_id = $2 ORDER BY role_id",
                           tenant_id, user_id));
  return FirstColumn(rows);
}

Result<std::optional<UserAccess>> ReadUserAccess(store::Session& session, const std::string& tenant_id,
                                                 const std::string& user_id) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT u.email, u.name, u.state, t.state, "
                    "(SELECT COUNT(*) FROM user_totp o WHERE o.user_id = u.user_id AND o.confirmed_at IS NOT NULL) "
                    "FROM user_account u JOIN tenant t ON t.tenant_id = u.tenant_id "
                    "WHERE u.tenant_id = $1 AND u.user_id = $2",
                    tenant_id, user_id));
  if (rows.empty()) return std::nullopt;
  UserAccess access;
  access.user_id = user_id;
  access.email = rows[0].Text(0);
  access.name = rows[0].Text(1);
  access.active = rows[0].Text(2) == "active" && rows[0].Text(3) == "active";
  access.has_totp = rows[0].Integer(4) > 0;
  MIQ_ASSIGN(access.roles, ReadUserRoles(session, tenant_id, user_id));
  MIQ_ASSIGN(access.permissions, PermissionsOfRoles(session, tenant_id, access.roles));
  return access;
}

Result<std::vector<std::string>> ReadProjectPermissions(store::Session& session, const std::string& tenant_id,
                                                        const std::string& user_id, const std::string& project_id) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT DISTINCT role_id FROM project_grant g WHERE g.tenant_id = $1 AND g.project_id = $2 "
                    "AND ((g.subject_kind = 'user' AND g.subject_id = $3) OR (g.subject_kind = 'team' AND "
                    "g.subject_id IN (SELECT m.team_id FROM team_member m WHERE m.tenant_id = $1 AND m.user_id = $3)))",
                    tenant_id, project_id, user_id));
  MIQ_ASSIGN(std::vector<std::string> permissions, PermissionsOfRoles(session, tenant_id, FirstColumn(rows)));
  std::erase_if(permissions, [](const std::string& permission) { return !IsInProject(permission); });
  return permissions;
}

bool Holds(const std::vector<std::string>& sorted_permissions, std::string_view permission) {
  return std::binary_search(sorted_permissions.begin(), sorted_permissions.end(), permission);
}

bool IsAdministrator(const std::vector<std::string>& permissions) {
  return Holds(permissions, "tenant.write") || Holds(permissions, "users.write") || Holds(permissions, "roles.write");
}

}  // namespace migrateiq::core
