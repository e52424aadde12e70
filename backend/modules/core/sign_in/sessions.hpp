#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "modules/core/actor.hpp"
#include "modules/core/epoch.hpp"
#include "modules/core/options.hpp"
#include "modules/core/sign_in/access_token.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::core {

/// From where somebody signs in.
struct ClientInfo {
  std::string address, agent, request_id;
  bool browser = false;  ///< the refresh token goes into a cookie, and needs the CSRF token beside it
};

/// What a client gets at sign-in and at each refresh.
struct TokenSet {
  std::string access_token, refresh_token, csrf_token;
  int64_t expires_in = 0;  ///< seconds that the access token lives
  bool browser = false;
};

struct SessionRow {
  std::string session_id, address, agent;
  Micros created_at = 0, used_at = 0, expires_at = 0;
};

/// Sessions with families of refresh tokens. A refresh token works once; using it again means that it was stolen, and
/// ends its session. (In a browser two tabs may use the same one within ten seconds, as long as it is the one before
/// the newest.) A session ends when it was not used for `session_idle`, and after `session_life` in any case.
/// Thread-safe.
class Sessions {
 public:
  struct Parts {
    store::Store& store;
    AccessTokens& tokens;
    AccessCache& cache;
    realtime::Bus* bus;  ///< told of ends, so that WebSockets close; may be null
    const Clock& clock;
    const CoreOptions& options;
  };
  explicit Sessions(Parts parts) : parts_(parts) {}

  /// A new session with a new id, after a proof of identity.
  Result<TokenSet> Open(const std::string& tenant_id, const std::string& user_id, const ClientInfo& client,
                        const AuditEntry& entry);
  /// `csrf_token`: given when the refresh token came in a cookie. Errors: kAuthToken, kApiCsrf.
  Result<TokenSet> Refresh(const std::string& refresh_token, const std::optional<std::string>& csrf_token,
                           const ClientInfo& client);
  /// A fresh one for the browser's session that has this refresh token, which stays as it is; nothing when that is no
  /// good. There may be any number of them at a time.
  Result<std::optional<std::string>> CsrfToken(const std::string& refresh_token);
  Result<std::vector<SessionRow>> List(const std::string& tenant_id, const std::string& user_id);
  /// One's own session. Errors: kApiNotFound.
  Status End(const Actor& actor, const std::string& session_id);
  /// Remembers that the session's user proved again who they are.
  Status StepUp(const Actor& actor);

  /// In the caller's transaction: all sessions of a user but `except`, with a raised epoch. Call Ended afterwards.
  static Status EndAll(store::Session& session, const std::string& tenant_id, const std::string& user_id,
                       const std::string& reason, Micros now, const std::string& except = "");
  /// After the transaction: this process forgets what it knows, and WebSockets of the user are told.
  void Ended(const std::string& tenant_id, const std::string& user_id);

  /// After a transaction that raised the epoch: this process asks the store again at its next request.
  void Changed(const std::string& tenant_id) { parts_.cache.Forget(tenant_id); }

  /// Removes what nobody needs any more.
  Status Tidy();

 private:
  Parts parts_;
};

}  // namespace migrateiq::core
