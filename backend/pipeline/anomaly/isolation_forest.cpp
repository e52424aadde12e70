#include "pipeline/anomaly/isolation_forest.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace migrateiq::anomaly {
namespace {

constexpr size_t kTrees = 100, kSample = 256;

/// Mean depth of an unsuccessful search in a binary tree of so many rows.
double MeanDepth(double rows) {
  if (rows < 2) return 0;
  if (rows < 3) return 1;
  return 2 * (std::log(rows - 1) + std::numbers::egamma) - 2 * (rows - 1) / rows;
}

struct Cut {
  size_t feature;
  float at;
};

/// A random feature that varies among the rows, and a random place between its ends.
std::optional<Cut> RandomCut(const FeatureRows& rows, std::span<const uint32_t> chosen, SeededRandom& random) {
  const size_t first = random.Below(rows.features());
  for (size_t step = 0; step < rows.features(); ++step) {
    const size_t feature = (first + step) % rows.features();
    float low = rows.At(chosen[0], feature), high = low;
    for (const uint32_t row : chosen) {
      low = std::min(low, rows.At(row, feature));
      high = std::max(high, rows.At(row, feature));
    }
    if (low == high) continue;
    const auto at = static_cast<float>(random.Uniform(low, high));
    return Cut{.feature = feature, .at = at > low ? at : high};
  }
  return std::nullopt;
}

}  // namespace

int32_t IsolationForest::Grow(const FeatureRows& rows, std::span<uint32_t> chosen, int depth, SeededRandom& random) {
  const auto place = static_cast<int32_t>(nodes_.size());
  nodes_.push_back({.rows = static_cast<int32_t>(chosen.size())});
  if (chosen.size() < 2 || depth == most_depth_) return place;
  const auto cut = RandomCut(rows, chosen, random);
  if (!cut) return place;
  const auto right =
      std::partition(chosen.begin(), chosen.end(), [&](uint32_t row) { return rows.At(row, cut->feature) < cut->at; });
  const auto left_rows = static_cast<size_t>(right - chosen.begin());
  const int32_t left_node = Grow(rows, chosen.subspan(0, left_rows), depth + 1, random);
  const int32_t right_node = Grow(rows, chosen.subspan(left_rows), depth + 1, random);
  Node& node = nodes_[static_cast<size_t>(place)];
  node.feature = static_cast<int32_t>(cut->feature);
  node.cut = cut->at;
  node.left = left_node;
  node.right = right_node;
  return place;
}

IsolationForest::IsolationForest(const FeatureRows& rows, uint64_t seed) {
  SeededRandom random(seed);
  const size_t sample = std::min(kSample, rows.size());
  most_depth_ = static_cast<int>(std::ceil(std::log2(static_cast<double>(sample)))) + 2;
  usual_depth_ = std::max(1.0, MeanDepth(static_cast<double>(sample)));
  std::vector<uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  for (size_t tree = 0; tree < kTrees; ++tree) {
    for (size_t index = 0; index < sample; ++index)
      std::swap(order[index], order[index + random.Below(order.size() - index)]);
    roots_.push_back(Grow(rows, std::span(order).subspan(0, sample), 0, random));
  }
}

double IsolationForest::Score(std::span<const float> row) const {
  double depths = 0;
  for (const int32_t root : roots_) {
    const Node* node = &nodes_[static_cast<size_t>(root)];
    for (; node->feature >= 0; node = &Step(*node, row)) ++depths;
    depths += MeanDepth(node->rows);
  }
  return std::exp2(-depths / static_cast<double>(roots_.size()) / usual_depth_);
}

std::vector<double> IsolationForest::Contributions(std::span<const float> row) const {
  std::vector<double> bits(row.size(), 0);
  for (const int32_t root : roots_) {
    const Node* node = &nodes_[static_cast<size_t>(root)];
    while (node->feature >= 0) {
      const Node& next = Step(*node, row);
      bits[static_cast<size_t>(node->feature)] +=
          std::log2(static_cast<double>(node->rows) / std::max(1, next.rows)) - 1;
      node = &next;
    }
  }
  double sum = 0;
  for (double& share : bits) sum += share = std::max(0.0, share);
  for (double& share : bits) share = sum > 0 ? share / sum : 0;
  return bits;
}

}  // namespace migrateiq::anomaly
