#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pipeline/anomaly/seeded_random.hpp"

namespace migrateiq::anomaly {

/// Rows of features, one after the other.
class FeatureRows {
 public:
  explicit FeatureRows(size_t features) : features_(features) {}
  void Add(std::span<const float> row) { values_.insert(values_.end(), row.begin(), row.end()); }
  size_t features() const { return features_; }
  size_t size() const { return features_ == 0 ? 0 : values_.size() / features_; }
  std::span<const float> operator[](size_t row) const { return {values_.data() + row * features_, features_}; }
  float& At(size_t row, size_t feature) { return values_[row * features_ + feature]; }
  float At(size_t row, size_t feature) const { return values_[row * features_ + feature]; }

 private:
  size_t features_;
  std::vector<float> values_;
};

/// Isolation forest (Liu, Ting and Zhou 2008): 100 trees, each of 256 rows; rows that few random cuts isolate are odd.
/// A row is scored as if it had been among those of every tree: what lies outside the box of a node's rows may be cut
/// off there, with the chance that a random cut of the widened box falls between (Guha et al. 2016). Thread-safe once
/// grown.
class IsolationForest {
 public:
  /// `rows` must not be empty; the same seed gives the same forest.
  IsolationForest(const FeatureRows& rows, uint64_t seed);

  /// 0.5 for an ordinary row, toward 1 the sooner it is isolated.
  double Score(std::span<const float> row) const;

  /// What each feature did to isolate the row: the bits by which its cuts left fewer rows beside it than halving would
  /// have, as a share of all such bits (they sum to 1, or to 0 for an ordinary row).
  std::vector<double> Contributions(std::span<const float> row) const;

 private:
  struct Node {
    int32_t feature = -1;  ///< -1: a leaf
    float cut = 0;
    int32_t left = -1, right = -1;
    int32_t rows = 0;
  };
  struct Side {
    float low = 0, high = 0;
  };
  int32_t Grow(const FeatureRows& rows, std::span<uint32_t> chosen, int depth, SeededRandom& random);
  std::span<const Side> BoxOf(int32_t node) const {
    return {boxes_.data() + static_cast<size_t>(node) * features_, features_};
  }
  int32_t Step(const Node& node, std::span<const float> row) const {
    return row[static_cast<size_t>(node.feature)] < node.cut ? node.left : node.right;
  }
  double CutOff(int32_t node, std::span<const float> row) const;
  double Depth(int32_t root, std::span<const float> row) const;
  void AddBits(int32_t root, std::span<const float> row, std::vector<double>& bits) const;

  size_t features_;
  std::vector<Node> nodes_;
  std::vector<Side> boxes_;  ///< of each node, one a feature
  std::vector<int32_t> roots_;
  int most_depth_ = 0;
  double usual_depth_ = 1;
};

}  // namespace migrateiq::anomaly
