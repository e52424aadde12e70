#pragma once

#include <optional>
#include <vector>

#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/shape/dictionary.hpp"

namespace migrateiq {

/// The values of a column on a line of numbers (dates as days, times as seconds), ascending, finite ones only.
struct CountedNumber {
  double value;
  int64_t count;
  int64_t row;  ///< where it stands first
};
std::vector<CountedNumber> CountedNumbers(const Column& column, const Dictionary& dictionary);

/// The number of one value; none when it has none (text, NaN, infinity).
std::optional<double> NumberOf(const Column& column, int64_t row);
/// The inverse: a number as a value of such a column is written.
std::string TextOfNumber(const LogicalType& type, double number);

/// Bars of one width. When a few far values would leave the rest in one bar, the outer bars are wider.
std::vector<HistogramBar> Histogram(const LogicalType& type, const std::vector<CountedNumber>& numbers);

/// Values far outside the middle half. Where so many are beyond the fences that they belong to the shape of a skewed
/// distribution, the same is tried with logarithms; nothing when there is no middle half or nothing is far.
std::optional<OutlierProfile> Outliers(const Column& column, const std::vector<CountedNumber>& numbers);

}  // namespace migrateiq
