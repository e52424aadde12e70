#include "pipeline/profile/sketch/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace migrateiq {

namespace {

constexpr size_t kLeastCapacity = 64;  ///< of low levels: sorting fewer at a time costs more than it saves memory

bool Toss(uint64_t& state) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (state & 1) != 0;
}

}  // namespace

/// The highest level is the widest; each one below has two thirds of the one above.
size_t Quantiles::Capacity(size_t level) const {
  if (levels_.size() == 1) return kWidth;
  double capacity = kWidth;
  for (size_t above = level + 1; above < levels_.size(); ++above) capacity *= 2.0 / 3.0;
  return std::max(kLeastCapacity, static_cast<size_t>(capacity));
}

void Quantiles::Add(std::span<const double> values) {
  count_ += static_cast<int64_t>(values.size());
  size_t room = Capacity(0);
  for (size_t at = 0; at < values.size();) {
    std::vector<double>& lowest = levels_[0];
    const size_t taken = std::min(values.size() - at, room - std::min(room, lowest.size()));
    lowest.insert(lowest.end(), values.begin() + static_cast<ptrdiff_t>(at),
                  values.begin() + static_cast<ptrdiff_t>(at + taken));
    at += taken;
    if (lowest.size() < room) continue;
    Compact();
    room = Capacity(0);
  }
}

void Quantiles::Compact() {
  for (size_t level = 0; level < levels_.size(); ++level) {
    if (levels_[level].size() >= Capacity(level)) CompactLevel(level);
  }
}

void Quantiles::CompactLevel(size_t level) {
  if (level + 1 == levels_.size()) levels_.emplace_back();
  std::vector<double>& from = levels_[level];
  std::vector<double>& to = levels_[level + 1];
  std::ranges::sort(from);
  const bool odd = from.size() % 2 != 0;
  const double left = from.back();
  if (odd) from.pop_back();
  for (size_t i = Toss(coin_) ? 1 : 0; i < from.size(); i += 2) to.push_back(from[i]);
  from.clear();
  if (odd) from.push_back(left);
}

void Quantiles::Merge(const Quantiles& other) {
  count_ += other.count_;
  if (levels_.size() < other.levels_.size()) levels_.resize(other.levels_.size());
  for (size_t level = 0; level < other.levels_.size(); ++level) {
    levels_[level].insert(levels_[level].end(), other.levels_[level].begin(), other.levels_[level].end());
  }
  Compact();
}

std::vector<double> Quantiles::At(std::span<const double> shares) const {
  std::vector<std::pair<double, int64_t>> weighed;
  int64_t total = 0;
  for (size_t level = 0; level < levels_.size(); ++level) {
    for (const double value : levels_[level]) weighed.emplace_back(value, int64_t{1} << level);
    total += static_cast<int64_t>(levels_[level].size()) << level;
  }
  std::ranges::sort(weighed);
  std::vector<double> found;
  size_t at = 0;
  int64_t below = 0;
  for (const double share : shares) {
    if (weighed.empty()) break;
    const double wanted = std::max(1.0, std::ceil(share * static_cast<double>(total)));
    while (at + 1 < weighed.size() && static_cast<double>(below + weighed[at].second) < wanted) {
      below += weighed[at++].second;
    }
    found.push_back(weighed[at].first);
  }
  return found;
}

}  // namespace migrateiq
