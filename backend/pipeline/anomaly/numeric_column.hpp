#pragma once

#include <unordered_map>
#include <vector>

#include "pipeline/anomaly/anomaly.hpp"
#include "pipeline/anomaly/seeded_random.hpp"
#include "pipeline/anomaly/value_tails.hpp"

namespace migrateiq::anomaly {

/// A uniform sample of a stream of numbers, and exactly its outermost values, in bounded memory.
class NumericSample {
 public:
  NumericSample(size_t most, uint64_t seed) : most_(most), random_(seed) {}
  void Add(int64_t row, double value);  ///< values that are not finite are left out

  struct Entry {
    double value = 0;
    int64_t row = 0;
  };
  int64_t count() const { return count_; }
  std::vector<double> Sorted() const;
  std::vector<Entry> Lowest() const;   ///< outermost first
  std::vector<Entry> Highest() const;  ///< outermost first

 private:
  void Keep(std::vector<Entry>& heap, Entry entry, double sign);

  size_t most_;
  SeededRandom random_;
  int64_t count_ = 0;
  std::vector<double> sample_;
  std::vector<Entry> low_, high_;  // heaps with the innermost on top
};

/// What a column's numbers are, for the words of its findings.
enum class NumericUnit : uint8_t { kNumber, kDay };

/// Outliers and placeholders among numbers; linear in the rows, memory bounded by the sample.
class NumericColumn {
 public:
  NumericColumn(std::string name, size_t sample, uint64_t seed, NumericUnit unit = NumericUnit::kNumber)
      : name_(std::move(name)), unit_(unit), sample_(sample, seed) {}
  void Add(int64_t row, double value) { sample_.Add(row, value); }
  std::vector<Anomaly> Find() const;
  const NumericSample& sample() const { return sample_; }

 private:
  std::string name_;
  NumericUnit unit_;
  NumericSample sample_;
};

}  // namespace migrateiq::anomaly
