#include "pipeline/anomaly/anomaly.hpp"

#include <algorithm>

namespace migrateiq::anomaly {

std::string_view ToString(AnomalyKind kind) {
  switch (kind) {
    case AnomalyKind::kOutlier: return "outlier";
    case AnomalyKind::kPlaceholder: return "placeholder";
    case AnomalyKind::kRareValue: return "rare_value";
    case AnomalyKind::kMisspelling: return "misspelling";
    case AnomalyKind::kRarePattern: return "rare_pattern";
    case AnomalyKind::kSentinelDate: return "sentinel_date";
    case AnomalyKind::kFutureDate: return "future_date";
    case AnomalyKind::kDateOutlier: return "date_outlier";
    case AnomalyKind::kDateGap: return "date_gap";
    case AnomalyKind::kWrongOrder: return "wrong_order";
    default: return "rare_combination";
  }
}

double ScoreOfExpected(double log10_expected) {
  const double evidence = std::max(0.0, -log10_expected);
  return evidence / (evidence + 1);
}

}  // namespace migrateiq::anomaly
