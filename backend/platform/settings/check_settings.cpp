#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/errors/server.hpp"
#include "platform/settings/settings.hpp"

namespace migrateiq {

namespace {

class Checker {
 public:
  explicit Checker(const Settings& settings) : settings_(settings) {}

  std::vector<Error> Check() && {
    CheckListen();
    CheckTls();
    CheckRole();
    CheckWords();
    return std::move(errors_);
  }

 private:
  void Refuse(const std::string& name, const std::string& message, const std::string& fix) {
    errors_.push_back(Error(codes::kSettingValue, message).At(name).Fix(fix));
  }

  void CheckListen() {
    if (settings_.port > 65535)
      Refuse("server.port", "a port is at most 65535", "Choose a port from 1 to 65535, or 0 for any.");
    if (!IsLoopback(settings_.listen) && settings_.tls_certificate.empty() && settings_.trusted_proxies.empty()) {
      Refuse("server.listen", "the server would be reachable from other machines without TLS",
             "Set tls.certificate and tls.key, or name the TLS proxy before it in server.trusted_proxies.");
    }
  }

  void CheckTls() {
    if (settings_.tls_certificate.empty() != settings_.tls_key.empty())
      Refuse("tls.certificate", "certificate and key belong together",
             "Set both tls.certificate and tls.key, or neither.");
  }

  void CheckRole() {
    if (settings_.role == "all") return;
    if (!settings_.store_url.starts_with("postgres"))
      Refuse("server.role", "separate roles need a common store",
             "Set store.url to a PostgreSQL database that all processes reach.");
    if (settings_.redis_url.empty())
      Refuse("server.role", "separate roles need a common queue", "Set redis.url to a Redis that all processes reach.");
  }

  void OneOf(const std::string& name, const std::string& value, std::initializer_list<std::string_view> words) {
    if (std::ranges::find(words, value) != words.end()) return;
    std::string list;
    for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + std::string(word);
    Refuse(name, "'" + value + "' is not one of " + list, "Use one of: " + list + ".");
  }

  void CheckWords() {
    OneOf("server.role", settings_.role, {"all", "api", "worker", "scheduler"});
    OneOf("log.level", settings_.log_level, {"trace", "debug", "info", "warning", "error"});
    OneOf("log.format", settings_.log_format, {"text", "json"});
    OneOf("auth.require_totp", settings_.require_totp, {"auto", "admins", "all", "none"});
    if (settings_.access_token_minutes < 1 || settings_.access_token_minutes > 60)
      Refuse("auth.access_token_minutes", "an access token lives from 1 to 60 minutes",
             "Choose a value in that range.");
    if (settings_.max_connections < 1) Refuse("server.max_connections", "nobody could connect", "Set at least 1.");
    if (!settings_.metrics_token.empty() && settings_.metrics_token.size() < 16)
      Refuse("metrics.token", "the token can be guessed", "Set 16 random characters or more.");
    if (settings_.worker_threads < 1) Refuse("server.worker_threads", "requests need a thread", "Set at least 1.");
    if (settings_.worker_slots < 1 || settings_.runs_per_connection < 1 || settings_.runs_per_tenant < 1)
      Refuse("worker.slots", "with a limit of 0 no run would ever begin",
             "Set worker.slots, worker.runs_per_connection and worker.runs_per_tenant to at least 1.");
    if (settings_.lease_seconds < 5)
      Refuse("worker.lease_seconds", "a lease of less than 5 seconds ends under load", "Set at least 5.");
  }

  const Settings& settings_;
  std::vector<Error> errors_;
};

}  // namespace

bool IsLoopback(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) return bytes[0] == 127;
  return address == "::1" || address == "localhost";
}

std::vector<Error> CheckSettings(const Settings& settings) { return Checker(settings).Check(); }

}  // namespace migrateiq
