#include "modules/core/options.hpp"

#include <fmt/format.h>

namespace migrateiq::core {

namespace {

TotpPolicy PolicyOf(const Settings& settings) {
  if (settings.require_totp == "none") return TotpPolicy::kNone;
  if (settings.require_totp == "all") return TotpPolicy::kAll;
  if (settings.require_totp == "admins") return TotpPolicy::kAdministrators;
  return IsLoopback(settings.listen) ? TotpPolicy::kNone : TotpPolicy::kAdministrators;
}

std::string PublicUrl(const Settings& settings) {
  std::string url = settings.public_url;
  if (url.empty())
    url =
        fmt::format("{}://{}:{}", settings.tls_certificate.empty() ? "http" : "https", settings.listen, settings.port);
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace

bool IsLoopback(const std::string& listen) {
  return listen == "localhost" || listen == "::1" || listen.starts_with("127.");
}

CoreOptions CoreOptions::From(const Settings& settings) {
  CoreOptions options;
  options.access_token_life = settings.access_token_minutes * kMinute;
  options.session_idle = settings.session_idle_hours * kHour;
  options.session_life = settings.session_days * kDay;
  options.totp = PolicyOf(settings);
  options.public_url = PublicUrl(settings);
  options.smtp_url = settings.smtp_url;
  options.smtp_from = settings.smtp_from;
  return options;
}

}  // namespace migrateiq::core
