#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "modules/core/sign_in/password.hpp"
#include "modules/core/sign_in/sessions.hpp"

namespace migrateiq::core {

/// The first administrator: there is no default account. Thread-safe.
class Setup {
 public:
  Setup(store::Store& store, Sessions& sessions, const PasswordHasher& hasher, const Clock& clock)
      : store_(store), sessions_(sessions), hasher_(hasher), clock_(clock) {}

  struct Owner {
    std::string email, name, password, tenant_name;
  };
  /// Is there no user yet?
  Result<bool> IsNeeded();
  /// A new one-time token that works for a day (older ones cease to), or nothing when there is an owner already.
  Result<std::optional<std::string>> NewToken();
  /// Makes tenant and owner, and signs in. Errors: kAuthToken, kAuthPassword, kApiState when there is a user already.
  Result<TokenSet> Run(const std::string& token, const Owner& owner, const ClientInfo& client);
  /// The same by who has the machine: `admin create-owner`. Also makes a further owner of the first tenant. Returns the
  /// user's id. Errors: kAuthPassword, kApiConflict.
  Result<std::string> CreateOwner(const Owner& owner);

 private:
  Result<std::string> Insert(store::Session& session, const Owner& owner, const std::string& hash,
                             const std::string& address);

  store::Store& store_;
  Sessions& sessions_;
  const PasswordHasher& hasher_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
