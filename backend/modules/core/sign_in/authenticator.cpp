#include "modules/core/sign_in/authenticator.hpp"

#include <algorithm>
#include <limits>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "modules/core/json_list.hpp"

namespace migrateiq::core {

namespace {

/// How long a proof of identity counts as recent.
constexpr Micros kStepUpLife = 10 * kMinute;
/// How exactly the store knows when a session or key was used last.
constexpr Micros kUseGrain = kMinute;

std::unexpected<Error> SignedOut() {
  return Fail(codes::kApiUnauthenticated, "the session or key has ended, or its user may not sign in");
}

/// The token of "Bearer ...": nothing without the header, empty for other schemes.
std::optional<std::string> BearerToken(const http::Request& request) {
  const auto header = request.headers.Get("Authorization");
  if (!header) return std::nullopt;
  constexpr std::string_view kScheme = "bearer ";
  if (header->size() <= kScheme.size()) return "";
  for (size_t i = 0; i < kScheme.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>((*header)[i])) != kScheme[i]) return "";
  }
  return std::string(header->substr(kScheme.size()));
}

/// What somebody whose second factor is missing may still ask for: to enrol one.
bool IsOpenWithoutTotp(const std::string& path) { return path.starts_with("/api/v1/auth/") || path == "/api/v1/me"; }

std::vector<std::string> Intersection(const std::vector<std::string>& sorted, std::vector<std::string> others) {
  std::sort(others.begin(), others.end());
  std::vector<std::string> both;
  std::set_intersection(sorted.begin(), sorted.end(), others.begin(), others.end(), std::back_inserter(both));
  return both;
}

http::Principal PrincipalOfUser(const UserAccess& access, const std::string& tenant_id) {
  http::Principal principal;
  principal.user_id = access.user_id;
  principal.tenant_id = tenant_id;
  principal.name = access.name;
  principal.email = access.email;
  principal.permissions = access.permissions;
  return principal;
}

struct SessionState {
  std::string user_id;
  Micros used_at = 0, expires_at = 0, stepped_up_at = 0;
};

Result<SessionState> ReadSession(store::Session& session, const std::string& tenant_id, const std::string& session_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT user_id, used_at, expires_at, stepped_up_at FROM user_session "
                           "WHERE tenant_id = $1 AND session_id = $2 AND ended_at IS NULL",
                           tenant_id, session_id));
  if (rows.empty()) return SignedOut();
  return SessionState{rows[0].Text(0), rows[0].Integer(1), rows[0].Integer(2), rows[0].Integer(3)};
}

/// What an API key was made for.
Result<std::vector<std::string>> ReadKeyScope(store::Session& session, const std::string& tenant_id,
                                              const std::string& key_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT permissions FROM api_key WHERE tenant_id = $1 AND key_id = $2", tenant_id, key_id));
  return rows.empty() ? std::vector<std::string>() : ParseJsonList(rows[0].Text(0));
}

Status TouchSession(store::Store& store, const std::string& tenant_id, const std::string& session_id, Micros now) {
  return store.Write(store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("UPDATE user_session SET used_at = $1 WHERE tenant_id = $2 AND session_id = $3", now,
                            tenant_id, session_id));
    return {};
  });
}

}  // namespace

bool CoreAuthenticator::LacksTotp(const UserAccess& access) const {
  if (access.has_totp || parts_.options.totp == TotpPolicy::kNone) return false;
  return parts_.options.totp == TotpPolicy::kAll || IsAdministrator(access.permissions);
}

Result<CoreAuthenticator::Known> CoreAuthenticator::LoadSession(const std::string& tenant_id,
                                                                const std::string& session_id) {
  Known known;
  SessionState state;
  MIQ_TRY(parts_.store.Read(store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(state, ReadSession(session, tenant_id, session_id));
    MIQ_ASSIGN(const auto access, ReadUserAccess(session, tenant_id, state.user_id));
    if (!access || !access->active) return SignedOut();
    known.principal = PrincipalOfUser(*access, tenant_id);
    known.lacks_totp = LacksTotp(*access);
    return {};
  }));
  const Micros now = parts_.clock.Now();
  if (state.used_at + parts_.options.session_idle <= now) return SignedOut();
  if (now - state.used_at >= kUseGrain) MIQ_TRY(TouchSession(parts_.store, tenant_id, session_id, now));
  known.principal.session_id = session_id;
  known.ends_at = state.expires_at;
  known.stepped_up_at = state.stepped_up_at;
  return known;
}

Result<CoreAuthenticator::Known> CoreAuthenticator::LoadKey(const ApiKeyRow& row) {
  Known known;
  MIQ_TRY(parts_.store.Read(store::Scope::Tenant(row.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const auto access, ReadUserAccess(session, row.tenant_id, row.user_id));
    if (!access || !access->active) return SignedOut();
    known.principal = PrincipalOfUser(*access, row.tenant_id);
    known.lacks_totp = LacksTotp(*access);
    return {};
  }));
  if (parts_.clock.Now() - row.last_used_at.value_or(0) >= kUseGrain) MIQ_TRY(parts_.keys.Touch(row));
  known.principal.api_key_id = row.key_id;
  known.principal.name = "key " + row.name + " of " + known.principal.name;
  known.principal.permissions = Intersection(known.principal.permissions, row.permissions);
  known.ends_at = row.expires_at.value_or(std::numeric_limits<Micros>::max());
  return known;
}

Result<CoreAuthenticator::KnownPointer> CoreAuthenticator::KnownSession(const std::string& tenant_id,
                                                                        const std::string& session_id) {
  return parts_.cache.Get<Known>(tenant_id, "session:" + session_id,
                                 [&] { return LoadSession(tenant_id, session_id); });
}

Result<CoreAuthenticator::KnownPointer> CoreAuthenticator::KnownKey(const std::string& text) {
  // Which tenant a key belongs to never changes, so that is remembered apart from what depends on the tenant's epoch.
  MIQ_ASSIGN(const auto tenant_id,
             parts_.cache.Get<std::string>("", "tenant_of_key:" + Sha256(text), [&]() -> Result<std::string> {
               MIQ_ASSIGN(const ApiKeyRow row, parts_.keys.Find(text));
               return row.tenant_id;
             }));
  return parts_.cache.Get<Known>(*tenant_id, "key:" + Sha256(text), [&]() -> Result<Known> {
    MIQ_ASSIGN(const ApiKeyRow row, parts_.keys.Find(text));
    return LoadKey(row);
  });
}

Result<http::Principal> CoreAuthenticator::PrincipalOf(const Known& known, const std::string& path) const {
  const Micros now = parts_.clock.Now();
  if (known.ends_at <= now) return SignedOut();
  if (known.lacks_totp && !IsOpenWithoutTotp(path))
    return Fail(codes::kAuthTotpEnrol, "a second factor is required of you, and you have none");
  http::Principal principal = known.principal;
  principal.stepped_up = principal.api_key_id.empty() && now - known.stepped_up_at < kStepUpLife;
  return principal;
}

Result<std::optional<http::Principal>> CoreAuthenticator::Authenticate(const http::Request& request) {
  const auto token = BearerToken(request);
  if (!token) return std::nullopt;
  if (token->starts_with("miq_")) {
    MIQ_ASSIGN(const KnownPointer known, KnownKey(*token));
    return PrincipalOf(*known, request.path);
  }
  const auto claims = parts_.tokens.Verify(*token);
  if (!claims) {
    if (!claims.error().Is(codes::kAuthToken)) return Fail(claims.error());
    return Fail(codes::kApiUnauthenticated, claims.error().message);
  }
  MIQ_ASSIGN(const KnownPointer known, KnownSession(claims->tenant_id, claims->session_id));
  if (known->principal.user_id != claims->user_id) return SignedOut();
  return PrincipalOf(*known, request.path);
}

Result<http::Principal> CoreAuthenticator::OfSession(const std::string& tenant_id, const std::string& session_id) {
  MIQ_ASSIGN(const KnownPointer known, KnownSession(tenant_id, session_id));
  return PrincipalOf(*known, "");
}

Status CoreAuthenticator::CheckKeyIsAlive(const http::Principal& principal) {
  MIQ_ASSIGN(const auto alive,
             parts_.cache.Get<bool>(principal.tenant_id, "alive:" + principal.api_key_id, [&]() -> Result<bool> {
               return parts_.store.ReadFor<bool>(
                   store::Scope::Tenant(principal.tenant_id), [&](store::Session& session) -> Result<bool> {
                     MIQ_ASSIGN(const store::Rows rows,
                                session.Query("SELECT 1 FROM api_key k JOIN user_account u ON u.user_id = k.user_id "
                                              "JOIN tenant t ON t.tenant_id = k.tenant_id "
                                              "WHERE k.tenant_id = $1 AND k.key_id = $2 AND k.revoked_at IS NULL "
                                              "AND (k.expires_at IS NULL OR k.expires_at > $3) "
                                              "AND u.state = 'active' AND t.state = 'active'",
                                              principal.tenant_id, principal.api_key_id, parts_.clock.Now()));
                     return !rows.empty();
                   });
             }));
  return *alive ? Status() : Status(SignedOut());
}

Result<http::Principal> CoreAuthenticator::OfKey(const http::Principal& principal) {
  MIQ_TRY(CheckKeyIsAlive(principal));
  using Permissions = std::vector<std::string>;
  const std::string& tenant_id = principal.tenant_id;
  MIQ_ASSIGN(const auto permissions,
             parts_.cache.Get<Permissions>(tenant_id, "scope:" + principal.api_key_id, [&]() -> Result<Permissions> {
               return parts_.store.ReadFor<Permissions>(
                   store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<Permissions> {
                     MIQ_ASSIGN(const auto access, ReadUserAccess(session, tenant_id, principal.user_id));
                     if (!access || !access->active) return SignedOut();
                     MIQ_ASSIGN(Permissions scope, ReadKeyScope(session, tenant_id, principal.api_key_id));
                     return Intersection(access->permissions, std::move(scope));
                   });
             }));
  http::Principal now = principal;
  now.permissions = *permissions;
  return now;
}

Result<http::Principal> CoreAuthenticator::Renew(const http::Principal& principal) {
  return principal.api_key_id.empty() ? OfSession(principal.tenant_id, principal.session_id) : OfKey(principal);
}

Result<bool> CoreAuthenticator::HasGrant(const http::Principal& principal, std::string_view permission,
                                         const std::string& project_id) {
  if (principal.user_id.empty()) return false;
  using Permissions = std::vector<std::string>;
  const std::string subject = principal.subject();
  MIQ_ASSIGN(
      const auto granted,
      parts_.cache.Get<Permissions>(
          principal.tenant_id, "grant:" + subject + ":" + project_id, [&]() -> Result<Permissions> {
            return parts_.store.ReadFor<Permissions>(
                store::Scope::Tenant(principal.tenant_id), [&](store::Session& session) -> Result<Permissions> {
                  MIQ_ASSIGN(Permissions all,
                             ReadProjectPermissions(session, principal.tenant_id, principal.user_id, project_id));
                  if (principal.api_key_id.empty()) return all;
                  MIQ_ASSIGN(const Permissions scope, ReadKeyScope(session, principal.tenant_id, principal.api_key_id));
                  return Intersection(all, scope);
                });
          }));
  return Holds(*granted, permission);
}

}  // namespace migrateiq::core
