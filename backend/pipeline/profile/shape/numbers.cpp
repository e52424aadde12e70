#include "pipeline/profile/shape/numbers.hpp"

#include <algorithm>
#include <cmath>

#include "pipeline/batch/text.hpp"
#include "pipeline/profile/scan/accumulator.hpp"
#include "pipeline/profile/scan/decimal.hpp"
#include "pipeline/profile/scan/time_values.hpp"

namespace migrateiq {

namespace {

constexpr double kMicros = 1e6;
constexpr size_t kBars = 20;
constexpr size_t kMostExamples = 5;
constexpr double kFence = 3;            ///< interquartile ranges beyond the quartiles
constexpr double kMostOutliers = 0.01;  ///< a larger share belongs to the distribution
constexpr int64_t kFewestValues = 20;

double Whole(const Column& column, int64_t row) {
  switch (column.type().kind) {
    case TypeKind::kInt8: return column.Get<int8_t>(row);
    case TypeKind::kInt16: return column.Get<int16_t>(row);
    case TypeKind::kInt32: return column.Get<int32_t>(row);
    case TypeKind::kUInt64: return static_cast<double>(column.Get<uint64_t>(row));
    default: return static_cast<double>(column.Get<int64_t>(row));
  }
}

std::optional<double> TimeNumber(const Column& column, int64_t row) {
  if (column.type().kind == TypeKind::kDate) {
    const auto days = column.Get<int32_t>(row);
    return days == INT32_MAX || days == INT32_MIN ? std::nullopt : std::optional<double>(days);
  }
  const auto micros = column.Get<int64_t>(row);
  if (micros == INT64_MAX || micros == INT64_MIN) return std::nullopt;
  return static_cast<double>(micros) / kMicros;
}

/// The value with at least this share of all at or below it.
double QuantileOf(const std::vector<CountedNumber>& numbers, int64_t total, double share) {
  int64_t below = 0;
  for (const CountedNumber& number : numbers) {
    below += number.count;
    if (static_cast<double>(below) >= share * static_cast<double>(total)) return number.value;
  }
  return numbers.back().value;
}

int64_t TotalOf(const std::vector<CountedNumber>& numbers) {
  int64_t total = 0;
  for (const CountedNumber& number : numbers) total += number.count;
  return total;
}

/// Where the bars are cut: kBars + 1 places, or fewer for whole values of a small range.
std::vector<double> Cuts(const LogicalType& type, const std::vector<CountedNumber>& numbers) {
  const double least = numbers.front().value, most = numbers.back().value;
  double low = least, high = most;
  const int64_t total = TotalOf(numbers);
  const double first = QuantileOf(numbers, total, 0.01), last = QuantileOf(numbers, total, 0.99);
  if (last > first && most - least > 3 * (last - first)) low = first, high = last;
  const bool whole = IsInteger(type.kind) || type.kind == TypeKind::kDate;
  double width = (high - low) / static_cast<double>(kBars);
  if (whole) width = std::max(1.0, std::ceil((high - low + 1) / static_cast<double>(kBars)));
  if (!(width > 0)) return {least, most};
  std::vector<double> cuts;
  for (size_t i = 0; i <= kBars; ++i) {
    cuts.push_back(low + width * static_cast<double>(i));
    if (cuts.back() > high) break;
  }
  cuts.front() = least;
  cuts.back() = std::max(cuts.back(), most);
  return cuts;
}

struct Fences {
  double low = 0, high = 0;
  const char* method = "";
};

int64_t CountBeyond(const std::vector<CountedNumber>& numbers, const Fences& fences) {
  int64_t count = 0;
  for (const CountedNumber& number : numbers) {
    count += number.value < fences.low || number.value > fences.high ? number.count : 0;
  }
  return count;
}

std::optional<Fences> PlainFences(double lower, double upper) {
  const double middle = upper - lower;
  if (!(middle > 0)) return std::nullopt;
  return Fences{lower - kFence * middle, upper + kFence * middle, "3 x interquartile range"};
}

std::optional<Fences> LogarithmicFences(double least, double lower, double upper) {
  if (!(least > 0) || !(upper > lower)) return std::nullopt;
  const double middle = std::log(upper) - std::log(lower);
  return Fences{std::exp(std::log(lower) - kFence * middle), std::exp(std::log(upper) + kFence * middle),
                "3 x interquartile range of logarithms"};
}

}  // namespace

std::optional<double> NumberOf(const Column& column, int64_t row) {
  double value = 0;
  switch (FamilyOf(column.type().kind)) {
    case ValueFamily::number: break;
    case ValueFamily::date:
    case ValueFamily::time:
    case ValueFamily::timestamp: return TimeNumber(column, row);
    default: return std::nullopt;
  }
  if (column.type().kind == TypeKind::kDecimal)
    value = ReadDecimal(column.Bytes(row)).value;
  else if (column.type().kind == TypeKind::kDouble)
    value = column.Get<double>(row);
  else if (column.type().kind == TypeKind::kFloat)
    value = static_cast<double>(column.Get<float>(row));
  else
    value = Whole(column, row);
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::vector<CountedNumber> CountedNumbers(const Column& column, const Dictionary& dictionary) {
  std::vector<CountedNumber> numbers;
  for (size_t code = 0; code < dictionary.size(); ++code) {
    const int64_t row = dictionary.first_row[code];
    if (const auto value = NumberOf(column, row)) numbers.push_back({*value, dictionary.counts[code], row});
  }
  std::ranges::sort(numbers, {}, &CountedNumber::value);
  return numbers;
}

std::string TextOfNumber(const LogicalType& type, double number) {
  const ValueFamily family = FamilyOf(type.kind);
  if (family == ValueFamily::date) return TimeText(type.kind, std::llround(number));
  if (family == ValueFamily::time || family == ValueFamily::timestamp)
    return TimeText(type.kind, std::llround(number * kMicros));
  if (number == std::trunc(number) && std::abs(number) < 9e15) return std::to_string(std::llround(number));
  const double rounded = std::abs(number) < 1e9 ? std::round(number * 1e6) / 1e6 : number;
  std::string out;
  text::AppendDouble(out, rounded);
  return out;
}

std::vector<HistogramBar> Histogram(const LogicalType& type, const std::vector<CountedNumber>& numbers) {
  if (numbers.empty()) return {};
  const std::vector<double> cuts = Cuts(type, numbers);
  std::vector<HistogramBar> bars;
  for (size_t i = 0; i + 1 < cuts.size(); ++i) {
    bars.push_back({TextOfNumber(type, cuts[i]), TextOfNumber(type, cuts[i + 1]), cuts[i], cuts[i + 1], 0});
  }
  for (const CountedNumber& number : numbers) {
    const auto above = std::ranges::upper_bound(cuts, number.value) - cuts.begin();
    const size_t bar = static_cast<size_t>(std::max<ptrdiff_t>(1, above)) - 1;
    bars[std::min(bar, bars.size() - 1)].count += number.count;
  }
  return bars;
}

std::optional<OutlierProfile> Outliers(const Column& column, const std::vector<CountedNumber>& numbers) {
  const int64_t total = TotalOf(numbers);
  if (total < kFewestValues) return std::nullopt;
  const double lower = QuantileOf(numbers, total, 0.25), upper = QuantileOf(numbers, total, 0.75);
  const auto acceptable = [&](const Fences& fences) {
    return static_cast<double>(CountBeyond(numbers, fences)) <= kMostOutliers * static_cast<double>(total);
  };
  std::optional<Fences> fences = PlainFences(lower, upper);
  if (!fences) return std::nullopt;
  if (!acceptable(*fences)) fences = LogarithmicFences(numbers.front().value, lower, upper);
  if (!fences || !acceptable(*fences)) return std::nullopt;
  OutlierProfile outliers{.method = fences->method,
                          .low = TextOfNumber(column.type(), fences->low),
                          .high = TextOfNumber(column.type(), fences->high),
                          .count = CountBeyond(numbers, *fences)};
  if (outliers.count == 0) return std::nullopt;
  std::vector<CountedNumber> beyond;
  std::ranges::copy_if(numbers, std::back_inserter(beyond), [&](const CountedNumber& number) {
    return number.value < fences->low || number.value > fences->high;
  });
  const double middle = (lower + upper) / 2;
  std::ranges::sort(beyond, std::ranges::greater{},
                    [middle](const CountedNumber& number) { return std::abs(number.value - middle); });
  for (size_t i = 0; i < std::min(kMostExamples, beyond.size()); ++i) {
    outliers.examples.push_back(Shown(ReadableValue(column, beyond[i].row)));
  }
  return outliers;
}

}  // namespace migrateiq
