#include "pipeline/profile/sketch/bottom_hashes.hpp"

#include <algorithm>

namespace migrateiq {

void BottomHashes::Push(uint64_t hash) {
  hashes_.push_back(hash);
  sorted_ = false;
  if (hashes_.size() >= 4 * kMost) Shrink();
}

void BottomHashes::Shrink() {
  std::ranges::sort(hashes_);
  const auto [first, last] = std::ranges::unique(hashes_);
  hashes_.erase(first, last);
  sorted_ = true;
  if (hashes_.size() < kMost) return;
  hashes_.resize(kMost);
  bound_ = hashes_.back();
}

void BottomHashes::Merge(const BottomHashes& other) {
  bound_ = std::min(bound_, other.bound_);
  for (const uint64_t hash : other.hashes_) Add(hash);
  std::erase_if(hashes_, [this](uint64_t hash) { return hash > bound_; });
}

const std::vector<uint64_t>& BottomHashes::Sorted() {
  if (!sorted_) Shrink();
  return hashes_;
}

}  // namespace migrateiq
