#include "modules/core/people/invitations.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/access.hpp"
#include "modules/core/json_list.hpp"
#include "modules/core/notify/outbox.hpp"
#include "modules/core/people/tenants.hpp"
#include "modules/core/people/user_store.hpp"
#include "modules/core/sign_in/hashed_token.hpp"

namespace migrateiq::core {

namespace {

constexpr const char* kPurpose = "invitation";
constexpr Micros kLife = 7 * kDay;
constexpr std::string_view kSelect =
    "SELECT invitation_id, tenant_id, email, roles, invited_by, state, created_at, expires_at FROM invitation ";

InvitationRow RowOf(const store::Row& row) {
  return {row.Text(0), row.Text(1), row.Text(2),    ParseJsonList(row.Text(3)),
          row.Text(4), row.Text(5), row.Integer(6), row.Integer(7)};
}

Result<int64_t> CountUsers(store::Session& session, const std::string& tenant_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT COUNT(*) FROM user_account WHERE tenant_id = $1", tenant_id));
  return rows.at(0).Integer(0);
}

Result<std::optional<InvitationRow>> FindOpen(store::Session& session, const std::string& tenant_id,
                                              const std::string& invitation_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND invitation_id = $2 AND state = 'open'",
                           tenant_id, invitation_id));
  if (rows.empty()) return std::nullopt;
  return RowOf(rows[0]);
}

Status SetState(store::Session& session, const std::string& tenant_id, const std::string& invitation_id,
                const std::string& state) {
  MIQ_TRY(session.Execute("UPDATE invitation SET state = $1 WHERE tenant_id = $2 AND invitation_id = $3", state,
                          tenant_id, invitation_id));
  return {};
}

Status InsertRow(store::Session& session, const InvitationRow& row) {
  MIQ_TRY(session.Execute(
      "INSERT INTO invitation (invitation_id, tenant_id, email, roles, invited_by, state, created_at, expires_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      row.invitation_id, row.tenant_id, row.email, JsonListText(row.roles), row.invited_by, row.state, row.created_at,
      row.expires_at));
  return {};
}

std::string MailText(const std::string& inviter, const std::string& link) {
  return "Hello,\n\n" + inviter + " invites you to MigrateIQ. This link works once, for a week:\n\n" + link + "\n";
}

AuditEntry AcceptedEntry(const UserRow& user, const std::string& invitation_id, const ClientInfo& client) {
  AuditEntry entry;
  entry.actor_id = user.user_id;
  entry.actor = user.email;
  entry.action = "invitation.accepted";
  entry.object_type = "invitation";
  entry.object_id = invitation_id;
  entry.address = client.address;
  entry.request_id = client.request_id;
  return entry;
}

}  // namespace

Result<Invitations::Made> Invitations::Insert(const Actor& actor, InvitationRow row) {
  row.invitation_id = NewId();
  row.invited_by = actor.id;
  row.state = "open";
  row.created_at = parts_.clock.Now();
  row.expires_at = row.created_at + kLife;
  const std::string token = RandomToken();
  // Behind the #, so that it gets into no server's log.
  const std::string link = parts_.options.public_url + "/accept-invitation#token=" + token;
  const bool mails = !parts_.options.smtp_url.empty();
  MIQ_ASSIGN(const SealedItem mail, SealItem(parts_.vault, {row.tenant_id, std::nullopt, "mail", row.email,
                                                            "An invitation", MailText(actor.name, link)}));
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(row.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(RequireQuota(session, row.tenant_id, "users",
                         [&](store::Session& counting) { return CountUsers(counting, row.tenant_id); }));
    MIQ_TRY(InsertRow(session, row));
    MIQ_TRY(KeepOneTimeToken(session, {row.tenant_id, kPurpose, row.invitation_id}, token, row.created_at, kLife));
    if (mails) MIQ_TRY(Enqueue(session, mail, row.created_at));
    return AppendAudit(session, row.tenant_id, actor.Entry("invitation.created", "invitation", row.invitation_id));
  }));
  return Made{row, mails ? "" : link};
}

Result<Invitations::Made> Invitations::Create(const Actor& actor, const std::string& email,
                                              const std::vector<std::string>& roles) {
  MIQ_TRY(parts_.store.Read(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(CheckRolesExist(session, actor.tenant_id, roles));
    MIQ_ASSIGN(const auto permissions, PermissionsOfRoles(session, actor.tenant_id, roles));
    return actor.MayGive(permissions);
  }));
  return Insert(actor, {"", actor.tenant_id, email, roles});
}

Result<Invitations::Made> Invitations::CreateFor(const Actor& acting, const std::string& tenant_id,
                                                 const std::string& email) {
  MIQ_TRY(Tenants::RequireOperator(acting));
  return Insert(acting, {"", tenant_id, email, {"owner"}});
}

Result<std::vector<InvitationRow>> Invitations::List(const std::string& tenant_id, const PageRequest& page) {
  MIQ_ASSIGN(const MomentCursor after, ReadMomentCursor(page.cursor));
  return parts_.store.ReadFor<std::vector<InvitationRow>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<std::vector<InvitationRow>> {
        MIQ_ASSIGN(const store::Rows rows,
                   session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND state = 'open' AND (created_at > $2 "
                                                        "OR (created_at = $2 AND invitation_id > $3)) "
                                                        "ORDER BY created_at, invitation_id LIMIT $4",
                                 tenant_id, after.moment, after.id, page.limit + 1));
        std::vector<InvitationRow> invitations;
        for (const store::Row& row : rows) invitations.push_back(RowOf(row));
        return invitations;
      });
}

Status Invitations::Revoke(const Actor& actor, const std::string& invitation_id) {
  return parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const auto row, FindOpen(session, actor.tenant_id, invitation_id));
    if (!row) return Fail(codes::kApiNotFound, "there is no such open invitation");
    MIQ_TRY(SetState(session, actor.tenant_id, invitation_id, "revoked"));
    return AppendAudit(session, actor.tenant_id, actor.Entry("invitation.revoked", "invitation", invitation_id));
  });
}

Status Invitations::Accept(const std::string& token, const std::string& name, const std::string& password,
                           const ClientInfo& client) {
  const Micros now = parts_.clock.Now();
  MIQ_TRY(CheckOneTimeToken(parts_.store, kPurpose, token, now));
  MIQ_TRY(CheckNewPassword(password, "", name));
  const std::string hash = parts_.hasher.Hash(password);
  return parts_.store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const OneTimeToken used, UseOneTimeToken(session, kPurpose, token, now));
    MIQ_ASSIGN(const auto invitation, FindOpen(session, used.tenant_id, used.subject));
    if (!invitation) return Fail(codes::kAuthToken, "the invitation was revoked");
    MIQ_TRY(CheckNewPassword(password, invitation->email, name));
    UserRow user{NewId(), used.tenant_id, invitation->email, name, hash, "active"};
    user.created_at = now;
    user.roles = invitation->roles;
    MIQ_TRY(RequireQuota(session, used.tenant_id, "users",
                         [&](store::Session& counting) { return CountUsers(counting, used.tenant_id); }));
    MIQ_TRY(InsertUser(session, user));
    MIQ_TRY(SetState(session, used.tenant_id, used.subject, "accepted"));
    return AppendAudit(session, used.tenant_id, AcceptedEntry(user, used.subject, client));
  });
}

}  // namespace migrateiq::core
