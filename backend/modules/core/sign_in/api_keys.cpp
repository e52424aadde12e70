#include "modules/core/sign_in/api_keys.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/json_list.hpp"
#include "modules/core/people/tenants.hpp"
#include "modules/core/permission.hpp"
#include "modules/core/sign_in/hashed_token.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kPrefix = "miq_";
constexpr std::string_view kColumns =
    "key_id, tenant_id, user_id, name, permissions, created_at, expires_at, last_used_at, revoked_at";

ApiKeyRow RowOf(const store::Row& row) {
  return {row.Text(0),
          row.Text(1),
          row.Text(2),
          row.Text(3),
          ParseJsonList(row.Text(4)),
          row.Integer(5),
          row.OptionalInteger(6),
          row.OptionalInteger(7),
          row.OptionalInteger(8)};
}

Result<int64_t> KeysInUse(store::Session& session, const std::string& tenant_id, Micros now) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT COUNT(*) FROM api_key WHERE tenant_id = $1 AND revoked_at IS NULL AND (expires_at IS "
                    "NULL OR expires_at > $2)",
                    tenant_id, now));
  return rows.at(0).Integer(0);
}

std::unexpected<Error> Unknown() { return Fail(codes::kApiUnauthenticated, "the API key is not valid"); }

}  // namespace

Result<ApiKeys::Made> ApiKeys::Make(const Actor& actor, const NewApiKey& wanted) {
  MIQ_TRY(CheckPermissionNames(wanted.permissions));
  MIQ_TRY(actor.MayGive(wanted.permissions));
  const Micros now = clock_.Now();
  if (wanted.expires_at && *wanted.expires_at <= now)
    return Fail(Error(codes::kApiField, "expires_at lies in the past").At("/expires_at"));
  const std::string secret = RandomToken();
  ApiKeyRow row{NewId(), actor.tenant_id, actor.user_id, wanted.name, wanted.permissions, now, wanted.expires_at};
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(RequireQuota(session, row.tenant_id, "api_keys",
                         [&](store::Session& counting) { return KeysInUse(counting, row.tenant_id, now); }));
    MIQ_TRY(session.Execute(
        "INSERT INTO api_key (key_id, tenant_id, user_id, name, secret_hash, permissions, created_at, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.key_id, row.tenant_id, row.user_id, row.name, HashedToken(secret), JsonListText(row.permissions), now,
        row.expires_at));
    return AppendAudit(session, actor.tenant_id, actor.Entry("api_key.created", "api_key", row.key_id));
  }));
  return Made{row, std::string(kPrefix) + row.key_id + "_" + secret};
}

Result<std::vector<ApiKeyRow>> ApiKeys::List(const std::string& tenant_id, const PageRequest& page) {
  MIQ_ASSIGN(const MomentCursor after, ReadMomentCursor(page.cursor));
  return store_.ReadFor<std::vector<ApiKeyRow>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<std::vector<ApiKeyRow>> {
        const std::string sql = "SELECT " + std::string(kColumns) +
                                " FROM api_key WHERE tenant_id = $1 AND revoked_at IS NULL AND (created_at > $2 OR "
                                "(created_at = $2 AND key_id > $3)) ORDER BY created_at, key_id LIMIT $4";
        MIQ_ASSIGN(const store::Rows rows, session.Query(sql, tenant_id, after.moment, after.id, page.limit + 1));
        std::vector<ApiKeyRow> keys;
        for (const store::Row& row : rows) keys.push_back(RowOf(row));
        return keys;
      });
}

Status ApiKeys::Revoke(const Actor& actor, const std::string& key_id) {
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const int64_t changed,
               session.Execute("UPDATE api_key SET revoked_at = $1 WHERE tenant_id = $2 AND key_id = $3 "
                               "AND revoked_at IS NULL",
                               clock_.Now(), actor.tenant_id, key_id));
    if (changed == 0) return Fail(codes::kApiNotFound, "there is no such API key");
    MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
    return AppendAudit(session, actor.tenant_id, actor.Entry("api_key.revoked", "api_key", key_id));
  }));
  cache_.Forget(actor.tenant_id);
  return {};
}

Result<ApiKeyRow> ApiKeys::Find(const std::string& text) {
  const size_t separator = text.find('_', kPrefix.size());
  if (!text.starts_with(kPrefix) || separator == text.npos || text.size() > 200) return Unknown();
  const std::string key_id = text.substr(kPrefix.size(), separator - kPrefix.size());
  std::optional<ApiKeyRow> found;
  std::string hash;
  MIQ_TRY(store_.Read(store::Scope::System(), [&](store::Session& session) -> Status {
    const std::string sql = "SELECT " + std::string(kColumns) + ", secret_hash FROM api_key WHERE key_id = $1";
    MIQ_ASSIGN(const store::Rows rows, session.Query(sql, key_id));
    if (rows.empty()) return {};
    found = RowOf(rows[0]);
    hash = rows[0].Text(9);
    return {};
  }));
  if (!found || !EqualInConstantTime(hash, HashedToken(text.substr(separator + 1)))) return Unknown();
  if (found->revoked_at || (found->expires_at && *found->expires_at <= clock_.Now())) return Unknown();
  return *found;
}

Status ApiKeys::Touch(const ApiKeyRow& row) {
  return store_.Write(store::Scope::Tenant(row.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("UPDATE api_key SET last_used_at = $1 WHERE tenant_id = $2 AND key_id = $3", clock_.Now(),
                            row.tenant_id, row.key_id));
    return {};
  });
}

}  // namespace migrateiq::core
