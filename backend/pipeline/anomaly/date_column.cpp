#include "pipeline/anomaly/date_column.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/anomaly/robust.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::anomaly {
namespace {

constexpr size_t kDaysMost = 40'000;
constexpr int32_t kYear = 366;
constexpr double kFutureShareMost = 0.01;
constexpr size_t kGapsLeast = 30;
constexpr int64_t kOrderedLeast = 100;
constexpr double kWrongOrderMost = 0.01;

struct KnownSentinel {
  int64_t year;
  unsigned month, day;
};
constexpr std::array kSentinels = {
    KnownSentinel{1, 1, 1},      KnownSentinel{1000, 1, 1},   KnownSentinel{1111, 11, 11}, KnownSentinel{1753, 1, 1},
    KnownSentinel{1800, 1, 1},   KnownSentinel{1899, 12, 30}, KnownSentinel{1899, 12, 31}, KnownSentinel{1900, 1, 1},
    KnownSentinel{1901, 1, 1},   KnownSentinel{1970, 1, 1},   KnownSentinel{2038, 1, 19},  KnownSentinel{2099, 12, 31},
    KnownSentinel{2100, 1, 1},   KnownSentinel{2999, 12, 31}, KnownSentinel{3000, 1, 1},   KnownSentinel{9999, 1, 1},
    KnownSentinel{9999, 12, 30}, KnownSentinel{9999, 12, 31}};

bool IsKnownSentinel(int32_t day) {
  return std::ranges::any_of(kSentinels, [day](const KnownSentinel& known) {
    return text::DaysFromCivil(known.year, known.month, known.day) == day;
  });
}

std::string DateText(int32_t day) {
  std::string text;
  text::AppendDate(text, day);
  return text;
}

/// The longest time without rows that chance explains: days with rows come `mean` days apart, in `count` steps.
double LongestByChance(double mean, double usual_most, size_t count) {
  return std::max(3 * usual_most, 1 + mean * std::log(static_cast<double>(count) * 100));
}

}  // namespace

void DateColumn::Add(int64_t row, int32_t day) {
  ++count_;
  if (!IsKnownSentinel(day) || day == 0) usual_.Add(row, day);
  if (day > today_ && !IsKnownSentinel(day)) {
    ++future_;
    if (future_examples_.size() < kExamplesMost) future_examples_.push_back({.row = row, .value = DateText(day)});
  }
  if (too_many_days_) return;
  Day& entry = days_[day];
  ++entry.count;
  if (entry.rows.size() < kExamplesMost) entry.rows.push_back(row);
  if (days_.size() <= kDaysMost) return;
  too_many_days_ = true;
  days_.clear();
}

/// A known sentinel with hardly any neighbours, or far more often than the days around it.
std::optional<Anomaly> DateColumn::Sentinel(int32_t day, const Day& entry) const {
  if (!IsKnownSentinel(day) || entry.count == count_) return std::nullopt;
  int64_t near = 0, year = 0;
  for (auto at = days_.lower_bound(day - kYear); at != days_.end() && at->first <= day + kYear; ++at) {
    if (at->first == day) continue;
    year += at->second.count;
    if (std::abs(at->first - day) <= 15) near += at->second.count;
  }
  const double usual = static_cast<double>(near + 1) / 30;
  const bool spike = entry.count >= 3 && static_cast<double>(entry.count) >= 10 * std::max(1.0, usual);
  if (year > 0 && !spike) return std::nullopt;
  Anomaly found{.kind = AnomalyKind::kSentinelDate, .columns = {name_}};
  for (const int64_t row : entry.rows) found.examples.push_back({.row = row, .value = DateText(day)});
  found.rows = entry.count;
  found.score = 0.95;
  found.how =
      fmt::format("{} stands {} times; {} other values lie within a year of it", DateText(day), entry.count, year);
  found.why = "it is a date that systems write for \"unknown\" or \"for ever\"";
  return found;
}

void DateColumn::AppendFuture(std::vector<Anomaly>& found) const {
  const double share = static_cast<double>(future_) / static_cast<double>(std::max<int64_t>(count_, 1));
  if (future_ == 0 || count_ < 100 || share > kFutureShareMost) return;
  Anomaly future{.kind = AnomalyKind::kFutureDate, .columns = {name_}, .examples = future_examples_, .rows = future_};
  future.score = 1 - share * 20;
  future.how = fmt::format("{} of {} dates lie after {}", future_, count_, DateText(today_));
  future.why = "the other dates of the column lie in the past";
  found.push_back(std::move(future));
}

/// Between the first and the last percent of the rows, so that a few dates far away make no gap.
void DateColumn::AppendGaps(std::vector<Anomaly>& found) const {
  const std::vector<double> sorted = usual_.sample().Sorted();
  if (days_.size() < kGapsLeast) return;
  const double from = Quantile(sorted, 0.01), to = Quantile(sorted, 0.99);
  std::vector<double> steps;
  for (auto at = days_.begin(); std::next(at) != days_.end(); ++at)
    if (at->first >= from && std::next(at)->first <= to) steps.push_back(std::next(at)->first - at->first);
  if (steps.size() < kGapsLeast) return;
  std::ranges::sort(steps);
  const double usual_most = Quantile(steps, 0.99);
  double mean = 0;
  for (const double step : steps) mean += std::min(step, usual_most) / static_cast<double>(steps.size());
  const double most = LongestByChance(mean, usual_most, steps.size());
  for (auto at = days_.begin(); std::next(at) != days_.end(); ++at) {
    const auto next = std::next(at);
    const double step = next->first - at->first;
    if (at->first < from || next->first > to || step <= most) continue;
    Anomaly gap{.kind = AnomalyKind::kDateGap, .columns = {name_}};
    gap.examples = {{.row = at->second.rows[0], .value = DateText(at->first)},
                    {.row = next->second.rows[0], .value = DateText(next->first)}};
    gap.rows = at->second.count + next->second.count;
    gap.score = step / (step + most / 2);
    gap.how = fmt::format("no row for {} days, from {} to {}", step - 1, DateText(at->first), DateText(next->first));
    gap.why = fmt::format("days with rows come {:.1f} days apart, by chance at most {:.0f}", mean, most);
    found.push_back(std::move(gap));
  }
}

bool DateColumn::IsTold(const std::vector<Anomaly>& found, const std::string& date) const {
  return std::ranges::any_of(found, [&date](const Anomaly& one) {
    return std::ranges::any_of(one.examples, [&date](const AnomalyExample& example) { return example.value == date; });
  });
}

std::vector<Anomaly> DateColumn::Find() const {
  std::vector<Anomaly> found;
  for (const auto& [day, entry] : days_)
    if (auto sentinel = Sentinel(day, entry)) found.push_back(std::move(*sentinel));
  AppendFuture(found);
  for (Anomaly& outlier : usual_.Find())
    if (!IsTold(found, outlier.examples[0].value)) found.push_back(std::move(outlier));
  AppendGaps(found);
  return found;
}

DateOrder::DateOrder(std::vector<std::string> names) : names_(std::move(names)) {
  for (size_t left = 0; left < names_.size(); ++left)
    for (size_t right = left + 1; right < names_.size(); ++right) pairs_.push_back({.left = left, .right = right});
}

void DateOrder::Add(int64_t row, const std::vector<std::optional<int32_t>>& days) {
  for (Pair& pair : pairs_) {
    const auto &left = days[pair.left], &right = days[pair.right];
    if (!left || !right || IsKnownSentinel(*left) || IsKnownSentinel(*right)) continue;
    if (*left == *right) {
      ++pair.same;
      continue;
    }
    auto& count = *left < *right ? pair.before : pair.after;
    auto& examples = *left < *right ? pair.before_examples : pair.after_examples;
    ++count;
    if (examples.size() < kExamplesMost)
      examples.push_back({.row = row, .value = DateText(*left) + ", " + DateText(*right)});
  }
}

std::vector<Anomaly> DateOrder::Find() const {
  std::vector<Anomaly> found;
  for (const Pair& pair : pairs_) {
    const int64_t rows = pair.before + pair.same + pair.after;
    const bool forward = pair.before >= pair.after;
    const int64_t wrong = forward ? pair.after : pair.before;
    const double share = static_cast<double>(wrong) / static_cast<double>(std::max<int64_t>(rows, 1));
    if (wrong == 0 || rows < kOrderedLeast || share > kWrongOrderMost || 2 * (rows - pair.same) < rows) continue;
    Anomaly order{.kind = AnomalyKind::kWrongOrder, .columns = {names_[pair.left], names_[pair.right]}};
    order.examples = forward ? pair.after_examples : pair.before_examples;
    order.rows = wrong;
    order.score = 1 - share * 20;
    order.how = fmt::format("{} of {} rows have {} {} {}", wrong, rows, names_[pair.left], forward ? "after" : "before",
                            names_[pair.right]);
    order.why = fmt::format("in the others {} is never later than {}", names_[forward ? pair.left : pair.right],
                            names_[forward ? pair.right : pair.left]);
    found.push_back(std::move(order));
  }
  return found;
}

}  // namespace migrateiq::anomaly
