#include "platform/store/postgres_errors.hpp"

#include <algorithm>
#include <array>

#include "base/errors/run.hpp"

namespace migrateiq::store::detail {

namespace {

constexpr std::string_view kUniqueViolation = "23505", kForeignKeyViolation = "23503", kExclusionViolation = "23P01";
constexpr std::string_view kLockNotAvailable = "55P03", kTooManyConnections = "53300", kCancelled = "57014";

struct KnownRemedy {
  std::string_view sqlstate;
  Remedy remedy;
};

constexpr auto kRemedies = std::to_array<KnownRemedy>({
    {"40001", Remedy::kRepeat},     // serialization_failure
    {"40P01", Remedy::kRepeat},     // deadlock_detected
    {"0A000", Remedy::kForget},     // cached plan must not change result type
    {"26000", Remedy::kForget},     // the prepared statement is gone
    {"57P01", Remedy::kReconnect},  // admin_shutdown
    {"57P02", Remedy::kReconnect},  // crash_shutdown
    {"57P03", Remedy::kReconnect},  // cannot_connect_now
    {"57P05", Remedy::kReconnect},  // idle_session_timeout
    {"25P03", Remedy::kReconnect},  // idle_in_transaction_session_timeout
});

}  // namespace

Remedy RemedyFor(std::string_view sqlstate) {
  if (sqlstate.empty() || sqlstate.starts_with("08")) return Remedy::kReconnect;
  const auto* known = std::ranges::find(kRemedies, sqlstate, &KnownRemedy::sqlstate);
  return known == kRemedies.end() ? Remedy::kNone : known->remedy;
}

Error ErrorFor(std::string_view sqlstate, std::string message) {
  const bool conflict =
      sqlstate == kUniqueViolation || sqlstate == kForeignKeyViolation || sqlstate == kExclusionViolation;
  Error error(conflict ? codes::kStateConflict : codes::kStateQuery, std::move(message));
  if (!conflict) error.fix = "Look into PostgreSQL's log; the server is that of the setting store.url.";
  error.retryable = RemedyFor(sqlstate) != Remedy::kNone || sqlstate == kLockNotAvailable ||
                    sqlstate == kTooManyConnections || sqlstate == kCancelled;
  return error;
}

}  // namespace migrateiq::store::detail
