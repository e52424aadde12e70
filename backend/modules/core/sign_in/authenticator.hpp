#pragma once

#include <memory>
#include <string>
#include <vector>

#include "modules/core/access.hpp"
#include "modules/core/epoch.hpp"
#include "modules/core/options.hpp"
#include "modules/core/sign_in/access_token.hpp"
#include "modules/core/sign_in/api_keys.hpp"
#include "platform/http/gateway.hpp"

namespace migrateiq::core {

/// Who asks, by the bearer token of the request: an access token or an API key. What they may do is read from the store
/// and remembered under the tenant's epoch, so that ended sessions, disabled users and lost roles work at once here and
/// within a second in other processes. Thread-safe.
class CoreAuthenticator : public http::Authenticator {
 public:
  struct Parts {
    store::Store& store;
    AccessTokens& tokens;
    ApiKeys& keys;
    AccessCache& cache;
    const Clock& clock;
    const CoreOptions& options;
  };
  explicit CoreAuthenticator(Parts parts) : parts_(parts) {}

  Result<std::optional<http::Principal>> Authenticate(const http::Request& request) override;
  Result<bool> HasGrant(const http::Principal& principal, std::string_view permission,
                        const std::string& project_id) override;

  /// The principal of a session as it stands now; for WebSocket tickets. Errors: kApiUnauthenticated.
  Result<http::Principal> OfSession(const std::string& tenant_id, const std::string& session_id);
  /// Who was let in, with the rights of now: for WebSockets, which outlive the request that opened them. Errors:
  /// kApiUnauthenticated when the session or key has ended.
  Result<http::Principal> Renew(const http::Principal& principal);

 private:
  struct Known {
    http::Principal principal;
    Micros ends_at = 0;        ///< of the session or key
    Micros stepped_up_at = 0;  ///< of the session
    bool lacks_totp = false;   ///< and needs one
  };
  using KnownPointer = std::shared_ptr<const Known>;  ///< shared with the cache
  Result<KnownPointer> KnownSession(const std::string& tenant_id, const std::string& session_id);
  Result<KnownPointer> KnownKey(const std::string& text);
  Status CheckKeyIsAlive(const http::Principal& principal);
  Result<http::Principal> OfKey(const http::Principal& principal);
  Result<Known> LoadSession(const std::string& tenant_id, const std::string& session_id);
  Result<Known> LoadKey(const ApiKeyRow& row);
  Result<http::Principal> PrincipalOf(const Known& known, const std::string& path) const;
  bool LacksTotp(const UserAccess& access) const;

  Parts parts_;
};

}  // namespace migrateiq::core
