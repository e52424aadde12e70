#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::anomaly {

enum class AnomalyKind : uint8_t {
  kOutlier,          ///< a number far outside what the others are
  kPlaceholder,      ///< a repeated number outside the others that reads like "unknown": -1, 9999
  kRareValue,        ///< a category that hardly occurs among categories that all occur often
  kMisspelling,      ///< a rare text beside a frequent one that differs in a letter, case or blanks
  kRarePattern,      ///< a text built unlike nearly all others
  kSentinelDate,     ///< 1900-01-01, 9999-12-31 and the like
  kFutureDate,       ///< after today, in a column that hardly has such dates
  kDateOutlier,      ///< far before or after the others
  kDateGap,          ///< a time without rows, far longer than such times are
  kWrongOrder,       ///< one date after another that it nearly never comes after
  kRareCombination,  ///< values that are usual each, but not together
};
/// "outlier", "rare_combination", ...: as in JSON.
std::string_view ToString(AnomalyKind kind);

/// A row that shows an anomaly; rows count from 0 in the order in which they were added.
struct AnomalyExample {
  int64_t row = 0;
  std::string value;  ///< as text; several columns' joined by ", "
  bool operator==(const AnomalyExample&) const = default;
};

/// One finding: what, where, how unusual, and why.
struct Anomaly {
  AnomalyKind kind = AnomalyKind::kOutlier;
  std::vector<std::string> columns;
  std::vector<AnomalyExample> examples;  ///< the first few, at least one
  int64_t rows = 0;                      ///< concerned
  double score = 0;                      ///< 0 usual .. 1 cannot be chance; findings begin at about 0.6
  std::string how;                       ///< how unusual, in words: "212 deviations above the median of 51.3"
  std::string why;                       ///< what it was judged by, in words
};

/// Examples kept for a finding.
inline constexpr size_t kExamplesMost = 5;

/// A score from the log10 of the number of such rows that chance would bring: 0.01 gives 0.67, 1e-6 0.9.
double ScoreOfExpected(double log10_expected);
/// Findings need fewer such rows than one in a thousand columns by chance (log10), so that clean columns hardly ever
/// raise one.
inline constexpr double kExpectedMost = -3;

}  // namespace migrateiq::anomaly
