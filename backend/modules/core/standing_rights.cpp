#include "modules/core/standing_rights.hpp"

#include <map>

#include "base/errors/api.hpp"
#include "modules/core/access.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kRolesOfUsers =
    "SELECT user_id, role_id FROM user_role WHERE tenant_id = $1 UNION "
    "SELECT subject_id, role_id FROM project_grant WHERE tenant_id = $1 AND project_id = $2 AND subject_kind = 'user' "
    "UNION SELECT m.user_id, g.role_id FROM project_grant g JOIN team_member m ON m.tenant_id = g.tenant_id AND "
    "m.team_id = g.subject_id WHERE g.tenant_id = $1 AND g.project_id = $2 AND g.subject_kind = 'team'";

}  // namespace

Result<std::set<std::string>> HoldersOf(store::Session& session, const std::string& tenant_id,
                                        const std::string& permission, const std::string& project_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query(kRolesOfUsers, tenant_id, project_id));
  std::map<std::string, bool> permits;
  std::set<std::string> holders;
  for (const store::Row& row : rows) {
    const auto [role, fresh] = permits.emplace(row.Text(1), false);
    if (fresh) {
      MIQ_ASSIGN(const auto permissions, PermissionsOfRoles(session, tenant_id, {role->first}));
      role->second = Holds(permissions, permission);
    }
    if (role->second) holders.insert(row.Text(0));
  }
  return holders;
}

Result<std::string> PersonBehind(store::Session& session, const std::string& tenant_id, const std::string& subject_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT user_id FROM user_account WHERE tenant_id = $1 AND user_id = $2 UNION "
                           "SELECT user_id FROM api_key WHERE tenant_id = $1 AND key_id = $2",
                           tenant_id, subject_id));
  return rows.empty() ? std::string() : rows[0].Text(0);
}

Status RequireStillMay(store::Session& session, const std::string& tenant_id, const std::string& subject_id,
                       const std::string& permission, const std::string& project_id) {
  MIQ_ASSIGN(const std::string person, PersonBehind(session, tenant_id, subject_id));
  MIQ_ASSIGN(const auto access, ReadUserAccess(session, tenant_id, person));
  if (access && access->active) {
    if (Holds(access->permissions, permission)) return {};
    MIQ_ASSIGN(const auto granted, ReadProjectPermissions(session, tenant_id, person, project_id));
    if (Holds(granted, permission)) return {};
  }
  return Fail(codes::kApiForbidden, "who it belongs to may not sign in, or has lost the permission " + permission);
}

}  // namespace migrateiq::core
