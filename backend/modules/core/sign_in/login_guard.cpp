#include "modules/core/sign_in/login_guard.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"

namespace migrateiq::core {

namespace {

constexpr int64_t kFreeForAccount = 5, kFreeForAddress = 20;
constexpr Micros kFirstWait = 30 * kSecond, kLongestWait = 15 * kMinute, kForgottenAfter = 15 * kMinute;

std::string AccountKey(const std::string& email) { return "account:" + ToHexText(Sha256(email)).substr(0, 40); }
std::string AddressKey(const std::string& address) { return "address:" + address; }

Micros WaitAfter(int64_t failures, int64_t free) {
  if (failures < free) return 0;
  const int64_t doublings = std::min<int64_t>(failures - free, 10);
  return std::min(kLongestWait, kFirstWait << doublings);
}

Status Count(store::Session& session, const std::string& key, int64_t free, Micros now) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("INSERT INTO login_failure (subject, failures, last_at, blocked_until) VALUES ($1, 1, $2, 0) "
                    "ON CONFLICT (subject) DO UPDATE SET last_at = excluded.last_at, failures = CASE WHEN "
                    "login_failure.last_at < $3 AND login_failure.blocked_until < $2 THEN 1 "
                    "ELSE login_failure.failures + 1 END RETURNING failures",
                    key, now, now - kForgottenAfter));
  const Micros wait = WaitAfter(rows.at(0).Integer(0), free);
  if (wait == 0) return {};
  MIQ_TRY(session.Execute("UPDATE login_failure SET blocked_until = $1 WHERE subject = $2", now + wait, key));
  return {};
}

}  // namespace

Status LoginGuard::Check(const std::string& email, const std::string& address) {
  const Micros now = clock_.Now();
  MIQ_ASSIGN(const Micros until,
             store_.ReadFor<Micros>(store::Scope::System(), [&](store::Session& session) -> Result<Micros> {
               MIQ_ASSIGN(const store::Rows rows,
                          session.Query("SELECT MAX(blocked_until) FROM login_failure WHERE subject IN ($1, $2)",
                                        AccountKey(email), AddressKey(address)));
               return rows.at(0).Integer(0);
             }));
  if (until <= now) return {};
  return Fail(Error(codes::kApiRateLimit, fmt::format("too many failed attempts; try again in {} seconds",
                                                      (until - now + kSecond - 1) / kSecond))
                  .Fix("Wait that long; each further failure makes it longer.")
                  .Retryable());
}

Status LoginGuard::Failed(const std::string& email, const std::string& address) {
  const Micros now = clock_.Now();
  return store_.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("DELETE FROM login_failure WHERE last_at < $1 AND blocked_until < $2", now - kHour, now));
    MIQ_TRY(Count(session, AccountKey(email), kFreeForAccount, now));
    return Count(session, AddressKey(address), kFreeForAddress, now);
  });
}

Status LoginGuard::Succeeded(const std::string& email) {
  return store_.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("DELETE FROM login_failure WHERE subject = $1", AccountKey(email)));
    return {};
  });
}

}  // namespace migrateiq::core
