#include "modules/core/sign_in/sign_in.hpp"

#include "base/errors/api.hpp"
#include "modules/core/access.hpp"
#include "modules/core/sign_in/system_tenant.hpp"

namespace migrateiq::core {

namespace {

AuditEntry LoginEntry(const std::string& user_id, const std::string& name, const ClientInfo& client, std::string action,
                      std::string outcome) {
  AuditEntry entry;
  entry.actor_id = user_id;
  entry.actor = name;
  entry.action = std::move(action);
  entry.object_type = "user";
  entry.object_id = user_id;
  entry.outcome = std::move(outcome);
  entry.address = client.address;
  entry.request_id = client.request_id;
  return entry;
}

}  // namespace

Result<std::optional<UserRow>> SignIn::ActiveUser(const std::string& email) {
  using Found = std::optional<UserRow>;
  return parts_.store.ReadFor<Found>(store::Scope::System(), [&](store::Session& session) -> Result<Found> {
    MIQ_ASSIGN(Found user, FindUserByEmail(session, email));
    if (!user) return user;
    MIQ_ASSIGN(const auto access, ReadUserAccess(session, user->tenant_id, user->user_id));
    return access && access->active ? user : Found();
  });
}

std::unexpected<Error> SignIn::Refuse(const std::string& email, const std::optional<UserRow>& user,
                                      const ClientInfo& client) {
  const std::string tenant_id = user ? user->tenant_id : kDefaultTenant;
  const AuditEntry entry = LoginEntry(user ? user->user_id : "", email, client, "login.failed", "denied");
  const Status counted = parts_.guard.Failed(email, client.address);
  const Status logged = parts_.store.Write(
      store::Scope::System(), [&](store::Session& session) { return AppendAudit(session, tenant_id, entry); });
  // What cannot be counted or recorded is not tried any further either.
  if (!counted) return Fail(counted.error());
  if (!logged) return Fail(logged.error());
  return Fail(codes::kAuthCredentials, "e-mail, password or code is wrong");
}

Result<UserRow> SignIn::CheckPassword(const std::string& email, const std::string& password, const ClientInfo& client) {
  MIQ_TRY(parts_.guard.Check(email, client.address));
  MIQ_ASSIGN(const auto user, ActiveUser(email));
  if (!parts_.hasher.Verify(password, user ? user->password_hash : "")) return Refuse(email, user, client);
  return *user;
}

Status SignIn::CheckCode(const UserRow& user, const std::optional<std::string>& code, const ClientInfo& client) {
  MIQ_ASSIGN(const bool enrolled, parts_.totp.IsEnrolled(user.tenant_id, user.user_id));
  if (!enrolled) return {};
  if (!code) return Fail(codes::kAuthTotpRequired, "a code of your authenticator is needed");
  MIQ_ASSIGN(const bool right, parts_.totp.Use(user.tenant_id, user.user_id, *code));
  if (!right) return Refuse(user.email, user, client);
  return {};
}

Status SignIn::Rehash(const UserRow& user, const std::string& password) {
  if (!parts_.hasher.IsOutdated(user.password_hash)) return {};
  const std::string hash = parts_.hasher.Hash(password);
  return parts_.store.Write(store::Scope::Tenant(user.tenant_id), [&](store::Session& session) {
    return SetPasswordHash(session, user.tenant_id, user.user_id, hash);
  });
}

Result<TokenSet> SignIn::Login(const Credentials& credentials, const ClientInfo& client) {
  MIQ_ASSIGN(const UserRow user, CheckPassword(credentials.email, credentials.password, client));
  MIQ_TRY(CheckCode(user, credentials.code, client));
  MIQ_TRY(parts_.guard.Succeeded(user.email));
  MIQ_TRY(Rehash(user, credentials.password));
  return parts_.sessions.Open(user.tenant_id, user.user_id, client,
                              LoginEntry(user.user_id, user.name + " <" + user.email + ">", client, "login", "ok"));
}

Status SignIn::StepUp(const Actor& actor, const std::optional<std::string>& password,
                      const std::optional<std::string>& code) {
  if (actor.session_id.empty()) return Fail(codes::kApiState, "an API key cannot prove who uses it");
  MIQ_ASSIGN(const auto user, parts_.store.ReadFor<std::optional<UserRow>>(
                                  store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) {
                                    return FindUser(session, actor.tenant_id, actor.user_id);
                                  }));
  if (!user) return Fail(codes::kApiUnauthenticated, "there is no such user");
  const ClientInfo client{actor.address, "", actor.request_id};
  MIQ_ASSIGN(const bool enrolled, parts_.totp.IsEnrolled(actor.tenant_id, actor.user_id));
  if (enrolled) {
    MIQ_TRY(parts_.guard.Check(user->email, client.address));
    MIQ_TRY(CheckCode(*user, code, client));
  } else {
    MIQ_TRY(CheckPassword(user->email, password.value_or(""), client));
  }
  return parts_.sessions.StepUp(actor);
}

}  // namespace migrateiq::core
