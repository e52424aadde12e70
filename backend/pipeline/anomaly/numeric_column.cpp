#include "pipeline/anomaly/numeric_column.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "pipeline/anomaly/robust.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::anomaly {
namespace {

constexpr size_t kOutermost = 512;    ///< kept on each side
constexpr size_t kValuesLeast = 100;  ///< fewer are not judged
constexpr size_t kDistinctLeast = 5;  ///< fewer are categories
constexpr double kShareMost = 0.01;   ///< more of the rows are a group of their own, not outliers
constexpr double kPlaceholderMost = 0.3;
constexpr double kPlaceholderScore = 0.7;
constexpr int64_t kPlaceholderLeast = 3;
constexpr size_t kFindingsMost = 10;

using Entry = NumericSample::Entry;

std::string Number(double value) {
  std::string text;
  text::AppendDouble(text, value);
  return text;
}

/// A value in words: a number or, of days, the date.
std::string Shown(double value, NumericUnit unit, bool exact = false) {
  if (unit == NumericUnit::kNumber) return exact ? Number(value) : fmt::format("{:.4g}", value);
  std::string text;
  text::AppendDate(text, static_cast<int32_t>(std::clamp(value, -2.1e9, 2.1e9)));
  return text;
}

/// 9999, -999, 99999999: three nines or more and nothing else; and -1.
bool ReadsLikePlaceholder(double value, double median) {
  if (value == -1) return median > 0;
  const std::string digits = Number(std::abs(value));
  return digits.size() >= 3 && digits.find_first_not_of('9') == std::string::npos;
}

size_t DistinctUpTo(const std::vector<double>& sorted, size_t most) {
  size_t distinct = sorted.empty() ? 0 : 1;
  for (size_t index = 1; index < sorted.size() && distinct < most; ++index)
    distinct += sorted[index] != sorted[index - 1] ? 1 : 0;
  return distinct;
}

/// The value that more than half of the others equal says nothing about how the rest lies.
std::vector<double> WithoutDominant(std::vector<double> sorted) {
  if (sorted.empty()) return sorted;
  const double median = Median(sorted);
  const auto same = std::ranges::equal_range(sorted, median);
  if (2 * same.size() <= sorted.size()) return sorted;
  sorted.erase(same.begin(), same.end());
  return sorted;
}

/// All entries of one side that share a value.
struct Group {
  double value = 0;
  int64_t rows = 0;
  std::vector<AnomalyExample> examples;
};

std::vector<Group> Grouped(const std::vector<Entry>& outermost_first, NumericUnit unit) {
  std::vector<Group> groups;
  for (const Entry& entry : outermost_first) {
    if (groups.empty() || groups.back().value != entry.value) groups.push_back({.value = entry.value});
    Group& group = groups.back();
    ++group.rows;
    if (group.examples.size() < kExamplesMost)
      group.examples.push_back({.row = entry.row, .value = Shown(entry.value, unit, true)});
  }
  return groups;
}

/// What one column's values are judged by.
struct Yardstick {
  ValueTails tails;
  Fences fences;
  int64_t count;
  const std::vector<double>& sorted;  ///< the sample
  NumericUnit unit;

  double LogExpected(double value) const { return tails.LogChance(value) + std::log10(static_cast<double>(count)); }
  bool IsOut(double value) const { return IsBeyond(value) && LogExpected(value) < kExpectedMost; }
  bool IsBeyond(double value) const { return value < fences.low || value > fences.high; }
  /// Of the sample, as far out as this value or further.
  double ShareAt(double value) const {
    const auto above = static_cast<double>(sorted.end() - std::ranges::lower_bound(sorted, value));
    const auto below = static_cast<double>(std::ranges::upper_bound(sorted, value) - sorted.begin());
    return (value > tails.median() ? above : below) / static_cast<double>(sorted.size());
  }
};

std::string HowFar(const Yardstick& yardstick, double value) {
  const double median = yardstick.tails.median(), deviation = yardstick.tails.deviation();
  const double distance = std::abs(value - median);
  const std::string middle = Shown(median, yardstick.unit);
  if (yardstick.unit == NumericUnit::kDay)
    return fmt::format("{:.0f} days {} the median of {}", distance, value > median ? "after" : "before", middle);
  const char* side = value > median ? "above" : "below";
  if (deviation <= 0) return fmt::format("{:.4g} {} the median of {}", distance, side, middle);
  return fmt::format("{:.4g} deviations {} the median of {}", distance / deviation, side, middle);
}

std::string WhyOut(const Yardstick& yardstick, double log_expected) {
  return fmt::format("the values are {}, usual ones lie from {} to {}; among {} values chance brings {} this far out",
                     ToString(yardstick.tails.model()), Shown(yardstick.fences.low, yardstick.unit),
                     Shown(yardstick.fences.high, yardstick.unit), yardstick.count,
                     log_expected < -9 ? "none" : fmt::format("{:.1g}", std::pow(10, log_expected)));
}

Anomaly Report(const std::string& name, const Yardstick& yardstick, Group group, bool placeholder) {
  const double expected = yardstick.LogExpected(group.value);
  const AnomalyKind out = yardstick.unit == NumericUnit::kDay ? AnomalyKind::kDateOutlier : AnomalyKind::kOutlier;
  Anomaly found{.kind = placeholder ? AnomalyKind::kPlaceholder : out, .columns = {name}};
  found.examples = std::move(group.examples);
  found.rows = group.rows;
  found.score = std::max(ScoreOfExpected(expected), placeholder ? kPlaceholderScore : 0);
  found.how = HowFar(yardstick, group.value);
  found.why = WhyOut(yardstick, expected);
  if (placeholder)
    found.why = fmt::format("{} stands {} times and reads like a placeholder for an unknown value; {}",
                            Number(group.value), group.rows, found.why);
  return found;
}

/// The groups of one side that lie out, unless they are so many rows that they are no exception.
void AppendSide(const std::string& name, const Yardstick& yardstick, const std::vector<Entry>& outermost_first,
                std::vector<Anomaly>& found) {
  std::vector<std::pair<Group, bool>> out;
  int64_t outliers = 0;
  double share = 0, placeholders = 0;
  const auto count = static_cast<double>(yardstick.count);
  for (Group& group : Grouped(outermost_first, yardstick.unit)) {
    const bool placeholder = yardstick.unit == NumericUnit::kNumber && group.rows >= kPlaceholderLeast &&
                             static_cast<double>(group.rows) <= kPlaceholderMost * count &&
                             ReadsLikePlaceholder(group.value, yardstick.tails.median());
    if (!yardstick.IsOut(group.value) && !(placeholder && yardstick.IsBeyond(group.value))) break;
    if (!placeholder) outliers += group.rows;
    if (!placeholder) share = yardstick.ShareAt(group.value) - placeholders / count;
    if (placeholder) placeholders += static_cast<double>(group.rows);
    out.emplace_back(std::move(group), placeholder);
  }
  const bool group_of_their_own = outliers > 1 && std::max(share, static_cast<double>(outliers) / count) > kShareMost;
  for (size_t index = 0; index < std::min(out.size(), kFindingsMost); ++index)
    if (out[index].second || !group_of_their_own)
      found.push_back(Report(name, yardstick, std::move(out[index].first), out[index].second));
}

}  // namespace

void NumericSample::Keep(std::vector<Entry>& heap, Entry entry, double sign) {
  const auto inner_on_top = [sign](const Entry& left, const Entry& right) {
    return sign * left.value > sign * right.value || (left.value == right.value && left.row < right.row);
  };
  if (heap.size() == kOutermost) {
    if (sign * entry.value <= sign * heap.front().value) return;
    std::ranges::pop_heap(heap, inner_on_top);
    heap.pop_back();
  }
  heap.push_back(entry);
  std::ranges::push_heap(heap, inner_on_top);
}

void NumericSample::Add(int64_t row, double value) {
  if (!std::isfinite(value)) return;
  ++count_;
  Keep(low_, {.value = value, .row = row}, -1);
  Keep(high_, {.value = value, .row = row}, 1);
  if (sample_.size() < most_) {
    sample_.push_back(value);
  } else if (const size_t place = random_.Below(static_cast<size_t>(count_)); place < most_) {
    sample_[place] = value;
  }
}

std::vector<double> NumericSample::Sorted() const {
  std::vector<double> sorted = sample_;
  std::ranges::sort(sorted);
  return sorted;
}

std::vector<Entry> NumericSample::Lowest() const {
  std::vector<Entry> entries = low_;
  std::ranges::sort(entries, [](const Entry& left, const Entry& right) {
    return left.value < right.value || (left.value == right.value && left.row < right.row);
  });
  return entries;
}

std::vector<Entry> NumericSample::Highest() const {
  std::vector<Entry> entries = high_;
  std::ranges::sort(entries, [](const Entry& left, const Entry& right) {
    return left.value > right.value || (left.value == right.value && left.row < right.row);
  });
  return entries;
}

std::vector<Anomaly> NumericColumn::Find() const {
  const std::vector<double> sorted = WithoutDominant(sample_.Sorted());
  std::vector<Anomaly> found;
  if (sorted.size() < kValuesLeast || DistinctUpTo(sorted, kDistinctLeast) < kDistinctLeast) return found;
  const Yardstick yardstick{.tails = ValueTails(sorted),
                            .fences = AdjustedFences(sorted),
                            .count = sample_.count(),
                            .sorted = sorted,
                            .unit = unit_};
  AppendSide(name_, yardstick, sample_.Lowest(), found);
  AppendSide(name_, yardstick, sample_.Highest(), found);
  return found;
}

}  // namespace migrateiq::anomaly
