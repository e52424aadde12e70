#include "pipeline/verify/diff.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace migrateiq {

namespace {

constexpr size_t kBuckets = 1 << 16;

size_t BucketOf(uint64_t low) { return low % kBuckets; }

/// Calls `row(low, high, batch, index)` for every row, under no lock.
template <class Fn>
Status VisitHashes(const DiffSide& side, Fn row) {
  std::vector<RowEncoder> encoders(static_cast<size_t>(side.slots));
  return side.visit_all([&](int slot, const Batch& batch) -> Status {
    RowEncoder& encoder = encoders[static_cast<size_t>(slot)];
    for (int64_t i = 0; i < batch.rows; ++i) {
      encoder.Reset();
      EncodeRow(batch, i, encoder);
      uint64_t low = 0;
      uint64_t high = 0;
      encoder.Hash(low, high);
      row(low, high, batch, i);
    }
    return {};
  });
}

Result<std::vector<Digest>> BucketDigests(const DiffSide& side) {
  std::vector<Digest> buckets(kBuckets);
  std::mutex mutex;
  MIQ_TRY(VisitHashes(side, [&](uint64_t low, uint64_t high, const Batch&, int64_t) {
    const std::lock_guard lock(mutex);
    buckets[BucketOf(low)].Add(low, high);
  }));
  return buckets;
}

using Counts =
    std::unordered_map<uint64_t, int64_t>;  ///< row hash -> times on the first side minus times on the second

Status CountRows(const DiffSide& side, const std::vector<bool>& differing, int64_t sign, Counts& counts) {
  std::mutex mutex;
  return VisitHashes(side, [&](uint64_t low, uint64_t high, const Batch&, int64_t) {
    if (!differing[BucketOf(low)]) return;
    const std::lock_guard lock(mutex);
    counts[low ^ high * 31] += sign;
  });
}

Status CollectRows(const DiffSide& side, const std::vector<bool>& differing, Counts wanted, int64_t sign, size_t most,
                   std::vector<Batch>& rows) {
  std::mutex mutex;
  return VisitHashes(side, [&](uint64_t low, uint64_t high, const Batch& batch, int64_t index) {
    if (!differing[BucketOf(low)]) return;
    const std::lock_guard lock(mutex);
    const auto found = wanted.find(low ^ high * 31);
    if (found == wanted.end() || found->second * sign <= 0 || rows.size() >= most) return;
    found->second -= sign;
    rows.push_back(batch.Slice(index, 1));
  });
}

}  // namespace

Result<DiffResult> DiffRows(const DiffSide& first, const DiffSide& second, size_t most_rows) {
  DiffResult result;
  MIQ_ASSIGN(const std::vector<Digest> left, BucketDigests(first));
  MIQ_ASSIGN(const std::vector<Digest> right, BucketDigests(second));
  std::vector<bool> differing(kBuckets);
  for (size_t bucket = 0; bucket < kBuckets; ++bucket) differing[bucket] = !(left[bucket] == right[bucket]);
  if (std::ranges::find(differing, true) == differing.end()) return result;
  Counts counts;
  MIQ_TRY(CountRows(first, differing, 1, counts));
  MIQ_TRY(CountRows(second, differing, -1, counts));
  std::erase_if(counts, [](const auto& entry) { return entry.second == 0; });
  for (const auto& [hash, count] : counts) (count > 0 ? result.missing : result.extra) += std::abs(count);
  MIQ_TRY(CollectRows(first, differing, counts, 1, most_rows, result.missing_rows));
  MIQ_TRY(CollectRows(second, differing, counts, -1, most_rows, result.extra_rows));
  return result;
}

}  // namespace migrateiq
