#include "modules/core/people/roles.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/json_list.hpp"
#include "modules/core/permission.hpp"

namespace migrateiq::core {

namespace {

RoleRow RowOf(const store::Row& row) {
  return {row.Text(0), row.Text(1), row.Text(2), ParseJsonList(row.Text(3)), false, row.Integer(4)};
}

std::vector<RoleRow> BuiltIn() {
  std::vector<RoleRow> rows;
  for (const BuiltInRole& role : BuiltInRoles()) {
    rows.push_back({std::string(role.name),
                    std::string(role.name),
                    std::string(role.text),
                    {role.permissions.begin(), role.permissions.end()},
                    true,
                    1});
  }
  return rows;
}

std::optional<RoleRow> FindBuiltIn(const std::string& role_id) {
  for (const RoleRow& role : BuiltIn()) {
    if (role.role_id == role_id) return role;
  }
  return std::nullopt;
}

Result<RoleRow> RequireOwn(store::Session& session, const std::string& tenant_id, const std::string& role_id) {
  if (FindBuiltIn(role_id)) return Fail(codes::kApiState, "built-in roles cannot be changed; make one of your own");
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT role_id, name, text, permissions, version FROM role "
                                                   "WHERE tenant_id = $1 AND role_id = $2",
                                                   tenant_id, role_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such role");
  return RowOf(rows[0]);
}

Status CheckNameIsFree(store::Session& session, const std::string& tenant_id, const std::string& name,
                       const std::string& own_id) {
  MIQ_TRY(session.Serialise("roles:" + tenant_id));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT 1 FROM role WHERE tenant_id = $1 AND name = $2 AND role_id <> $3", tenant_id, name,
                           own_id));
  if (rows.empty() && !FindBuiltIn(name)) return {};
  return Fail(codes::kApiConflict, "there is a role of the name '" + name + "'");
}

Status CheckPermissions(const Actor& actor, const std::vector<std::string>& permissions) {
  MIQ_TRY(CheckPermissionNames(permissions));
  return actor.MayGive(permissions);
}

Status Save(store::Session& session, const Actor& actor, const RoleRow& row) {
  MIQ_TRY(
      session.Execute("UPDATE role SET name = $1, text = $2, permissions = $3, version = version + 1 "
                      "WHERE tenant_id = $4 AND role_id = $5",
                      row.name, row.text, JsonListText(row.permissions), actor.tenant_id, row.role_id));
  MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
  return AppendAudit(session, actor.tenant_id, actor.Entry("role.changed", "role", row.role_id));
}

}  // namespace

Result<std::vector<RoleRow>> Roles::List(const std::string& tenant_id) {
  return store_.ReadFor<std::vector<RoleRow>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<std::vector<RoleRow>> {
        MIQ_ASSIGN(const store::Rows rows,
                   session.Query("SELECT role_id, name, text, permissions, version FROM role WHERE tenant_id = $1 "
                                 "ORDER BY name LIMIT 1000",
                                 tenant_id));
        std::vector<RoleRow> roles = BuiltIn();
        for (const store::Row& row : rows) roles.push_back(RowOf(row));
        return roles;
      });
}

Result<RoleRow> Roles::Get(const std::string& tenant_id, const std::string& role_id) {
  if (const auto built_in = FindBuiltIn(role_id)) return *built_in;
  return store_.ReadFor<RoleRow>(store::Scope::Tenant(tenant_id),
                                 [&](store::Session& session) { return RequireOwn(session, tenant_id, role_id); });
}

Result<RoleRow> Roles::Create(const Actor& actor, const RoleRow& wanted) {
  MIQ_TRY(CheckPermissions(actor, wanted.permissions));
  return store_.WriteFor<RoleRow>(
      store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<RoleRow> {
        MIQ_TRY(CheckNameIsFree(session, actor.tenant_id, wanted.name, ""));
        const std::string role_id = NewId();
        MIQ_TRY(session.Execute(
            "INSERT INTO role (role_id, tenant_id, name, text, permissions, version, created_at) "
            "VALUES ($1, $2, $3, $4, $5, 1, $6)",
            role_id, actor.tenant_id, wanted.name, wanted.text, JsonListText(wanted.permissions), clock_.Now()));
        MIQ_TRY(AppendAudit(session, actor.tenant_id, actor.Entry("role.created", "role", role_id)));
        return RequireOwn(session, actor.tenant_id, role_id);
      });
}

Result<RoleRow> Roles::Change(const Actor& actor, const std::string& role_id, const RoleChange& change,
                              const VersionCheck& check) {
  MIQ_TRY(CheckPermissions(actor, change.permissions.value_or(std::vector<std::string>())));
  MIQ_ASSIGN(
      RoleRow changed,
      store_.WriteFor<RoleRow>(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<RoleRow> {
        MIQ_ASSIGN(RoleRow row, RequireOwn(session, actor.tenant_id, role_id));
        MIQ_TRY(check(row.version));
        MIQ_TRY(actor.MayGive(row.permissions));
        row.name = change.name.value_or(row.name);
        row.text = change.text.value_or(row.text);
        row.permissions = change.permissions.value_or(row.permissions);
        MIQ_TRY(CheckNameIsFree(session, actor.tenant_id, row.name, role_id));
        MIQ_TRY(Save(session, actor, row));
        return RequireOwn(session, actor.tenant_id, role_id);
      }));
  cache_.Forget(actor.tenant_id);
  return changed;
}

Status Roles::Remove(const Actor& actor, const std::string& role_id, const VersionCheck& check) {
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const RoleRow row, RequireOwn(session, actor.tenant_id, role_id));
    MIQ_TRY(check(row.version));
    MIQ_TRY(actor.MayGive(row.permissions));
    for (const char* table : {"user_role", "project_grant", "role"}) {
      MIQ_TRY(session.Execute("DELETE FROM " + std::string(table) + " WHERE tenant_id = $1 AND role_id = $2",
                              actor.tenant_id, role_id));
    }
    MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
    return AppendAudit(session, actor.tenant_id, actor.Entry("role.removed", "role", role_id));
  }));
  cache_.Forget(actor.tenant_id);
  return {};
}

}  // namespace migrateiq::core
