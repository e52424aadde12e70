#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "modules/core/actor.hpp"
#include "modules/core/options.hpp"
#include "modules/core/sign_in/sign_in.hpp"
#include "platform/secrets/vault.hpp"

namespace migrateiq::core {

/// Changing and resetting passwords. Each change ends the user's other sessions. A reset does not sign in, so a second
/// factor is still asked for. Thread-safe.
class Passwords {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    SignIn& sign_in;
    Sessions& sessions;
    const PasswordHasher& hasher;
    const Clock& clock;
    const CoreOptions& options;
  };
  explicit Passwords(Parts parts) : parts_(parts) {}

  /// Errors: kAuthCredentials for a wrong old one; kAuthPassword.
  Status Change(const Actor& actor, const std::string& old_password, const std::string& new_password);
  /// Sends a link to the address if somebody has it; says nothing about whether.
  Status Forgot(const std::string& email, const ClientInfo& client);
  /// For an administrator to hand over, where the server sends no mail; works for an hour.
  Result<std::string> ResetLink(const Actor& actor, const std::string& user_id);
  /// Errors: kAuthToken, kAuthPassword.
  Status Reset(const std::string& token, const std::string& new_password, const ClientInfo& client);

 private:
  Status Set(store::Session& session, const UserRow& user, const std::string& hash, const AuditEntry& entry,
             const std::string& except_session);
  Result<std::optional<UserRow>> UserOf(const std::string& tenant_id, const std::string& user_id);
  std::string Link(const std::string& token) const;

  Parts parts_;
};

}  // namespace migrateiq::core
