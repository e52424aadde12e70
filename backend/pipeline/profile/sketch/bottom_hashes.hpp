#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace migrateiq {

/// The smallest different hashes of a set (a K-minimum-values sketch): a uniform sample of its different values, the
/// same hashes for the same values in every column. Tells how much of one set is found in another.
class BottomHashes {
 public:
  static constexpr size_t kMost = 1024;

  void Add(uint64_t hash) {
    if (hash <= bound_) Push(hash);
  }
  void Merge(const BottomHashes& other);
  /// The hashes in order, at most kMost of them.
  const std::vector<uint64_t>& Sorted();
  void Settle() {
    Shrink();
    hashes_.shrink_to_fit();
  }
  /// No smaller hash of the set is missing than this one.
  uint64_t bound() const { return bound_; }

 private:
  void Push(uint64_t hash);
  void Shrink();

  std::vector<uint64_t> hashes_;
  uint64_t bound_ = UINT64_MAX;
  bool sorted_ = true;
};

}  // namespace migrateiq
