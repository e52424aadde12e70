#include "modules/core/people/grants.hpp"

#include <boost/json/object.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/access.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kSelect =
    "SELECT grant_id, project_id, subject_kind, subject_id, role_id, created_at FROM project_grant ";

GrantRow RowOf(const store::Row& row) {
  return {row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Integer(5)};
}

Status CheckSubject(store::Session& session, const std::string& tenant_id, const GrantRow& wanted) {
  const std::string sql = wanted.subject_kind == "team"
                              ? "SELECT 1 FROM team WHERE tenant_id = $1 AND team_id = $2"
                              : "SELECT 1 FROM user_account WHERE tenant_id = $1 AND user_id = $2";
  MIQ_ASSIGN(const store::Rows rows, session.Query(sql, tenant_id, wanted.subject_id));
  if (rows.empty()) return Fail(Error(codes::kApiField, "there is no such " + wanted.subject_kind).At("/subject_id"));
  return {};
}

Result<GrantRow> FindSame(store::Session& session, const std::string& tenant_id, const GrantRow& wanted) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND project_id = $2 AND subject_kind = $3 "
                                                  "AND subject_id = $4 AND role_id = $5",
                           tenant_id, wanted.project_id, wanted.subject_kind, wanted.subject_id, wanted.role_id));
  return RowOf(rows.at(0));
}

std::string AuditDetails(const GrantRow& row) {
  return JsonText(boost::json::object{{"project_id", row.project_id},
                                      {"subject_kind", row.subject_kind},
                                      {"subject_id", row.subject_id},
                                      {"role_id", row.role_id}});
}

}  // namespace

Result<GrantRow> AddGrant(store::Session& session, const Actor& actor, const GrantRow& wanted, Micros now) {
  MIQ_TRY(CheckRolesExist(session, actor.tenant_id, {wanted.role_id}));
  MIQ_TRY(CheckSubject(session, actor.tenant_id, wanted));
  MIQ_TRY(session.Execute(
      "INSERT INTO project_grant (grant_id, tenant_id, project_id, subject_kind, subject_id, role_id, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
      NewId(), actor.tenant_id, wanted.project_id, wanted.subject_kind, wanted.subject_id, wanted.role_id, now));
  MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
  MIQ_ASSIGN(GrantRow row, FindSame(session, actor.tenant_id, wanted));
  AuditEntry entry = actor.Entry("grant.added", "grant", row.grant_id);
  entry.details = AuditDetails(row);
  MIQ_TRY(AppendAudit(session, actor.tenant_id, entry));
  return row;
}

Result<GrantRow> RemoveGrant(store::Session& session, const Actor& actor, const std::string& grant_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND grant_id = $2", actor.tenant_id, grant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such grant");
  GrantRow row = RowOf(rows[0]);
  MIQ_TRY(
      session.Execute("DELETE FROM project_grant WHERE tenant_id = $1 AND grant_id = $2", actor.tenant_id, grant_id));
  MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
  AuditEntry entry = actor.Entry("grant.removed", "grant", grant_id);
  entry.details = AuditDetails(row);
  MIQ_TRY(AppendAudit(session, actor.tenant_id, entry));
  return row;
}

Status RemoveProjectGrants(store::Session& session, const std::string& tenant_id, const std::string& project_id) {
  MIQ_TRY(session.Execute("DELETE FROM project_grant WHERE tenant_id = $1 AND project_id = $2", tenant_id, project_id));
  return RaiseEpoch(session, tenant_id);
}

Result<std::vector<GrantRow>> ListGrants(store::Session& session, const std::string& tenant_id,
                                         const std::string& project_id, const PageRequest& page) {
  MIQ_ASSIGN(const MomentCursor after, ReadMomentCursor(page.cursor));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND ($2 = '' OR project_id = $2) AND "
                                                  "(created_at > $3 OR (created_at = $3 AND grant_id > $4)) "
                                                  "ORDER BY created_at, grant_id LIMIT $5",
                           tenant_id, project_id, after.moment, after.id, page.limit + 1));
  std::vector<GrantRow> grants;
  for (const store::Row& row : rows) grants.push_back(RowOf(row));
  return grants;
}

Result<std::vector<std::string>> GrantedProjects(store::Session& session, const std::string& tenant_id,
                                                 const std::string& user_id, const std::string& permission) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT DISTINCT project_id, role_id FROM project_grant g WHERE g.tenant_id = $1 AND "
                    "((g.subject_kind = 'user' AND g.subject_id = $2) OR (g.subject_kind = 'team' AND "
                    "g.subject_id IN (SELECT m.team_id FROM team_member m WHERE m.tenant_id = $1 AND m.user_id = $2))) "
                    "ORDER BY project_id",
                    tenant_id, user_id));
  std::map<std::string, bool> role_permits;
  std::vector<std::string> projects;
  for (const store::Row& row : rows) {
    const auto [at, fresh] = role_permits.emplace(row.Text(1), false);
    if (fresh) {
      MIQ_ASSIGN(const auto permissions, PermissionsOfRoles(session, tenant_id, {row.Text(1)}));
      at->second = Holds(permissions, permission);
    }
    if (at->second && (projects.empty() || projects.back() != row.Text(0))) projects.push_back(row.Text(0));
  }
  return projects;
}

Result<std::vector<GrantRow>> Grants::List(const std::string& tenant_id, const std::string& project_id,
                                           const PageRequest& page) {
  return store_.ReadFor<std::vector<GrantRow>>(store::Scope::Tenant(tenant_id), [&](store::Session& session) {
    return ListGrants(session, tenant_id, project_id, page);
  });
}

Result<GrantRow> Grants::Add(const Actor& actor, const GrantRow& wanted) {
  MIQ_ASSIGN(GrantRow row, store_.WriteFor<GrantRow>(
                               store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<GrantRow> {
                                 MIQ_ASSIGN(const auto permissions,
                                            PermissionsOfRoles(session, actor.tenant_id, {wanted.role_id}));
                                 MIQ_TRY(actor.MayGive(permissions));
                                 if (check_project_)
                                   MIQ_TRY(check_project_(session, actor.tenant_id, wanted.project_id));
                                 return AddGrant(session, actor, wanted, clock_.Now());
                               }));
  Changed(actor.tenant_id);
  return row;
}

Status Grants::Remove(const Actor& actor, const std::string& grant_id) {
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(RemoveGrant(session, actor, grant_id));
    return {};
  }));
  Changed(actor.tenant_id);
  return {};
}

}  // namespace migrateiq::core
