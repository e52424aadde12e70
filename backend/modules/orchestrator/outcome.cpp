#include "modules/orchestrator/outcome.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "base/server_fix.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;
using Outcome = RunService::Outcome;

constexpr Micros kFirstDelay = 5 * kSecond, kLongestDelay = 10 * kMinute;
/// Before a task that found the store away is carried out again.
constexpr Micros kStoreDelay = 2 * kSecond;
constexpr int64_t kMostClaims = 50;

Micros Backoff(int64_t attempt) {
  return std::min(kFirstDelay << std::clamp<int64_t>(attempt - 1, 0, 10), kLongestDelay);
}

}  // namespace

std::string ErrorJson(const Error& error) {
  json::object object{{"code", error.code.code}, {"message", error.message}, {"fix", ServerFix(error)}};
  if (!error.table.empty()) object["table"] = error.table;
  if (!error.column.empty()) object["column"] = error.column;
  if (!error.place.empty()) object["place"] = error.place;
  return JsonText(object);
}

bool IsStoreAway(const Error& error) {
  return error.retryable && (error.Is(codes::kStateOpen) || error.Is(codes::kStateQuery));
}

Outcome GiveBackForNow() { return {.kind = Outcome::Kind::kGiveBack, .delay = kStoreDelay}; }

std::optional<Outcome> OutcomeOfStop(StopReason reason) {
  switch (reason) {
    case StopReason::kPause: return Outcome{.kind = Outcome::Kind::kPaused};
    case StopReason::kCancel: return Outcome{.kind = Outcome::Kind::kCancelled};
    case StopReason::kHold: return Outcome{.kind = Outcome::Kind::kHeld};
    case StopReason::kGiveBack:
    case StopReason::kLost: return Outcome{.kind = Outcome::Kind::kGiveBack};
    case StopReason::kTimeout:
      return Outcome{.kind = Outcome::Kind::kFailed,
                     .error = ErrorJson(Error(codes::kRunTimeout, "the run took longer than it was allowed to"))};
    case StopReason::kNone: break;
  }
  return std::nullopt;
}

std::optional<Outcome> OutcomeOfPoison(const Task& task) {
  if (task.epoch <= kMostClaims) return std::nullopt;
  return Outcome{.kind = Outcome::Kind::kFailed,
                 .result = "failed",
                 .error = ErrorJson(Error(codes::kRunPoison, "the task ended its worker again and again"))};
}

Outcome Judge(const ActiveTask& active, const RunJob& run, const Error& error) {
  if (const auto stopped = OutcomeOfStop(active.reason)) return *stopped;
  if (IsStoreAway(error)) return GiveBackForNow();
  const bool again = error.retryable && active.task.attempt < run.max_attempts;
  return {.kind = again ? Outcome::Kind::kTryAgain : Outcome::Kind::kFailed,
          .result = "failed",
          .error = ErrorJson(error),
          .delay = again ? Backoff(active.task.attempt) : 0};
}

}  // namespace migrateiq::orchestrator
