#include "pipeline/anomaly/run_history.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/anomaly/robust.hpp"

namespace migrateiq::anomaly {
namespace {

constexpr size_t kRunsLeast = 5, kWeeklyLeast = 4, kDailyLeast = 5;
constexpr size_t kWeeklyMost = 8, kDailyMost = 21, kAnyMost = 40;
constexpr Micros kNear = 90 * kMinute;
constexpr double kMuchTighter = 0.7;   ///< a narrower group counts when it varies this much less
constexpr double kSpreadLeast = 0.05;  ///< of the median
constexpr double kDeviationsMost = 5;
constexpr double kSmallSample = 4;  ///< fewer runs allow 1 + this / runs times as much
constexpr size_t kShiftRuns = 3;
constexpr double kErrorsLeast = 3;

enum class Likeness : uint8_t { kAny, kHour, kWeekdayAndHour };

/// Earlier values that a run is compared with, in the order of time.
struct Comparison {
  Likeness likeness = Likeness::kAny;
  std::vector<double> values;
  Micros since = 0;
  bool shifted = false;  ///< only those since the level moved

  double Usual() const {
    std::vector<double> copy = values;
    return MedianOf(copy);
  }
  double Spread() const {
    std::vector<double> sorted = values;
    std::ranges::sort(sorted);
    return MadDeviation(sorted);
  }
};

Micros TimeOfDay(Micros time) { return ((time % kDay) + kDay) % kDay; }
int64_t Weekday(Micros time) { return (((time - TimeOfDay(time)) / kDay + 3) % 7 + 7) % 7; }  // Monday is 0

bool AtSameHour(Micros left, Micros right) {
  const Micros apart = std::abs(TimeOfDay(left) - TimeOfDay(right));
  return std::min(apart, kDay - apart) <= kNear;
}

/// The same weekday, also when the runs lie on both sides of midnight.
bool AtSameWeekday(Micros left, Micros right) {
  const Micros apart = std::abs(left - right) % (7 * kDay);
  return std::min(apart, 7 * kDay - apart) <= kNear;
}

double Measured(const RunFacts& run, RunMeasure measure) {
  switch (measure) {
    case RunMeasure::kRows: return run.rows;
    case RunMeasure::kDuration: return run.seconds;
    case RunMeasure::kThroughput: return run.seconds > 0 ? run.rows / run.seconds : 0;
    case RunMeasure::kErrorRate: return run.rows + run.errors > 0 ? run.errors / (run.rows + run.errors) : 0;
    default: return run.bytes;
  }
}

/// The latest earlier runs that are alike.
Comparison Gather(const std::vector<RunFacts>& earlier, const RunFacts& run, RunMeasure measure, Likeness likeness,
                  size_t most) {
  Comparison comparison{.likeness = likeness};
  for (auto past = earlier.rbegin(); past != earlier.rend() && comparison.values.size() < most; ++past) {
    if (likeness == Likeness::kHour && !AtSameHour(past->started_at, run.started_at)) continue;
    if (likeness == Likeness::kWeekdayAndHour && !AtSameWeekday(past->started_at, run.started_at)) continue;
    comparison.values.push_back(Measured(*past, measure));
    comparison.since = past->started_at;
  }
  std::ranges::reverse(comparison.values);
  return comparison;
}

/// Whether runs that are more alike also do otherwise than runs at large.
bool IsBetter(const Comparison& narrow, size_t least, const Comparison& broad) {
  if (narrow.values.size() < least) return false;
  const double spread = std::max(narrow.Spread(), kSpreadLeast * std::abs(narrow.Usual()));
  return narrow.Spread() < kMuchTighter * broad.Spread() || std::abs(narrow.Usual() - broad.Usual()) > 2 * spread;
}

Comparison Choose(const std::vector<RunFacts>& earlier, const RunFacts& run, RunMeasure measure) {
  Comparison chosen = Gather(earlier, run, measure, Likeness::kAny, kAnyMost);
  Comparison hourly = Gather(earlier, run, measure, Likeness::kHour, kDailyMost);
  if (IsBetter(hourly, kDailyLeast, chosen)) chosen = std::move(hourly);
  Comparison weekly = Gather(earlier, run, measure, Likeness::kWeekdayAndHour, kWeeklyMost);
  if (IsBetter(weekly, kWeeklyLeast, chosen)) chosen = std::move(weekly);
  return chosen;
}

/// The scale on which deviations are counted: not below a part of the median, wider while there are few runs.
double Allowed(const Comparison& comparison) {
  const double spread = std::max(comparison.Spread(), kSpreadLeast * std::abs(comparison.Usual()));
  return std::max(spread * (1 + kSmallSample / static_cast<double>(comparison.values.size())), 1e-9);
}

/// When the latest runs agree with each other and lie far from those before, only they count.
void FollowShift(Comparison& comparison) {
  const size_t count = comparison.values.size();
  if (count < kRunsLeast + kShiftRuns) return;
  Comparison before = comparison, after = comparison;
  before.values.resize(count - kShiftRuns);
  after.values.erase(after.values.begin(), after.values.end() - kShiftRuns);
  const auto [low, high] = std::ranges::minmax(after.values);
  const double allowed = Allowed(before), usual = before.Usual();
  const bool moved = low > usual + kDeviationsMost * allowed || high < usual - kDeviationsMost * allowed;
  if (!moved || high - low > std::max(2 * allowed, 0.25 * std::abs(after.Usual()))) return;
  comparison.values = std::move(after.values);
  comparison.shifted = true;
}

std::string WithCommas(double value) {
  std::string digits = fmt::format("{:.0f}", std::abs(value));
  for (size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, 1, ',');
  return (value < 0 ? "-" : "") + digits;
}

std::string Shown(RunMeasure measure, double value) {
  switch (measure) {
    case RunMeasure::kRows: return WithCommas(value) + " rows";
    case RunMeasure::kDuration: return fmt::format("{:.3g} seconds", value);
    case RunMeasure::kThroughput: return WithCommas(value) + " rows a second";
    case RunMeasure::kErrorRate: return fmt::format("{:.3g} % rejected", 100 * value);
    default: return WithCommas(value) + " bytes";
  }
}

std::string ShownUsual(RunMeasure measure, double usual, double spread) {
  if (measure == RunMeasure::kErrorRate) return fmt::format("{:.3g} % ± {:.2g}", 100 * usual, 100 * spread);
  if (measure == RunMeasure::kDuration) return fmt::format("{:.3g} ± {:.2g}", usual, spread);
  return WithCommas(usual) + " ± " + WithCommas(spread);
}

std::string Who(const Comparison& comparison, const RunFacts& run) {
  constexpr std::array kDays = {"Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"};
  switch (comparison.likeness) {
    case Likeness::kWeekdayAndHour:
      return fmt::format("{} at this hour", kDays[static_cast<size_t>(Weekday(run.started_at))]);
    case Likeness::kHour: return "runs at this hour";
    default: return "runs";
  }
}

std::string Reason(const RunAlert& alert, const Comparison& comparison, const RunFacts& run) {
  const auto weeks = static_cast<int64_t>(
      std::llround(static_cast<double>(run.started_at - comparison.since) / static_cast<double>(7 * kDay)));
  std::string over = fmt::format("the last {} runs", comparison.values.size());
  if (comparison.shifted)
    over += ", since the level moved";
  else if (comparison.likeness == Likeness::kWeekdayAndHour)
    over = fmt::format("the last {} weeks", weeks);
  return fmt::format("{}; {} usually {} over {}", Shown(alert.measure, alert.value), Who(comparison, run),
                     ShownUsual(alert.measure, alert.usual, alert.spread), over);
}

/// Sides that are worth an alert: too slow, too many errors; rows and bytes in both directions.
bool IsWorse(RunMeasure measure, double value, double usual) {
  if (measure == RunMeasure::kThroughput) return value < usual;
  if (measure == RunMeasure::kDuration || measure == RunMeasure::kErrorRate) return value > usual;
  return true;
}

/// What chance alone does to a rate counted in so many rows.
double RateNoise(const Comparison& comparison, const RunFacts& run) {
  const double rows = std::max(1.0, run.rows + run.errors);
  const double rate = std::max(comparison.Usual(), 0.5 / (rows * static_cast<double>(comparison.values.size())));
  return std::sqrt(rate / rows);
}

std::optional<RunAlert> Judge(const std::vector<RunFacts>& earlier, const RunFacts& run, RunMeasure measure) {
  Comparison comparison = Choose(earlier, run, measure);
  FollowShift(comparison);
  RunAlert alert{.measure = measure, .value = Measured(run, measure), .usual = comparison.Usual()};
  alert.spread = std::max(comparison.Spread(), kSpreadLeast * std::abs(alert.usual) / 2);
  double allowed = Allowed(comparison);
  if (measure == RunMeasure::kErrorRate) {
    allowed = std::max(allowed, RateNoise(comparison, run));
    if (run.errors < kErrorsLeast) return std::nullopt;
  }
  const double deviations = std::abs(alert.value - alert.usual) / allowed;
  if (deviations <= kDeviationsMost || !IsWorse(measure, alert.value, alert.usual)) return std::nullopt;
  alert.score = deviations / (deviations + kDeviationsMost);
  alert.reason = Reason(alert, comparison, run);
  return alert;
}

}  // namespace

std::string_view ToString(RunMeasure measure) {
  constexpr std::array<std::string_view, 5> kNames = {"rows", "duration", "throughput", "error_rate", "bytes"};
  return kNames[static_cast<size_t>(measure)];
}

std::vector<RunAlert> JudgeRun(const std::vector<RunFacts>& history, const RunFacts& run) {
  std::vector<RunFacts> earlier;
  std::ranges::copy_if(history, std::back_inserter(earlier),
                       [&run](const RunFacts& past) { return past.started_at < run.started_at; });
  std::ranges::sort(earlier, {}, [](const RunFacts& past) { return std::pair(past.started_at, past.rows); });
  std::vector<RunAlert> alerts;
  if (earlier.size() < kRunsLeast) return alerts;
  for (const RunMeasure measure :
       {RunMeasure::kRows, RunMeasure::kDuration, RunMeasure::kThroughput, RunMeasure::kErrorRate, RunMeasure::kBytes})
    if (auto alert = Judge(earlier, run, measure)) alerts.push_back(std::move(*alert));
  return alerts;
}

}  // namespace migrateiq::anomaly
