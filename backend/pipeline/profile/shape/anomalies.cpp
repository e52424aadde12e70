#include "pipeline/profile/shape/anomalies.hpp"

#include "pipeline/anomaly/column_scan.hpp"
#include "pipeline/profile/scan/accumulator.hpp"

namespace migrateiq {

namespace {

constexpr int64_t kRowsMost = 50'000;
constexpr size_t kCombinationRows = 3000;  ///< a forest over more costs more than all else
constexpr size_t kAnomaliesMost = 100;

AnomalyProfile Describe(const anomaly::Anomaly& found) {
  AnomalyProfile profile{.kind = std::string(anomaly::ToString(found.kind)),
                         .columns = found.columns,
                         .rows = found.rows,
                         .score = found.score,
                         .how = found.how,
                         .why = found.why};
  for (const anomaly::AnomalyExample& example : found.examples) profile.examples.push_back(Shown(example.value));
  return profile;
}

/// Every n-th row, so that at most kRowsMost remain.
Batch Thinned(const Batch& sample) {
  std::vector<bool> keep(static_cast<size_t>(sample.rows));
  const int64_t step = (sample.rows + kRowsMost - 1) / kRowsMost;
  for (int64_t row = 0; row < sample.rows; row += step) keep[static_cast<size_t>(row)] = true;
  return sample.Filter(keep);
}

}  // namespace

std::vector<AnomalyProfile> FindAnomalies(const Batch& sample, Micros now) {
  anomaly::ColumnScan scan(sample.schema,
                           {.today = static_cast<int32_t>(now / kDay), .combination_rows = kCombinationRows});
  if (sample.rows > kRowsMost)
    scan.Add(Thinned(sample));
  else
    scan.Add(sample);
  std::vector<AnomalyProfile> profiles;
  for (const anomaly::Anomaly& found : scan.Find()) {
    if (profiles.size() == kAnomaliesMost) break;
    profiles.push_back(Describe(found));
  }
  return profiles;
}

}  // namespace migrateiq
