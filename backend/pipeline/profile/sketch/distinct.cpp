#include "pipeline/profile/sketch/distinct.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace migrateiq {

namespace {

constexpr size_t kFirstTable = 64;
constexpr size_t kRegisters = size_t{1} << DistinctCounter::kIndexBits;
constexpr int kMostRank = 64 - DistinctCounter::kIndexBits + 1;

// The estimator of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017): it needs no table
// of corrections and holds from none to the largest counts.
double Sigma(double x) {
  if (x == 1.0) return INFINITY;
  double y = 1, z = x, before = 0;
  do {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  } while (before != z);
  return z;
}

double Tau(double x) {
  if (x == 0.0 || x == 1.0) return 0;
  double y = 1, z = 1 - x, before = 0;
  do {
    x = std::sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  } while (before != z);
  return z / 3;
}

double Estimate(const std::vector<uint8_t>& registers) {
  std::array<int64_t, kMostRank + 1> ranks{};
  for (const uint8_t rank : registers) ++ranks[rank];
  constexpr auto kAll = static_cast<double>(kRegisters);
  double z = kAll * Tau(1 - static_cast<double>(ranks[kMostRank]) / kAll);
  for (int rank = kMostRank - 1; rank >= 1; --rank)
    z = 0.5 * (z + static_cast<double>(ranks[static_cast<size_t>(rank)]));
  z += kAll * Sigma(static_cast<double>(ranks[0]) / kAll);
  return kAll * kAll / (2 * std::numbers::ln2 * z);
}

}  // namespace

void DistinctCounter::Add(std::span<const uint64_t> hashes) {
  size_t at = 0;
  for (; at < hashes.size() && exact(); ++at) AddExact(hashes[at]);
  for (; at < hashes.size(); ++at) AddEstimated(hashes[at]);
}

void DistinctCounter::AddExact(uint64_t hash) {
  if (hash == 0) {
    zero_ = true;
    return;
  }
  if ((used_ + 1) * 2 > table_.size()) GrowTable();
  const size_t mask = table_.size() - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    if (table_[at] == hash) return;
    if (table_[at] != 0) continue;
    table_[at] = hash;
    break;
  }
  if (++used_ + (zero_ ? 1 : 0) > kMostExact) BeginEstimating();
}

void DistinctCounter::GrowTable() {
  std::vector<uint64_t> before(std::max(kFirstTable, table_.size() * 2));
  before.swap(table_);
  const size_t mask = table_.size() - 1;
  for (const uint64_t hash : before) {
    if (hash == 0) continue;
    size_t at = hash & mask;
    while (table_[at] != 0) at = (at + 1) & mask;
    table_[at] = hash;
  }
}

void DistinctCounter::BeginEstimating() {
  estimates_ = true;
  registers_.assign(kRegisters, 0);
  for (const uint64_t hash : table_) {
    if (hash != 0) AddEstimated(hash);
  }
  if (zero_) AddEstimated(0);
  table_ = {};
  used_ = 0;
}

void DistinctCounter::Merge(const DistinctCounter& other) {
  if (other.exact()) {
    std::vector<uint64_t> hashes;
    std::ranges::copy_if(other.table_, std::back_inserter(hashes), [](uint64_t hash) { return hash != 0; });
    if (other.zero_) hashes.push_back(0);
    Add(hashes);
    return;
  }
  if (exact()) BeginEstimating();
  for (size_t i = 0; i < kRegisters; ++i) registers_[i] = std::max(registers_[i], other.registers_[i]);
  bottom_.Merge(other.bottom_);
}

void DistinctCounter::Settle() {
  if (exact()) return;
  settled_ = Count();
  registers_ = {};
  bottom_.Settle();
}

int64_t DistinctCounter::Count() const {
  if (!exact()) return registers_.empty() ? settled_ : std::llround(Estimate(registers_));
  return static_cast<int64_t>(used_) + (zero_ ? 1 : 0);
}

bool DistinctCounter::Holds(uint64_t hash) const {
  if (hash == 0 || table_.empty()) return hash == 0 && zero_;
  const size_t mask = table_.size() - 1;
  for (size_t at = hash & mask; table_[at] != 0; at = (at + 1) & mask) {
    if (table_[at] == hash) return true;
  }
  return false;
}

/// In order. All hashes while exact.
std::vector<uint64_t> DistinctCounter::Smallest() const {
  BottomHashes copy = bottom_;
  if (!exact()) return copy.Sorted();
  std::vector<uint64_t> hashes;
  if (zero_) hashes.push_back(0);
  std::ranges::copy_if(table_, std::back_inserter(hashes), [](uint64_t hash) { return hash != 0; });
  std::ranges::sort(hashes);
  return hashes;
}

/// Both are exact: nothing has to be put in order.
double DistinctCounter::ShareHeldBy(const DistinctCounter& other) const {
  int64_t found = zero_ && other.zero_ ? 1 : 0, all = zero_ ? 1 : 0;
  for (const uint64_t hash : table_) {
    if (hash == 0) continue;
    ++all;
    found += other.Holds(hash) ? 1 : 0;
  }
  return all == 0 ? -1 : static_cast<double>(found) / static_cast<double>(all);
}

double DistinctCounter::ShareWithin(const DistinctCounter& other) const {
  if (exact() && other.exact()) return ShareHeldBy(other);
  constexpr int64_t kLeast = 16;  ///< an estimate from fewer says nothing
  const std::vector<uint64_t> mine = Smallest(), theirs = other.Smallest();
  const uint64_t reach = std::min(exact() ? UINT64_MAX : mine.back(), other.exact() ? UINT64_MAX : theirs.back());
  int64_t looked_at = 0, found = 0;
  for (const uint64_t hash : mine) {
    if (hash > reach) break;
    ++looked_at;
    found += std::ranges::binary_search(theirs, hash) ? 1 : 0;
  }
  if (looked_at < kLeast) return -1;
  return static_cast<double>(found) / static_cast<double>(looked_at);
}

}  // namespace migrateiq
