#include "modules/core/people/teams.hpp"

#include <boost/json/object.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/access.hpp"
#include "modules/core/id_cursor.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kSelect =
    "SELECT t.team_id, t.name, t.version, (SELECT COUNT(*) FROM team_member m WHERE m.team_id = t.team_id), "
    "t.created_at FROM team t ";

TeamRow RowOf(const store::Row& row) {
  return {row.Text(0), row.Text(1), row.Integer(2), row.Integer(3), row.Integer(4)};
}

Result<TeamRow> RequireTeam(store::Session& session, const std::string& tenant_id, const std::string& team_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "WHERE t.tenant_id = $1 AND t.team_id = $2", tenant_id, team_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such team");
  return RowOf(rows[0]);
}

Status CheckNameIsFree(store::Session& session, const std::string& tenant_id, const std::string& name) {
  MIQ_TRY(session.Serialise("teams:" + tenant_id));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT 1 FROM team WHERE tenant_id = $1 AND name = $2", tenant_id, name));
  if (rows.empty()) return {};
  return Fail(codes::kApiConflict, "there is a team of the name '" + name + "'");
}

/// Who joins a team gets its grants.
Status MayGiveTeamGrants(store::Session& session, const Actor& actor, const std::string& team_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT DISTINCT role_id FROM project_grant WHERE tenant_id = $1 AND subject_kind = 'team' "
                           "AND subject_id = $2",
                           actor.tenant_id, team_id));
  std::vector<std::string> roles;
  for (const store::Row& row : rows) roles.push_back(row.Text(0));
  MIQ_ASSIGN(const auto permissions, PermissionsOfRoles(session, actor.tenant_id, roles));
  return actor.MayGive(permissions);
}

AuditEntry MemberEntry(const Actor& actor, const char* action, const std::string& team_id, const std::string& user_id) {
  AuditEntry entry = actor.Entry(action, "team", team_id);
  entry.details = JsonText(boost::json::object{{"user_id", user_id}});
  return entry;
}

}  // namespace

Result<std::vector<TeamRow>> Teams::List(const std::string& tenant_id, const PageRequest& page) {
  MIQ_ASSIGN(const MomentCursor after, ReadMomentCursor(page.cursor));
  return store_.ReadFor<std::vector<TeamRow>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<std::vector<TeamRow>> {
        MIQ_ASSIGN(const store::Rows rows,
                   session.Query(std::string(kSelect) + "WHERE t.tenant_id = $1 AND (t.created_at > $2 OR "
                                                        "(t.created_at = $2 AND t.team_id > $3)) "
                                                        "ORDER BY t.created_at, t.team_id LIMIT $4",
                                 tenant_id, after.moment, after.id, page.limit + 1));
        std::vector<TeamRow> teams;
        for (const store::Row& row : rows) teams.push_back(RowOf(row));
        return teams;
      });
}

Result<TeamRow> Teams::Get(const std::string& tenant_id, const std::string& team_id) {
  return store_.ReadFor<TeamRow>(store::Scope::Tenant(tenant_id),
                                 [&](store::Session& session) { return RequireTeam(session, tenant_id, team_id); });
}

Result<TeamRow> Teams::Create(const Actor& actor, const std::string& name) {
  return store_.WriteFor<TeamRow>(
      store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<TeamRow> {
        MIQ_TRY(CheckNameIsFree(session, actor.tenant_id, name));
        const std::string team_id = NewId();
        MIQ_TRY(session.Execute(
            "INSERT INTO team (team_id, tenant_id, name, version, created_at) VALUES ($1, $2, $3, 1, $4)", team_id,
            actor.tenant_id, name, clock_.Now()));
        MIQ_TRY(AppendAudit(session, actor.tenant_id, actor.Entry("team.created", "team", team_id)));
        return RequireTeam(session, actor.tenant_id, team_id);
      });
}

Result<TeamRow> Teams::Rename(const Actor& actor, const std::string& team_id, const std::string& name,
                              const VersionCheck& check) {
  return store_.WriteFor<TeamRow>(
      store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<TeamRow> {
        MIQ_ASSIGN(const TeamRow row, RequireTeam(session, actor.tenant_id, team_id));
        MIQ_TRY(check(row.version));
        if (row.name != name) MIQ_TRY(CheckNameIsFree(session, actor.tenant_id, name));
        MIQ_TRY(
            session.Execute("UPDATE team SET name = $1, version = version + 1 WHERE tenant_id = $2 AND team_id = $3",
                            name, actor.tenant_id, team_id));
        MIQ_TRY(AppendAudit(session, actor.tenant_id, actor.Entry("team.changed", "team", team_id)));
        return RequireTeam(session, actor.tenant_id, team_id);
      });
}

Status Teams::Remove(const Actor& actor, const std::string& team_id, const VersionCheck& check) {
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const TeamRow row, RequireTeam(session, actor.tenant_id, team_id));
    MIQ_TRY(check(row.version));
    MIQ_TRY(
        session.Execute("DELETE FROM project_grant WHERE tenant_id = $1 AND subject_kind = 'team' AND subject_id = $2",
                        actor.tenant_id, team_id));
    MIQ_TRY(session.Execute("DELETE FROM team WHERE tenant_id = $1 AND team_id = $2", actor.tenant_id, team_id));
    MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
    return AppendAudit(session, actor.tenant_id, actor.Entry("team.removed", "team", team_id));
  }));
  cache_.Forget(actor.tenant_id);
  return {};
}

Result<std::vector<std::string>> Teams::Members(const std::string& tenant_id, const std::string& team_id,
                                                const PageRequest& page) {
  MIQ_ASSIGN(const std::string after, IdAfter(page.cursor));
  return store_.ReadFor<std::vector<std::string>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<std::vector<std::string>> {
        MIQ_TRY(RequireTeam(session, tenant_id, team_id));
        MIQ_ASSIGN(const store::Rows rows,
                   session.Query("SELECT user_id FROM team_member WHERE tenant_id = $1 AND team_id = $2 "
                                 "AND user_id > $3 ORDER BY user_id LIMIT $4",
                                 tenant_id, team_id, after, page.limit + 1));
        std::vector<std::string> users;
        for (const store::Row& row : rows) users.push_back(row.Text(0));
        return users;
      });
}

Status Teams::AddMember(const Actor& actor, const std::string& team_id, const std::string& user_id) {
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(RequireTeam(session, actor.tenant_id, team_id));
    MIQ_TRY(MayGiveTeamGrants(session, actor, team_id));
    MIQ_ASSIGN(const auto access, ReadUserAccess(session, actor.tenant_id, user_id));
    if (!access) return Fail(codes::kApiNotFound, "there is no such user");
    MIQ_TRY(session.Execute(
        "INSERT INTO team_member (tenant_id, team_id, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        actor.tenant_id, team_id, user_id));
    MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
    return AppendAudit(session, actor.tenant_id, MemberEntry(actor, "team.member_added", team_id, user_id));
  }));
  cache_.Forget(actor.tenant_id);
  return {};
}

Status Teams::RemoveMember(const Actor& actor, const std::string& team_id, const std::string& user_id) {
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const int64_t removed,
               session.Execute("DELETE FROM team_member WHERE tenant_id = $1 AND team_id = $2 AND user_id = $3",
                               actor.tenant_id, team_id, user_id));
    if (removed == 0) return Fail(codes::kApiNotFound, "the team has no such member");
    MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
    return AppendAudit(session, actor.tenant_id, MemberEntry(actor, "team.member_removed", team_id, user_id));
  }));
  cache_.Forget(actor.tenant_id);
  return {};
}

}  // namespace migrateiq::core
