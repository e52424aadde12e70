#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "modules/core/actor.hpp"
#include "modules/core/epoch.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// Second factors: time-based codes (RFC 6238: SHA-1, 6 digits, 30 seconds, one step of tolerance either way), each
/// usable once, and ten recovery codes of 80 random bits, kept as hashes. Thread-safe.
class Totp {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    AccessCache& cache;
    const Clock& clock;
  };
  explicit Totp(Parts parts) : parts_(parts) {}

  struct Enrolment {
    std::string secret;  ///< base32
    std::string uri;     ///< otpauth://, for the QR code
  };
  /// Errors: kApiState, when the user has one already.
  Result<Enrolment> Begin(const Actor& actor, const std::string& account);
  /// Proves that the authenticator works; from now on sign-in asks for it. Returns the recovery codes.
  /// Errors: kAuthCredentials.
  Result<std::vector<std::string>> Confirm(const Actor& actor, const std::string& code);
  Status Remove(const Actor& actor);
  /// For somebody who lost authenticator and recovery codes, by an administrator who has made sure of who they are.
  /// Ends the user's sessions. Errors: kApiNotFound; kApiForbidden when the user may do what the actor may not.
  Status RemoveFor(const Actor& actor, const std::string& user_id);
  /// New recovery codes; the old ones cease to work.
  Result<std::vector<std::string>> NewRecoveryCodes(const Actor& actor);

  Result<bool> IsEnrolled(const std::string& tenant_id, const std::string& user_id);
  /// Is this the present code, not used before, or an unused recovery code? It is used up.
  Result<bool> Use(const std::string& tenant_id, const std::string& user_id, const std::string& code);

 private:
  struct Stored {
    std::string secret;
    bool confirmed = false;
    int64_t last_step = 0;
  };
  Result<std::optional<Stored>> Read(const std::string& tenant_id, const std::string& user_id);
  Result<bool> UseStep(const std::string& tenant_id, const std::string& user_id, const Stored& stored,
                       const std::string& code);
  Result<bool> UseRecoveryCode(const std::string& tenant_id, const std::string& user_id, const std::string& code);

  Parts parts_;
};

/// The code of one step of 30 seconds.
std::string TotpCode(const std::string& secret, int64_t step);
std::string ToBase32(const std::string& bytes);

}  // namespace migrateiq::core
