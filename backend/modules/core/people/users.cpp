#include "modules/core/people/users.hpp"

#include <algorithm>

#include "base/errors/api.hpp"
#include "modules/core/access.hpp"

namespace migrateiq::core {

namespace {

Result<UserRow> RequireUser(store::Session& session, const std::string& tenant_id, const std::string& user_id) {
  MIQ_ASSIGN(const auto user, FindUser(session, tenant_id, user_id));
  if (!user) return Fail(codes::kApiNotFound, "there is no such user");
  return *user;
}

bool IsOwner(const std::vector<std::string>& roles) {
  return std::find(roles.begin(), roles.end(), "owner") != roles.end();
}

/// Somebody must be able to manage the tenant.
Status KeepAnOwner(store::Session& session, const UserRow& user) {
  if (!IsOwner(user.roles) || user.state != "active") return {};
  MIQ_TRY(session.Serialise("owners:" + user.tenant_id));
  MIQ_ASSIGN(const int64_t owners, CountActiveWithRole(session, user.tenant_id, "owner"));
  if (owners <= 1) return Fail(codes::kApiState, "this is the last active owner; make another one first");
  return {};
}

Status MayManage(store::Session& session, const Actor& actor, const UserRow& user) {
  MIQ_ASSIGN(const auto held, PermissionsOfRoles(session, user.tenant_id, user.roles));
  return actor.MayGive(held);
}

Status ChangeRoles(store::Session& session, const Actor& actor, const UserRow& user,
                   const std::vector<std::string>& roles) {
  MIQ_TRY(CheckRolesExist(session, actor.tenant_id, roles));
  MIQ_ASSIGN(const auto wanted, PermissionsOfRoles(session, actor.tenant_id, roles));
  MIQ_TRY(actor.MayGive(wanted));
  if (!IsOwner(roles)) MIQ_TRY(KeepAnOwner(session, user));
  MIQ_TRY(SetUserRoles(session, actor.tenant_id, user.user_id, roles));
  return RaiseEpoch(session, actor.tenant_id);
}

Result<UserRow> Rename(store::Session& session, const UserRow& user, const std::string& name) {
  MIQ_TRY(
      session.Execute("UPDATE user_account SET name = $1, version = version + 1 "
                      "WHERE tenant_id = $2 AND user_id = $3",
                      name, user.tenant_id, user.user_id));
  return RequireUser(session, user.tenant_id, user.user_id);
}

}  // namespace

Result<std::vector<UserRow>> Users::List(const std::string& tenant_id, const std::optional<std::string>& state,
                                         const PageRequest& page) {
  return store_.ReadFor<std::vector<UserRow>>(store::Scope::Tenant(tenant_id), [&](store::Session& session) {
    return ListUsers(session, tenant_id, state, page);
  });
}

Result<UserRow> Users::Get(const std::string& tenant_id, const std::string& user_id) {
  return store_.ReadFor<UserRow>(store::Scope::Tenant(tenant_id),
                                 [&](store::Session& session) { return RequireUser(session, tenant_id, user_id); });
}

Result<UserRow> Users::Change(const Actor& actor, const std::string& user_id, const UserChange& change,
                              const VersionCheck& check) {
  MIQ_ASSIGN(
      UserRow changed,
      store_.WriteFor<UserRow>(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<UserRow> {
        MIQ_ASSIGN(const UserRow user, RequireUser(session, actor.tenant_id, user_id));
        MIQ_TRY(check(user.version));
        MIQ_TRY(MayManage(session, actor, user));
        if (change.roles) MIQ_TRY(ChangeRoles(session, actor, user, *change.roles));
        MIQ_TRY(AppendAudit(session, actor.tenant_id, actor.Entry("user.changed", "user", user_id)));
        return Rename(session, user, change.name.value_or(user.name));
      }));
  sessions_.Changed(actor.tenant_id);
  return changed;
}

Result<UserRow> Users::ChangeOwn(const Actor& actor, const std::string& name, const VersionCheck& check) {
  return store_.WriteFor<UserRow>(
      store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<UserRow> {
        MIQ_ASSIGN(const UserRow user, RequireUser(session, actor.tenant_id, actor.user_id));
        MIQ_TRY(check(user.version));
        MIQ_TRY(AppendAudit(session, actor.tenant_id, actor.Entry("user.changed", "user", actor.user_id)));
        return Rename(session, user, name);
      });
}

Result<UserRow> Users::SetActive(const Actor& actor, const std::string& user_id, bool active) {
  if (user_id == actor.user_id) return Fail(codes::kApiState, "nobody disables or enables themselves");
  MIQ_ASSIGN(
      UserRow changed,
      store_.WriteFor<UserRow>(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<UserRow> {
        MIQ_ASSIGN(const UserRow user, RequireUser(session, actor.tenant_id, user_id));
        MIQ_TRY(MayManage(session, actor, user));
        if (!active) MIQ_TRY(KeepAnOwner(session, user));
        MIQ_TRY(
            session.Execute("UPDATE user_account SET state = $1, version = version + 1 "
                            "WHERE tenant_id = $2 AND user_id = $3",
                            active ? "active" : "disabled", actor.tenant_id, user_id));
        if (!active)
          MIQ_TRY(Sessions::EndAll(session, actor.tenant_id, user_id, "the user was disabled", clock_.Now()));
        MIQ_TRY(AppendAudit(session, actor.tenant_id,
                            actor.Entry(active ? "user.enabled" : "user.disabled", "user", user_id)));
        return RequireUser(session, actor.tenant_id, user_id);
      }));
  sessions_.Ended(actor.tenant_id, user_id);
  return changed;
}

}  // namespace migrateiq::core
