#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

namespace migrateiq::anomaly {

/// SplitMix64: the same numbers on every machine and compiler, so that findings can be repeated.
class SeededRandom {
 public:
  explicit SeededRandom(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t mixed = (state_ += 0x9e3779b97f4a7c15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
  }
  /// In [0, 1).
  double Uniform() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }
  double Uniform(double low, double high) { return low + (high - low) * Uniform(); }
  /// In [0, count); `count` must not be 0.
  size_t Below(size_t count) { return static_cast<size_t>(Uniform() * static_cast<double>(count)); }
  double Normal() { return std::sqrt(-2 * std::log(1 - Uniform())) * std::cos(2 * std::numbers::pi * Uniform()); }
  double Exponential() { return -std::log(1 - Uniform()); }

 private:
  uint64_t state_;
};

}  // namespace migrateiq::anomaly
