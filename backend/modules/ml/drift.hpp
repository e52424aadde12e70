#pragma once

#include <string>
#include <vector>

#include "modules/ml/models.hpp"

namespace migrateiq::ml {

/// How suggestions of one week were taken, and how far their confidences are from those the model learned from.
struct ModelWeek {
  Micros from = 0;
  int64_t decisions = 0;
  double accepted = 0;             ///< share of them
  double expected = 0;             ///< mean confidence: what that share should be
  std::optional<double> distance;  ///< population stability index of the confidences; absent: nothing to compare
  bool drifted = false;
};

/// A moderate change by the usual reading of that index; and a share of accepted ones as far off.
inline constexpr double kDriftedDistance = 0.2, kDriftedShare = 0.15;

/// 0: alike; above 0.2: something changed. `expected` and `found` are counts in the same bins.
double StabilityIndex(const std::vector<int64_t>& expected, const std::vector<int64_t>& found);

/// The weeks since `since`, oldest first, of decisions about what the model in use suggested.
Result<std::vector<ModelWeek>> WatchModel(store::Store& store, const std::string& tenant_id, const ModelInUse& model,
                                          const std::vector<int64_t>& learned, Micros since);

}  // namespace migrateiq::ml
