#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace migrateiq {

/// A KLL sketch: the values below any share of a stream, in bounded memory. Level h holds values that stand for 2^h
/// each; a full level is sorted and every other value of it goes one level up. Which half goes is decided by a
/// generator of the sketch's own, so that the same stream gives the same answer. Exact until the first level is full.
class Quantiles {
 public:
  static constexpr size_t kWidth = 1024;
  /// Of 100 ranks asked for, 99 are off by less than this share of the values.
  static constexpr double kError = 0.005;

  void Add(std::span<const double> values);
  void Merge(const Quantiles& other);

  int64_t count() const { return count_; }
  /// Share by which a rank may be off: 0 while nothing was left out.
  double error() const { return levels_.size() > 1 ? kError : 0; }
  /// The values at these shares (0 .. 1, ascending): the smallest value with at least that share at or below it. Empty
  /// when there are no values.
  std::vector<double> At(std::span<const double> shares) const;

 private:
  size_t Capacity(size_t level) const;
  void Compact();
  void CompactLevel(size_t level);

  std::vector<std::vector<double>> levels_{1};
  int64_t count_ = 0;
  uint64_t coin_ = 0x9E3779B97F4A7C15;
};

}  // namespace migrateiq
