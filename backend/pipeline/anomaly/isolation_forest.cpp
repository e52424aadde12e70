#include "pipeline/anomaly/isolation_forest.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace migrateiq::anomaly {
namespace {

constexpr size_t kTrees = 100, kSample = 256;
constexpr double kHardly = 1e-3;  ///< chance of coming this deep from which on the rest does not matter

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

/// The chance that a cut within the widened side falls between the value and the rows.
double Outside(float low, float high, float value) {
  const double away = value < low ? low - value : value > high ? value - high : 0;
  return away == 0 ? 0 : away / (away + high - low);
}

/// A random feature that varies among the rows, and a random place between its ends.
template <class Box>
std::optional<Cut> RandomCut(const Box& box, SeededRandom& random) {
  const size_t first = random.Below(box.size());
  for (size_t step = 0; step < box.size(); ++step) {
    const size_t feature = (first + step) % box.size();
    const auto [low, high] = box[feature];
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
  for (size_t feature = 0; feature < features_; ++feature) {
    Side side{.low = rows.At(chosen[0], feature), .high = rows.At(chosen[0], feature)};
    for (const uint32_t row : chosen) {
      side.low = std::min(side.low, rows.At(row, feature));
      side.high = std::max(side.high, rows.At(row, feature));
    }
    boxes_.push_back(side);
  }
  if (chosen.size() < 2 || depth == most_depth_) return place;
  const auto cut = RandomCut(BoxOf(place), random);
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

IsolationForest::IsolationForest(const FeatureRows& rows, uint64_t seed) : features_(rows.features()) {
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

/// The chance that the first cut through the node's box, widened to hold the row, parts the row from the node's rows.
double IsolationForest::CutOff(int32_t node, std::span<const float> row) const {
  const auto box = BoxOf(node);
  double chance = 0;
  int varying = 0;
  for (size_t feature = 0; feature < features_; ++feature) {
    const double outside = Outside(box[feature].low, box[feature].high, row[feature]);
    varying += outside > 0 || box[feature].low < box[feature].high ? 1 : 0;
    chance += outside;
  }
  return varying == 0 ? 0 : chance / varying;
}

/// The expected number of cuts until the row is alone.
double IsolationForest::Depth(int32_t root, std::span<const float> row) const {
  double depth = 0, reached = 1;
  int level = 0;
  for (int32_t at = root;; at = Step(nodes_[static_cast<size_t>(at)], row), ++level) {
    const Node& node = nodes_[static_cast<size_t>(at)];
    const double cut_off = CutOff(at, row);
    depth += reached * cut_off * (level + 1);
    reached *= 1 - cut_off;
    if (node.feature < 0 || reached < kHardly) return depth + reached * (level + MeanDepth(node.rows));
  }
}

double IsolationForest::Score(std::span<const float> row) const {
  double depths = 0;
  for (const int32_t root : roots_) depths += Depth(root, row);
  return std::exp2(-depths / static_cast<double>(roots_.size()) / usual_depth_);
}

void IsolationForest::AddBits(int32_t root, std::span<const float> row, std::vector<double>& bits) const {
  double reached = 1;
  for (int32_t at = root;; at = Step(nodes_[static_cast<size_t>(at)], row)) {
    const Node& node = nodes_[static_cast<size_t>(at)];
    const auto box = BoxOf(at);
    const double cut_off = CutOff(at, row);
    double outside = 0;
    for (size_t feature = 0; feature < features_; ++feature)
      outside += Outside(box[feature].low, box[feature].high, row[feature]);
    for (size_t feature = 0; feature < features_ && outside > 0; ++feature)
      bits[feature] += reached * cut_off * Outside(box[feature].low, box[feature].high, row[feature]) / outside *
                       std::log2(node.rows + 1.0);
    reached *= 1 - cut_off;
    if (node.feature < 0) return;
    const Node& next = nodes_[static_cast<size_t>(Step(node, row))];
    bits[static_cast<size_t>(node.feature)] += reached * (std::log2(static_cast<double>(node.rows) / next.rows) - 1);
  }
}

std::vector<double> IsolationForest::Contributions(std::span<const float> row) const {
  std::vector<double> bits(row.size(), 0);
  for (const int32_t root : roots_) AddBits(root, row, bits);
  double sum = 0;
  for (double& share : bits) sum += share = std::max(0.0, share);
  for (double& share : bits) share = sum > 0 ? share / sum : 0;
  return bits;
}

}  // namespace migrateiq::anomaly
