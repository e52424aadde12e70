#pragma once

#include <string>

#include "base/time.hpp"
#include "modules/core/sign_in/password.hpp"
#include "platform/settings/settings.hpp"

namespace migrateiq::core {

enum class TotpPolicy { kNone, kAdministrators, kAll };

/// What of the settings concerns this module.
struct CoreOptions {
  Micros access_token_life = 15 * kMinute, session_idle = 24 * kHour, session_life = 30 * kDay;
  TotpPolicy totp = TotpPolicy::kNone;
  std::string public_url = "http://127.0.0.1:8080";  ///< without a slash at the end
  std::string smtp_url, smtp_from = "migrateiq@localhost";
  PasswordHasher::Cost password_cost;

  static CoreOptions From(const Settings& settings);
  std::string issuer() const { return public_url; }
};

/// Does an address of the setting server.listen mean this machine alone?
bool IsLoopback(const std::string& listen);

}  // namespace migrateiq::core
