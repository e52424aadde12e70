#include "modules/projects/team/members.hpp"

#include "base/errors/api.hpp"
#include "modules/core/access.hpp"
#include "modules/core/people/grants.hpp"
#include "modules/core/permission.hpp"
#include "modules/projects/project_store.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

constexpr const char* kSelect =
    "SELECT g.grant_id, g.subject_kind, g.subject_id, COALESCE(u.name, t.name), COALESCE(u.email, ''), g.role_id, "
    "g.created_at FROM project_grant g LEFT JOIN user_account u ON g.subject_kind = 'user' AND u.user_id = "
    "g.subject_id "
    "AND u.tenant_id = g.tenant_id LEFT JOIN team t ON g.subject_kind = 'team' AND t.team_id = g.subject_id AND "
    "t.tenant_id = g.tenant_id WHERE g.tenant_id = $1 AND g.project_id = $2 ";

std::string WordOf(MemberKind kind) { return kind == MemberKind::user ? "user" : "team"; }

MemberRow Read(const store::Row& row) {
  return {row.Text(0),   row.Text(1) == "user" ? MemberKind::user : MemberKind::team,
          row.Text(2),   row.Text(3),
          row.Text(4),   row.Text(5),
          row.Integer(6)};
}

/// What the role gives in a project must be the actor's own, in the tenant or in this project.
Status MayGive(Session& session, Actor actor, const std::string& project_id, const std::string& role_id) {
  MIQ_TRY(core::CheckRolesExist(session, actor.tenant_id, {role_id}));
  MIQ_ASSIGN(const auto wanted, core::PermissionsOfRoles(session, actor.tenant_id, {role_id}));
  MIQ_ASSIGN(const auto granted, core::ReadProjectPermissions(session, actor.tenant_id, actor.user_id, project_id));
  actor.permissions.insert(actor.permissions.end(), granted.begin(), granted.end());
  std::vector<std::string> in_project;
  for (const core::Permission& permission : core::AllPermissions()) {
    if (permission.in_project && core::Holds(wanted, permission.name)) in_project.emplace_back(permission.name);
  }
  return actor.MayGive(in_project);
}

Result<MemberRow> RequireMember(Session& session, const std::string& tenant_id, const std::string& project_id,
                                const std::string& grant_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "AND g.grant_id = $3", tenant_id, project_id, grant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such member");
  return Read(rows[0]);
}

}  // namespace

Result<std::vector<MemberRow>> Members::List(const std::string& tenant_id, const std::string& project_id) {
  using Rows = std::vector<MemberRow>;
  return store_.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<Rows> {
    MIQ_TRY(RequireProject(session, tenant_id, project_id));
    MIQ_ASSIGN(
        const store::Rows rows,
        session.Query(std::string(kSelect) + "ORDER BY g.created_at, g.grant_id LIMIT 1000", tenant_id, project_id));
    Rows members;
    for (const store::Row& row : rows) members.push_back(Read(row));
    return members;
  });
}

Result<MemberRow> Members::Add(const Actor& actor, const std::string& project_id, MemberKind kind,
                               const std::string& subject_id, const std::string& role_id) {
  MIQ_ASSIGN(MemberRow added,
             store_.WriteFor<MemberRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<MemberRow> {
               MIQ_TRY(LockProject(session, actor.tenant_id, project_id));
               MIQ_TRY(MayGive(session, actor, project_id, role_id));
               const core::GrantRow wanted{.grant_id = {},
                                           .project_id = project_id,
                                           .subject_kind = WordOf(kind),
                                           .subject_id = subject_id,
                                           .role_id = role_id};
               MIQ_ASSIGN(const core::GrantRow grant, core::AddGrant(session, actor, wanted, clock_.Now()));
               return RequireMember(session, actor.tenant_id, project_id, grant.grant_id);
             }));
  access_.Forget(actor.tenant_id);
  events_.Tell(project_id, "member.changed", actor, {{"subject_id", subject_id}});
  return added;
}

Status Members::Remove(const Actor& actor, const std::string& project_id, const std::string& grant_id) {
  MIQ_TRY(store_.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(LockProject(session, actor.tenant_id, project_id));
    MIQ_TRY(RequireMember(session, actor.tenant_id, project_id, grant_id));
    MIQ_TRY(core::RemoveGrant(session, actor, grant_id));
    return {};
  }));
  access_.Forget(actor.tenant_id);
  events_.Tell(project_id, "member.changed", actor, {{"grant_id", grant_id}});
  return {};
}

}  // namespace migrateiq::projects
