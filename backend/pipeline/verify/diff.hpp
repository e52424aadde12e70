#pragma once

#include <functional>
#include <vector>

#include "pipeline/verify/readback.hpp"

namespace migrateiq {

/// Visits all rows of one side in the common schema; can be called several times. `visit` may be called from several
/// threads, each with its own slot below `slots`.
struct DiffSide {
  std::function<Status(const BatchVisitor& visit)> visit_all;
  int slots = 1;
};

/// Rows that stand on one side only; a row that stands n times on one side and m on the other counts |n-m| times.
struct DiffResult {
  int64_t missing = 0;                          ///< in the first side only
  int64_t extra = 0;                            ///< in the second side only
  std::vector<Batch> missing_rows, extra_rows;  ///< single-row batches, at most `most_rows` of each
};

/// Finds differing rows without a key: both sides are cut into hash buckets whose digests are compared; only the rows
/// of differing buckets are looked at again. Three passes over each side, memory bounded by the differing buckets'
/// hashes.
Result<DiffResult> DiffRows(const DiffSide& first, const DiffSide& second, size_t most_rows);

}  // namespace migrateiq
