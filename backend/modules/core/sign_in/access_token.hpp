#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/error.hpp"
#include "base/time.hpp"
#include "modules/core/options.hpp"
#include "modules/core/sign_in/signing_keys.hpp"

namespace migrateiq::core {

/// What an access token says: whose session it belongs to. What they may do is looked up, never believed.
struct AccessClaims {
  std::string tenant_id, user_id, session_id;
  Micros expires_at = 0;
};

/// Access tokens: JWTs of type "at+jwt" (RFC 9068), ES256, for a few minutes. Thread-safe.
class AccessTokens {
 public:
  AccessTokens(SigningKeys& keys, const Clock& clock, const CoreOptions& options)
      : keys_(keys), clock_(clock), options_(options) {}

  Result<std::string> Issue(const std::string& tenant_id, const std::string& user_id, const std::string& session_id);
  /// Checks signature, alg, typ, iss, aud, exp, nbf; remembers what was right. Errors: kAuthToken.
  Result<AccessClaims> Verify(const std::string& token);

 private:
  Result<AccessClaims> VerifyAnew(const std::string& token);
  void Sweep();
  void ForgetOldest(size_t count);

  SigningKeys& keys_;
  const Clock& clock_;
  const CoreOptions& options_;
  std::mutex mutex_;
  std::map<std::string, AccessClaims> verified_;  ///< by the token's hash
  size_t sweep_at_ = 256;                         ///< entries; then the expired ones go
};

}  // namespace migrateiq::core
