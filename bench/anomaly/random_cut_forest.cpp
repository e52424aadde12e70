#include <algorithm>
#include <cmath>
#include <deque>
#include <random>

#include "baselines.hpp"

namespace migrateiq::bench {
namespace {

constexpr size_t kTrees = 100, kSample = 256;
constexpr double kTimeDecay = 100'000;
constexpr uint64_t kSeed = 20'160'619;

using Random = std::mt19937_64;
double Uniform(Random& random) { return std::uniform_real_distribution<double>(0, 1)(random); }

/// A random cut tree over single values, with insertion and removal as the paper has them.
class CutTree {
 public:
  void Insert(double value, Random& random) {
    const int leaf = NewNode({.low = value, .high = value});
    if (root_ < 0) {
      root_ = leaf;
      return;
    }
    int at = root_;
    while (!Places(at, leaf, value, random)) at = nodes_[at].Child(value);
  }

  void Remove(double value) {
    int at = root_;
    while (!nodes_[at].IsLeaf()) at = nodes_[at].Child(value);
    if (--nodes_[at].mass > 0) return Shrink(nodes_[at].parent);
    const int parent = nodes_[at].parent;
    free_.push_back(at);
    if (parent < 0) {
      root_ = -1;
      return;
    }
    const int sibling = nodes_[parent].left == at ? nodes_[parent].right : nodes_[parent].left;
    const int above = nodes_[parent].parent;
    Replace(above, parent, sibling);
    free_.push_back(parent);
    Shrink(above);
  }

  /// Expected inverse depth at which the value would be cut off, damped by how many points share its place.
  double Score(double value) const {
    if (root_ < 0) return 0;
    const double tree_mass = nodes_[root_].mass;
    double score = 0, reached = 1;
    int depth = 0;
    for (int at = root_;; at = nodes_[at].Child(value), ++depth) {
      const Node& node = nodes_[at];
      const double damp = 1 - node.mass / (2 * tree_mass);
      if (node.IsLeaf() && value == node.low)
        return (score + reached * damp / (depth + std::log2(node.mass + 1.0))) * std::log2(tree_mass + 1);
      const double cut = node.CutOff(value);
      score += reached * cut * damp / (depth + 1);
      reached *= 1 - cut;
      if (node.IsLeaf()) return score * std::log2(tree_mass + 1);
    }
  }

 private:
  struct Node {
    double low = 0, high = 0, cut = 0;
    int left = -1, right = -1, parent = -1, mass = 1;
    bool IsLeaf() const { return left < 0; }
    int Child(double value) const { return value <= cut ? left : right; }
    /// Probability that a random cut of the box with the value would separate the value from the box.
    double CutOff(double value) const {
      const double outside = value < low ? low - value : value > high ? value - high : 0;
      return outside == 0 ? 0 : outside / (outside + high - low);
    }
  };

  int NewNode(Node node) {
    if (free_.empty()) {
      nodes_.push_back(node);
      return static_cast<int>(nodes_.size()) - 1;
    }
    const int at = free_.back();
    free_.pop_back();
    nodes_[at] = node;
    return at;
  }

  /// Puts the leaf at or above the node, or widens the node on the way down and says false.
  bool Places(int at, int leaf, double value, Random& random) {
    Node& node = nodes_[at];
    if (node.IsLeaf() && node.low == value) {
      free_.push_back(leaf);
      ++node.mass;
      return true;
    }
    const double low = std::min(node.low, value), high = std::max(node.high, value);
    const double cut = low + (high - low) * Uniform(random);
    if ((value < node.low && cut < node.low) || (value > node.high && cut >= node.high)) {
      PutAbove(at, leaf, low, high, cut);
      return true;
    }
    if (node.IsLeaf()) return Places(at, leaf, value, random);  // the cut fell on the leaf itself: once more
    node.low = low;
    node.high = high;
    ++node.mass;
    return false;
  }

  void PutAbove(int at, int leaf, double low, double high, double cut) {
    const bool leaf_left = nodes_[leaf].low <= cut;
    const int above = nodes_[at].parent;
    const int made = NewNode({.low = low,
                              .high = high,
                              .cut = cut,
                              .left = leaf_left ? leaf : at,
                              .right = leaf_left ? at : leaf,
                              .mass = nodes_[at].mass + 1});
    Replace(above, at, made);
    nodes_[at].parent = made;
    nodes_[leaf].parent = made;
  }

  void Replace(int above, int old, int node) {
    nodes_[node].parent = above;
    if (above < 0)
      root_ = node;
    else
      (nodes_[above].left == old ? nodes_[above].left : nodes_[above].right) = node;
  }

  /// Boxes and masses from here to the root, after something below was removed.
  void Shrink(int at) {
    for (; at >= 0; at = nodes_[at].parent) {
      const Node &left = nodes_[nodes_[at].left], &right = nodes_[nodes_[at].right];
      nodes_[at].low = left.low;
      nodes_[at].high = right.high;
      nodes_[at].mass = left.mass + right.mass;
    }
  }

  std::vector<Node> nodes_;
  std::vector<int> free_;
  int root_ = -1;
};

/// A tree over a reservoir that prefers younger points.
class SampledTree {
 public:
  double Score(double value) const { return tree_.Score(value); }

  void Add(double value, double time, Random& random) {
    const double weight = std::log(-std::log(Uniform(random))) - time / kTimeDecay;
    if (sample_.size() == kSample) {
      const auto heaviest = std::ranges::max_element(sample_, {}, &Entry::weight);
      if (weight >= heaviest->weight) return;
      tree_.Remove(heaviest->value);
      *heaviest = {.weight = weight, .value = value};
    } else {
      sample_.push_back({.weight = weight, .value = value});
    }
    tree_.Insert(value, random);
  }

 private:
  struct Entry {
    double weight;
    double value;
  };
  CutTree tree_;
  std::vector<Entry> sample_;
};

}  // namespace

std::vector<double> RandomCutForest(const std::vector<anomaly::SeriesPoint>& points) {
  std::vector<double> scores;
  std::vector<SampledTree> trees(kTrees);
  Random random(kSeed);
  double time = 0;
  for (const auto& point : points) {
    double sum = 0;
    for (auto& tree : trees) {
      sum += tree.Score(point.value) / kTrees;
      tree.Add(point.value, time, random);
    }
    scores.push_back(std::min(1.0, sum / std::log2(kSample)));
    ++time;
  }
  return scores;
}

}  // namespace migrateiq::bench
