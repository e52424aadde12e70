#include "modules/core/sign_in/sessions.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/sign_in/hashed_token.hpp"

namespace migrateiq::core {

namespace {

constexpr Micros kKeptAfterEnd = 30 * kDay;
/// Two tabs of a browser may use a refresh token at the same time: for so long its use counts as one.
constexpr Micros kGrace = 10 * kSecond;

/// A refresh token with its session and whether its user may still sign in.
struct Family {
  std::string tenant_id, user_id, user_name, session_id, csrf_secret;
  bool used = false, ended = false, active = false;
  Micros used_at = 0, expires_at = 0;
  Micros token_used_at = 0;
  int64_t generation = 0, newest = 0;  ///< of the token, and of the session's newest tokens
  Micros newest_since = 0;

  bool is_browser() const { return !csrf_secret.empty(); }
  bool is_over(Micros now, Micros idle) const { return ended || !active || expires_at <= now || used_at + idle <= now; }
  /// Replaced a moment ago by the session's newest, by another tab of the same browser.
  bool is_replaced_just_now(Micros now) const {
    const bool predecessor = generation + 1 == newest && (!used || token_used_at >= newest_since);
    return is_browser() && predecessor && now - newest_since <= kGrace;
  }
  bool is_good(Micros now) const { return (!used && generation == newest) || is_replaced_just_now(now); }
};

/// What came of an attempt to refresh; the store keeps it in any case.
struct Attempt {
  Family family;
  std::optional<Error> refused;
  bool reused = false;  ///< the session was ended for it
  std::string refresh_token;
};

Result<std::optional<Family>> FindFamily(store::Session& session, const std::string& token_hash) {
  const std::string sql =
      "SELECT s.tenant_id, s.user_id, u.name, s.session_id, s.csrf_token, r.used_at, s.ended_at, s.used_at, "
      "s.expires_at, u.state, t.state, r.generation FROM refresh_token r JOIN user_session s ON s.session_id = "
      "r.session_id "
      "JOIN user_account u ON u.user_id = s.user_id JOIN tenant t ON t.tenant_id = s.tenant_id "
      "WHERE r.token_hash = $1" +
      std::string(session.engine() == store::Engine::kPostgres ? " FOR UPDATE OF r" : "");
  MIQ_ASSIGN(const store::Rows rows, session.Query(sql, token_hash));
  if (rows.empty()) return std::nullopt;
  const store::Row& row = rows[0];
  Family family{row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4)};
  family.used = !row.IsNull(5);
  if (family.used) family.token_used_at = row.Integer(5);
  family.ended = !row.IsNull(6);
  family.used_at = row.Integer(7);
  family.expires_at = row.Integer(8);
  family.active = row.Text(9) == "active" && row.Text(10) == "active";
  family.generation = row.Integer(11);
  // Asked when the token is locked: what was replaced meanwhile is seen.
  MIQ_ASSIGN(const store::Rows newest,
             session.Query("SELECT generation, MIN(created_at) FROM refresh_token WHERE session_id = $1 GROUP BY "
                           "generation ORDER BY generation DESC LIMIT 1",
                           family.session_id));
  family.newest = newest.front().Integer(0);
  family.newest_since = newest.front().Integer(1);
  return family;
}

Status AddRefreshToken(store::Session& session, const std::string& tenant_id, const std::string& session_id,
                       const std::string& token, int64_t generation, Micros now) {
  MIQ_TRY(
      session.Execute("INSERT INTO refresh_token (token_hash, tenant_id, session_id, generation, created_at) VALUES "
                      "($1, $2, $3, $4, $5)",
                      HashedToken(token), tenant_id, session_id, generation, now));
  return {};
}

Status EndSession(store::Session& session, const std::string& tenant_id, const std::string& session_id,
                  const std::string& reason, Micros now) {
  MIQ_TRY(
      session.Execute("UPDATE user_session SET ended_at = $1, end_reason = $2 "
                      "WHERE tenant_id = $3 AND session_id = $4 AND ended_at IS NULL",
                      now, reason, tenant_id, session_id));
  return RaiseEpoch(session, tenant_id);
}

AuditEntry FamilyEntry(const Family& family, const ClientInfo& client, std::string action, std::string outcome) {
  AuditEntry entry;
  entry.actor_id = family.user_id;
  entry.actor = family.user_name;
  entry.action = std::move(action);
  entry.object_type = "session";
  entry.object_id = family.session_id;
  entry.outcome = std::move(outcome);
  entry.address = client.address;
  entry.request_id = client.request_id;
  return entry;
}

/// Signed with a secret of the session, which never leaves the store: a token fits no other session, and there may be
/// any number of them.
std::string SignedCsrf(const std::string& secret, const std::string& session_id, const std::string& nonce) {
  return nonce + "." + ToBase64Url(HmacSha256(secret, "csrf!" + session_id + "!" + nonce));
}

std::string FreshCsrf(const std::string& secret, const std::string& session_id) {
  return secret.empty() ? "" : SignedCsrf(secret, session_id, RandomToken(16));
}

bool CsrfFits(const Family& family, const std::optional<std::string>& csrf_token) {
  if (!family.is_browser()) return !csrf_token.has_value();
  if (!csrf_token) return false;
  const std::string nonce = csrf_token->substr(0, csrf_token->find('.'));
  return EqualInConstantTime(*csrf_token, SignedCsrf(family.csrf_secret, family.session_id, nonce));
}

/// Decides, and writes down what follows from it.
Result<Attempt> TryRefresh(store::Session& session, const std::string& token,
                           const std::optional<std::string>& csrf_token, const ClientInfo& client, Micros now,
                           Micros idle) {
  MIQ_ASSIGN(const auto family, FindFamily(session, HashedToken(token)));
  Attempt attempt;
  attempt.refused = Error(codes::kAuthToken, "the refresh token is not valid, was used or has expired");
  if (!family) return attempt;
  attempt.family = *family;
  if (!CsrfFits(*family, csrf_token)) {
    attempt.refused = Error(codes::kApiCsrf, "the X-CSRF-Token is missing or wrong");
    return attempt;
  }
  if (!family->is_good(now) && !family->ended) {
    MIQ_TRY(EndSession(session, family->tenant_id, family->session_id, "a refresh token was used twice", now));
    MIQ_TRY(AppendAudit(session, family->tenant_id, FamilyEntry(*family, client, "session.token_reused", "denied")));
    attempt.reused = true;
    return attempt;
  }
  if (family->is_over(now, idle)) return attempt;
  attempt.refused.reset();
  attempt.refresh_token = RandomToken();
  MIQ_TRY(session.Execute("UPDATE refresh_token SET used_at = $1 WHERE token_hash = $2", now, HashedToken(token)));
  MIQ_TRY(AddRefreshToken(session, family->tenant_id, family->session_id, attempt.refresh_token, family->generation + 1,
                          now));
  MIQ_TRY(session.Execute("UPDATE user_session SET used_at = $1 WHERE session_id = $2", now, family->session_id));
  return attempt;
}

}  // namespace

Result<TokenSet> Sessions::Open(const std::string& tenant_id, const std::string& user_id, const ClientInfo& client,
                                const AuditEntry& entry) {
  const Micros now = parts_.clock.Now();
  const std::string session_id = NewId();
  TokenSet set;
  set.refresh_token = RandomToken();
  set.browser = client.browser;
  const std::string csrf_secret = client.browser ? RandomToken() : "";
  set.csrf_token = FreshCsrf(csrf_secret, session_id);
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "INSERT INTO user_session (session_id, tenant_id, user_id, created_at, used_at, expires_at, stepped_up_at, "
        "csrf_token, address, agent) VALUES ($1, $2, $3, $4, $4, $5, $4, $6, $7, $8)",
        session_id, tenant_id, user_id, now, now + parts_.options.session_life, csrf_secret, client.address,
        client.agent.substr(0, 200)));
    MIQ_TRY(AddRefreshToken(session, tenant_id, session_id, set.refresh_token, 0, now));
    MIQ_TRY(session.Execute("UPDATE user_account SET last_login_at = $1 WHERE tenant_id = $2 AND user_id = $3", now,
                            tenant_id, user_id));
    AuditEntry opened = entry;
    opened.object_type = "session";
    opened.object_id = session_id;
    return AppendAudit(session, tenant_id, opened);
  }));
  MIQ_ASSIGN(set.access_token, parts_.tokens.Issue(tenant_id, user_id, session_id));
  set.expires_in = parts_.options.access_token_life / kSecond;
  return set;
}

Result<TokenSet> Sessions::Refresh(const std::string& refresh_token, const std::optional<std::string>& csrf_token,
                                   const ClientInfo& client) {
  const Micros now = parts_.clock.Now();
  MIQ_ASSIGN(const Attempt attempt,
             parts_.store.WriteFor<Attempt>(store::Scope::System(), [&](store::Session& session) {
               return TryRefresh(session, refresh_token, csrf_token, client, now, parts_.options.session_idle);
             }));
  const Family& family = attempt.family;
  if (attempt.refused) {
    if (attempt.reused) Ended(family.tenant_id, family.user_id);
    return Fail(*attempt.refused);
  }
  TokenSet set{"", attempt.refresh_token, FreshCsrf(family.csrf_secret, family.session_id)};
  set.browser = family.is_browser();
  set.expires_in = parts_.options.access_token_life / kSecond;
  MIQ_ASSIGN(set.access_token, parts_.tokens.Issue(family.tenant_id, family.user_id, family.session_id));
  return set;
}

Result<std::optional<std::string>> Sessions::CsrfToken(const std::string& refresh_token) {
  const Micros now = parts_.clock.Now();
  using Found = std::optional<Family>;
  MIQ_ASSIGN(const Found family, parts_.store.WriteFor<Found>(store::Scope::System(), [&](store::Session& session) {
    return FindFamily(session, HashedToken(refresh_token));
  }));
  if (!family || !family->is_browser() || !family->is_good(now)) return std::nullopt;
  if (family->is_over(now, parts_.options.session_idle)) return std::nullopt;
  return FreshCsrf(family->csrf_secret, family->session_id);
}

Result<std::vector<SessionRow>> Sessions::List(const std::string& tenant_id, const std::string& user_id) {
  const Micros now = parts_.clock.Now();
  return parts_.store.ReadFor<std::vector<SessionRow>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<std::vector<SessionRow>> {
        MIQ_ASSIGN(const store::Rows rows,
                   session.Query("SELECT session_id, address, agent, created_at, used_at, expires_at FROM user_session "
                                 "WHERE tenant_id = $1 AND user_id = $2 AND ended_at IS NULL AND expires_at > $3 "
                                 "AND used_at > $4 ORDER BY used_at DESC LIMIT 200",
                                 tenant_id, user_id, now, now - parts_.options.session_idle));
        std::vector<SessionRow> found;
        for (const store::Row& row : rows)
          found.push_back({row.Text(0), row.Text(1), row.Text(2), row.Integer(3), row.Integer(4), row.Integer(5)});
        return found;
      });
}

Status Sessions::End(const Actor& actor, const std::string& session_id) {
  const Micros now = parts_.clock.Now();
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const store::Rows rows,
               session.Query("SELECT 1 FROM user_session WHERE tenant_id = $1 AND user_id = $2 AND session_id = $3 "
                             "AND ended_at IS NULL",
                             actor.tenant_id, actor.user_id, session_id));
    if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such session");
    MIQ_TRY(EndSession(session, actor.tenant_id, session_id, "signed out", now));
    return AppendAudit(session, actor.tenant_id, actor.Entry("session.ended", "session", session_id));
  }));
  Ended(actor.tenant_id, actor.user_id);
  return {};
}

Status Sessions::StepUp(const Actor& actor) {
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("UPDATE user_session SET stepped_up_at = $1 WHERE tenant_id = $2 AND session_id = $3",
                            parts_.clock.Now(), actor.tenant_id, actor.session_id));
    MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
    return AppendAudit(session, actor.tenant_id, actor.Entry("session.stepped_up", "session", actor.session_id));
  }));
  parts_.cache.Forget(actor.tenant_id);
  return {};
}

Status Sessions::EndAll(store::Session& session, const std::string& tenant_id, const std::string& user_id,
                        const std::string& reason, Micros now, const std::string& except) {
  MIQ_TRY(
      session.Execute("UPDATE user_session SET ended_at = $1, end_reason = $2 "
                      "WHERE tenant_id = $3 AND user_id = $4 AND ended_at IS NULL AND session_id <> $5",
                      now, reason, tenant_id, user_id, except));
  return RaiseEpoch(session, tenant_id);
}

void Sessions::Ended(const std::string& tenant_id, const std::string& user_id) {
  parts_.cache.Forget(tenant_id);
  if (parts_.bus == nullptr) return;
  // A listener that misses this still finds the session ended at its next look: the event only makes it faster.
  static_cast<void>(parts_.bus->Publish({.topic = "user:" + user_id, .type = "session.ended", .data = "{}"}));
}

Status Sessions::Tidy() {
  const Micros before = parts_.clock.Now() - kKeptAfterEnd;
  return parts_.store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("DELETE FROM user_session WHERE ended_at < $1 OR expires_at < $1", before));
    MIQ_TRY(session.Execute("DELETE FROM one_time_token WHERE expires_at < $1", before));
    MIQ_TRY(session.Execute("DELETE FROM api_key WHERE revoked_at < $1 OR expires_at < $1", before));
    MIQ_TRY(session.Execute("DELETE FROM invitation WHERE expires_at < $1", before));
    MIQ_TRY(session.Execute("DELETE FROM login_failure WHERE last_at < $1 AND blocked_until < $1", before));
    return {};
  });
}

}  // namespace migrateiq::core
