#pragma once

#include <string>

#include "base/error.hpp"
#include "base/time.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// Slows down guessing, for one account and for one address, in all processes alike and whether the account exists or
/// not: after 5 failures of an account (20 of an address) each further one doubles the wait, from 30 seconds to 15
/// minutes; what is older than that is forgotten. Thread-safe.
class LoginGuard {
 public:
  LoginGuard(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  /// Errors: kApiRateLimit, with the seconds to wait.
  Status Check(const std::string& email, const std::string& address);
  Status Failed(const std::string& email, const std::string& address);
  /// After a success: forgives the account, not the address.
  Status Succeeded(const std::string& email);

 private:
  store::Store& store_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
