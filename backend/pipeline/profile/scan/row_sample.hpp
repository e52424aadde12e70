#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/batch/batch.hpp"

namespace migrateiq {

/// How much is kept of a table.
struct SampleSize {
  int64_t rows = 0;
  size_t bytes = size_t{48} << 20;  ///< about

  /// As much of the table as can be held.
  static SampleSize Everything() { return {INT64_MAX / 4, size_t{1} << 30}; }
};

/// Rows drawn at random without replacement, every row with the same chance. Each row has a pseudo-random rank that
/// follows from where it stands; the lowest ranks are kept. So samples of parts can be merged, and the same rows give
/// the same sample whoever reads them. Keeps fewer rows where they are large.
class RowSample {
 public:
  static constexpr size_t kMostValue = size_t{16} << 10;  ///< longer values are cut

  /// `part` tells this part of the table from the others.
  RowSample(SchemaPtr schema, const SampleSize& size, uint64_t part);

  /// Rows of a rank above this one cannot be in the merged sample: they need not be kept here.
  void SetBound(uint64_t bound) { bound_ = std::min(bound_, bound); }
  uint64_t bound() const { return bound_; }

  void Add(const Batch& batch);
  void Merge(const RowSample& other);
  int64_t size() const { return static_cast<int64_t>(ranks_.size()); }
  int64_t seen() const { return seen_; }

  /// The rows kept: all of them in their order when none was left out, else in random order.
  Batch Take();

 private:
  void Append(const Batch& rows, int64_t row, uint64_t rank);
  void Shrink(int64_t most);

  Batch rows_;
  std::vector<uint64_t> ranks_;
  int64_t most_;
  size_t most_bytes_;
  uint64_t next_;  ///< place of the next row
  uint64_t bound_ = UINT64_MAX;
  int64_t seen_ = 0;
};

}  // namespace migrateiq
