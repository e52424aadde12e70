#include "modules/core/sign_in/passwords.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/access.hpp"
#include "modules/core/notify/outbox.hpp"
#include "modules/core/sign_in/hashed_token.hpp"
#include "modules/core/sign_in/system_tenant.hpp"

namespace migrateiq::core {

namespace {

constexpr const char* kPurpose = "reset";
constexpr Micros kLinkLife = kHour;

AuditEntry ResetEntry(const UserRow& user, const ClientInfo& client, std::string action) {
  AuditEntry entry;
  entry.actor_id = user.user_id;
  entry.actor = user.email;
  entry.action = std::move(action);
  entry.object_type = "user";
  entry.object_id = user.user_id;
  entry.address = client.address;
  entry.request_id = client.request_id;
  return entry;
}

std::string MailText(const UserRow& user, const std::string& link) {
  return "Hello " + user.name +
         ",\n\nsomebody, hopefully you, asked for a new password. This link works once, for an "
         "hour:\n\n" +
         link + "\n\nIf it was not you, nothing needs to be done.\n";
}

}  // namespace

std::string Passwords::Link(const std::string& token) const {
  // Behind the #, so that it gets into no server's log.
  return parts_.options.public_url + "/reset-password#token=" + token;
}

Result<std::optional<UserRow>> Passwords::UserOf(const std::string& tenant_id, const std::string& user_id) {
  return parts_.store.ReadFor<std::optional<UserRow>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) { return FindUser(session, tenant_id, user_id); });
}

Status Passwords::Set(store::Session& session, const UserRow& user, const std::string& hash, const AuditEntry& entry,
                      const std::string& except_session) {
  MIQ_TRY(SetPasswordHash(session, user.tenant_id, user.user_id, hash));
  MIQ_TRY(Sessions::EndAll(session, user.tenant_id, user.user_id, "the password was changed", parts_.clock.Now(),
                           except_session));
  return AppendAudit(session, user.tenant_id, entry);
}

Status Passwords::Change(const Actor& actor, const std::string& old_password, const std::string& new_password) {
  MIQ_ASSIGN(const auto user, UserOf(actor.tenant_id, actor.user_id));
  if (!user) return Fail(codes::kApiUnauthenticated, "there is no such user");
  MIQ_TRY(parts_.sign_in.CheckPassword(user->email, old_password, {actor.address, "", actor.request_id}));
  MIQ_TRY(CheckNewPassword(new_password, user->email, user->name));
  const std::string hash = parts_.hasher.Hash(new_password);
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) {
    return Set(session, *user, hash, actor.Entry("password.changed", "user", actor.user_id), actor.session_id);
  }));
  parts_.sessions.Ended(actor.tenant_id, actor.user_id);
  return {};
}

Status Passwords::Forgot(const std::string& email, const ClientInfo& client) {
  const Micros now = parts_.clock.Now();
  MIQ_ASSIGN(const auto found,
             parts_.store.ReadFor<std::optional<UserRow>>(
                 store::Scope::System(), [&](store::Session& session) { return FindUserByEmail(session, email); }));
  const bool known = found && found->state == "active";
  // For nobody the same is done, so that the time tells nothing; only the mail is dropped.
  const UserRow user = known ? *found : UserRow{"", kDefaultTenant, email, email};
  const OneTimeToken purpose{user.tenant_id, known ? kPurpose : "nobody", user.user_id};
  const std::string token = RandomToken();
  OutboxItem mail{user.tenant_id, std::nullopt, "mail", user.email, "A new password", MailText(user, Link(token))};
  MIQ_ASSIGN(const SealedItem sealed, SealItem(parts_.vault, std::move(mail)));
  const bool sends = known && !parts_.options.smtp_url.empty();
  return parts_.store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(AppendAudit(session, user.tenant_id, ResetEntry(user, client, "password.forgotten")));
    MIQ_TRY(KeepOneTimeToken(session, purpose, token, now, kLinkLife));
    return Enqueue(session, sealed, now, sends ? "waiting" : "dropped");
  });
}

Result<std::string> Passwords::ResetLink(const Actor& actor, const std::string& user_id) {
  MIQ_ASSIGN(
      const std::string token,
      parts_.store.WriteFor<std::string>(
          store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<std::string> {
            MIQ_ASSIGN(const auto access, ReadUserAccess(session, actor.tenant_id, user_id));
            if (!access) return Fail(codes::kApiNotFound, "there is no such user");
            MIQ_TRY(actor.MayGive(access->permissions));
            MIQ_TRY(AppendAudit(session, actor.tenant_id, actor.Entry("password.reset_link", "user", user_id)));
            return MakeOneTimeToken(session, {actor.tenant_id, kPurpose, user_id}, parts_.clock.Now(), kLinkLife);
          }));
  return Link(token);
}

Status Passwords::Reset(const std::string& token, const std::string& new_password, const ClientInfo& client) {
  const Micros now = parts_.clock.Now();
  MIQ_TRY(CheckOneTimeToken(parts_.store, kPurpose, token, now));
  // The password is judged before the token is used up, so that a bad choice can be corrected.
  MIQ_TRY(CheckNewPassword(new_password, "", ""));
  const std::string hash = parts_.hasher.Hash(new_password);
  std::optional<UserRow> user;
  MIQ_TRY(parts_.store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const OneTimeToken used, UseOneTimeToken(session, kPurpose, token, now));
    MIQ_ASSIGN(user, FindUser(session, used.tenant_id, used.subject));
    if (!user) return Fail(codes::kAuthToken, "the token is not valid, was used or has expired");
    MIQ_TRY(CheckNewPassword(new_password, user->email, user->name));
    return Set(session, *user, hash, ResetEntry(*user, client, "password.reset"), "");
  }));
  parts_.sessions.Ended(user->tenant_id, user->user_id);
  return {};
}

}  // namespace migrateiq::core
