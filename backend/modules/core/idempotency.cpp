#include "modules/core/idempotency.hpp"

#include "base/encoding.hpp"

namespace migrateiq::core {

namespace {

constexpr Micros kLife = kDay;

using Saved = http::IdempotencyStore::Saved;

std::string SealContext(const http::Principal& principal, const std::string& key) {
  return "idempotency:" + principal.subject() + ":" + key;
}

Result<std::optional<Saved>> Claim(store::Session& session, const http::Principal& principal, const std::string& key,
                                   const std::string& fingerprint, Micros now) {
  MIQ_TRY(
      session.Execute("DELETE FROM idempotency WHERE tenant_id = $1 AND subject = $2 AND request_key = $3 "
                      "AND created_at < $4",
                      principal.tenant_id, principal.subject(), key, now - kLife));
  MIQ_ASSIGN(
      const int64_t inserted,
      session.Execute("INSERT INTO idempotency (tenant_id, subject, request_key, fingerprint, status, body, etag, "
                      "location, created_at) VALUES ($1, $2, $3, $4, 0, '', '', '', $5) ON CONFLICT DO NOTHING",
                      principal.tenant_id, principal.subject(), key, fingerprint, now));
  if (inserted == 1) return std::nullopt;
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT fingerprint, status, body, etag, location FROM idempotency "
                                                   "WHERE tenant_id = $1 AND subject = $2 AND request_key = $3",
                                                   principal.tenant_id, principal.subject(), key));
  const store::Row& row = rows.at(0);
  return Saved{row.Text(0), static_cast<int>(row.Integer(1)), row.Text(2), row.Text(3), row.Text(4)};
}

}  // namespace

Result<std::optional<Saved>> StoredIdempotency::Begin(const http::Principal& principal, const std::string& key,
                                                      const std::string& fingerprint) {
  MIQ_ASSIGN(auto saved, store_.WriteFor<std::optional<Saved>>(
                             store::Scope::Tenant(principal.tenant_id), [&](store::Session& session) {
                               return Claim(session, principal, key, fingerprint, clock_.Now());
                             }));
  if (saved && !saved->body.empty()) {
    const std::string sealed = FromBase64Url(saved->body).value_or("");
    MIQ_ASSIGN(saved->body, vault_.Open(principal.tenant_id, sealed, SealContext(principal, key)));
  }
  return saved;
}

Status StoredIdempotency::Finish(const http::Principal& principal, const std::string& key, const Saved& answer) {
  std::string body;
  if (!answer.body.empty()) {
    MIQ_ASSIGN(const std::string sealed, vault_.Seal(principal.tenant_id, answer.body, SealContext(principal, key)));
    body = ToBase64Url(sealed);
  }
  return store_.Write(store::Scope::Tenant(principal.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "UPDATE idempotency SET status = $1, body = $2, etag = $3, location = $4 "
        "WHERE tenant_id = $5 AND subject = $6 AND request_key = $7",
        answer.status, body, answer.etag, answer.location, principal.tenant_id, principal.subject(), key));
    return {};
  });
}

Status StoredIdempotency::Abandon(const http::Principal& principal, const std::string& key) {
  return store_.Write(store::Scope::Tenant(principal.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "DELETE FROM idempotency WHERE tenant_id = $1 AND subject = $2 AND request_key = $3 AND status = 0",
        principal.tenant_id, principal.subject(), key));
    return {};
  });
}

Status StoredIdempotency::Tidy() {
  return store_.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("DELETE FROM idempotency WHERE created_at < $1", clock_.Now() - kLife));
    return {};
  });
}

}  // namespace migrateiq::core
