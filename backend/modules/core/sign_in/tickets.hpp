#pragma once

#include <string>

#include "base/error.hpp"
#include "modules/core/actor.hpp"
#include "modules/core/sign_in/authenticator.hpp"

namespace migrateiq::core {

/// Browsers cannot send a header with a WebSocket: they fetch a ticket with their token, which opens one connection
/// within 30 seconds. Thread-safe.
class Tickets {
 public:
  Tickets(store::Store& store, CoreAuthenticator& authenticator, const Clock& clock)
      : store_(store), authenticator_(authenticator), clock_(clock) {}

  /// Errors: kApiState for API keys, which can send their header.
  Result<std::string> Make(const Actor& actor);
  /// Who the ticket was made for. Errors: kAuthToken, kApiUnauthenticated when the session has ended meanwhile.
  Result<http::Principal> Use(const std::string& ticket);

 private:
  store::Store& store_;
  CoreAuthenticator& authenticator_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
