#include "modules/core/sign_in/hashed_token.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"

namespace migrateiq::core {

namespace {

std::unexpected<Error> NotValid() { return Fail(codes::kAuthToken, "the token is not valid, was used or has expired"); }

}  // namespace

Status KeepOneTimeToken(store::Session& session, const OneTimeToken& token, const std::string& text, Micros now,
                        Micros life) {
  MIQ_TRY(session.Execute("DELETE FROM one_time_token WHERE tenant_id = $1 AND purpose = $2 AND subject = $3",
                          token.tenant_id, token.purpose, token.subject));
  MIQ_TRY(
      session.Execute("INSERT INTO one_time_token (token_hash, tenant_id, purpose, subject, created_at, expires_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6)",
                      HashedToken(text), token.tenant_id, token.purpose, token.subject, now, now + life));
  return {};
}

Result<std::string> MakeOneTimeToken(store::Session& session, const OneTimeToken& token, Micros now, Micros life) {
  std::string text = RandomToken();
  MIQ_TRY(KeepOneTimeToken(session, token, text, now, life));
  return text;
}

Status CheckOneTimeToken(store::Store& store, const std::string& purpose, const std::string& token, Micros now) {
  return store.Read(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const store::Rows rows,
               session.Query("SELECT 1 FROM one_time_token WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL "
                             "AND expires_at > $3",
                             HashedToken(token), purpose, now));
    return rows.empty() ? Status(NotValid()) : Status();
  });
}

Result<OneTimeToken> UseOneTimeToken(store::Session& session, const std::string& purpose, const std::string& token,
                                     Micros now) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("UPDATE one_time_token SET used_at = $1 WHERE token_hash = $2 AND purpose = $3 "
                           "AND used_at IS NULL AND expires_at > $1 RETURNING tenant_id, subject",
                           now, HashedToken(token), purpose));
  if (rows.empty()) return NotValid();
  return OneTimeToken{rows[0].Text(0), purpose, rows[0].Text(1)};
}

}  // namespace migrateiq::core
