#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "pipeline/anomaly/anomaly.hpp"
#include "pipeline/batch/batch.hpp"

namespace migrateiq::anomaly {

struct ScanOptions {
  int32_t today = 0;              ///< days since 1970-01-01: later dates lie in the future
  size_t sample = 20'000;         ///< values of a column that its statistics rest on
  size_t distinct_most = 20'000;  ///< text columns with more values are no categories
  size_t patterns_most = 400;
  size_t combination_rows = 20'000;
  uint64_t seed = 1;  ///< of the samples and the forest: same rows, same seed, same findings
};

/// Anomalies of a table, found in one pass over its batches. Linear in the rows; memory bounded by the options.
/// Not thread-safe.
class ColumnScan {
 public:
  ColumnScan(SchemaPtr schema, ScanOptions options);
  ~ColumnScan();
  ColumnScan(ColumnScan&&) noexcept;
  ColumnScan& operator=(ColumnScan&&) noexcept;

  /// A batch of the schema; rows are counted from 0 over all batches.
  void Add(const Batch& batch);
  /// Most unusual first.
  std::vector<Anomaly> Find() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace migrateiq::anomaly
