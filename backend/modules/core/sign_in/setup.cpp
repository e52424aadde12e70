#include "modules/core/sign_in/setup.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/people/user_store.hpp"
#include "modules/core/sign_in/hashed_token.hpp"
#include "modules/core/sign_in/system_tenant.hpp"

namespace migrateiq::core {

namespace {

constexpr const char* kPurpose = "setup";
constexpr Micros kTokenLife = kDay;

Result<bool> HasUsers(store::Session& session) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT 1 FROM user_account LIMIT 1"));
  return !rows.empty();
}

AuditEntry OwnerEntry(const std::string& user_id, const std::string& email, const std::string& address) {
  AuditEntry entry;
  entry.actor_id = user_id;
  entry.actor = email;
  entry.action = "owner.created";
  entry.object_type = "user";
  entry.object_id = user_id;
  entry.address = address;
  return entry;
}

}  // namespace

Result<bool> Setup::IsNeeded() {
  return store_.ReadFor<bool>(store::Scope::System(), [](store::Session& session) -> Result<bool> {
    MIQ_ASSIGN(const bool has_users, HasUsers(session));
    return !has_users;
  });
}

Result<std::optional<std::string>> Setup::NewToken() {
  using Token = std::optional<std::string>;
  return store_.WriteFor<Token>(store::Scope::System(), [&](store::Session& session) -> Result<Token> {
    MIQ_ASSIGN(const bool has_users, HasUsers(session));
    if (has_users) return Token();
    return MakeOneTimeToken(session, {kDefaultTenant, kPurpose, "owner"}, clock_.Now(), kTokenLife);
  });
}

Result<std::string> Setup::Insert(store::Session& session, const Owner& owner, const std::string& hash,
                                  const std::string& address) {
  const std::string user_id = NewId();
  MIQ_TRY(
      session.Execute("INSERT INTO tenant (tenant_id, name, slug, plan, state, quotas, version, created_at) "
                      "VALUES ($1, $2, $1, 'unlimited', 'active', '{}', 1, $3) ON CONFLICT DO NOTHING",
                      kDefaultTenant, owner.tenant_name, clock_.Now()));
  UserRow user{user_id, kDefaultTenant, owner.email, owner.name, hash, "active"};
  user.created_at = clock_.Now();
  user.roles = {"owner"};
  MIQ_TRY(InsertUser(session, user));
  MIQ_TRY(AppendAudit(session, kDefaultTenant, OwnerEntry(user_id, owner.email, address)));
  return user_id;
}

Result<TokenSet> Setup::Run(const std::string& token, const Owner& owner, const ClientInfo& client) {
  MIQ_TRY(CheckOneTimeToken(store_, kPurpose, token, clock_.Now()));
  MIQ_TRY(CheckNewPassword(owner.password, owner.email, owner.name));
  const std::string hash = hasher_.Hash(owner.password);
  MIQ_ASSIGN(const std::string user_id,
             store_.WriteFor<std::string>(store::Scope::System(), [&](store::Session& session) -> Result<std::string> {
               MIQ_TRY(UseOneTimeToken(session, kPurpose, token, clock_.Now()));
               MIQ_ASSIGN(const bool has_users, HasUsers(session));
               if (has_users) return Fail(codes::kApiState, "there is an administrator already");
               return Insert(session, owner, hash, client.address);
             }));
  AuditEntry entry = OwnerEntry(user_id, owner.email, client.address);
  entry.action = "login";
  return sessions_.Open(kDefaultTenant, user_id, client, entry);
}

Result<std::string> Setup::CreateOwner(const Owner& owner) {
  MIQ_TRY(CheckNewPassword(owner.password, owner.email, owner.name));
  const std::string hash = hasher_.Hash(owner.password);
  return store_.WriteFor<std::string>(
      store::Scope::System(), [&](store::Session& session) { return Insert(session, owner, hash, "command line"); });
}

}  // namespace migrateiq::core
