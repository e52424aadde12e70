#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "modules/core/people/user_store.hpp"
#include "modules/core/sign_in/login_guard.hpp"
#include "modules/core/sign_in/password.hpp"
#include "modules/core/sign_in/sessions.hpp"
#include "modules/core/sign_in/totp.hpp"

namespace migrateiq::core {

/// Signing in and proving who one is. Unknown, disabled and mistyped accounts get the same answer after the same time;
/// each attempt counts for account and address. Thread-safe.
class SignIn {
 public:
  struct Parts {
    store::Store& store;
    Sessions& sessions;
    Totp& totp;
    LoginGuard& guard;
    const PasswordHasher& hasher;
    const Clock& clock;
  };
  explicit SignIn(Parts parts) : parts_(parts) {}

  struct Credentials {
    std::string email, password;
    std::optional<std::string> code;  ///< of the authenticator, or a recovery code
  };
  /// Errors: kAuthCredentials, kAuthTotpRequired, kApiRateLimit.
  Result<TokenSet> Login(const Credentials& credentials, const ClientInfo& client);

  /// Proves again who one is: by a code where there is an authenticator, else by the password.
  /// Errors: kAuthCredentials, kAuthTotpRequired, kApiRateLimit, kApiState for API keys.
  Status StepUp(const Actor& actor, const std::optional<std::string>& password, const std::optional<std::string>& code);

  /// The user, when the password is theirs. Counts as an attempt. Errors: kAuthCredentials, kApiRateLimit.
  Result<UserRow> CheckPassword(const std::string& email, const std::string& password, const ClientInfo& client);

 private:
  Result<std::optional<UserRow>> ActiveUser(const std::string& email);
  Status CheckCode(const UserRow& user, const std::optional<std::string>& code, const ClientInfo& client);
  std::unexpected<Error> Refuse(const std::string& email, const std::optional<UserRow>& user, const ClientInfo& client);
  Status Rehash(const UserRow& user, const std::string& password);

  Parts parts_;
};

}  // namespace migrateiq::core
