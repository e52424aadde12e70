#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "pipeline/profile/sketch/bottom_hashes.hpp"

namespace migrateiq {

/// How many different hashes there were: exactly up to kMostExact of them (two values with one 64-bit hash aside), by
/// HyperLogLog beyond that. Merging gives what one counter over everything would have, in whatever order.
class DistinctCounter {
 public:
  static constexpr size_t kMostExact = 16384;
  static constexpr int kIndexBits = 14;
  static constexpr double kError = 1.04 / 128;  ///< relative standard error of 2^14 registers

  void Add(std::span<const uint64_t> hashes);
  void Merge(const DistinctCounter& other);

  /// Nothing more will be added or merged: keeps only what the questions below need.
  void Settle();

  bool exact() const { return !estimates_; }
  int64_t Count() const;
  double error() const { return exact() ? 0 : kError; }

  /// The share of this set's values that the other one has too: exact when both are, else an estimate from the smallest
  /// hashes of both. -1 when nothing can be said (too few hashes in common reach).
  double ShareWithin(const DistinctCounter& other) const;
  /// Only while exact.
  bool Holds(uint64_t hash) const;

 private:
  void AddExact(uint64_t hash);
  void AddEstimated(uint64_t hash) {
    const size_t index = hash >> (64 - kIndexBits);
    const auto rank =
        static_cast<uint8_t>(1 + __builtin_clzll((hash << kIndexBits) | (uint64_t{1} << (kIndexBits - 1))));
    if (rank > registers_[index]) registers_[index] = rank;
    bottom_.Add(hash);
  }
  void GrowTable();
  void BeginEstimating();
  std::vector<uint64_t> Smallest() const;
  double ShareHeldBy(const DistinctCounter& other) const;

  std::vector<uint64_t> table_;  ///< open addressing; 0 = free
  size_t used_ = 0;
  bool zero_ = false;       ///< the hash 0 was seen
  bool estimates_ = false;  ///< by the registers, or once settled by `settled_`
  int64_t settled_ = 0;
  std::vector<uint8_t> registers_;
  BottomHashes bottom_;
};

}  // namespace migrateiq
