#include <algorithm>
#include <cmath>
#include <limits>

#include "pipeline/match/model.hpp"

namespace migrateiq::match {

namespace {

constexpr double kMostMargin = 6;

/// The best and second best of a line of the grid, and the sum of its odds with those of "none".
struct LineFacts {
  double best = -std::numeric_limits<double>::infinity(), second = -std::numeric_limits<double>::infinity();
  double odds = 1;
  std::vector<double> sorted;

  void Add(double z) {
    if (z > best)
      second = std::exchange(best, z);
    else if (z > second)
      second = z;
    odds += std::exp(std::min(z, 30.0));
    sorted.push_back(z);
  }
  void Finish() { std::ranges::sort(sorted, std::greater<>()); }
  double Margin(double z) const {
    const double rival = z >= best ? second : best;
    return std::isinf(rival) ? kMostMargin / 2 : std::clamp(z - rival, -kMostMargin, kMostMargin);
  }
  double Share(double z) const { return std::exp(std::min(z, 30.0)) / odds; }
  /// 1 for the first, 1/2 for the second; those that are equal share.
  double Reciprocal(double z) const {
    const auto above = std::ranges::lower_bound(sorted, z, std::greater<>()) - sorted.begin();
    return 1.0 / static_cast<double>(above + 1);
  }
};

/// A grid seen along rows and along columns.
class Rivals {
 public:
  explicit Rivals(const Grid& grid) : grid_(grid), rows_(grid.rows), columns_(grid.columns) {
    for (size_t i = 0; i < grid.rows; ++i)
      for (size_t j = 0; j < grid.columns; ++j) {
        rows_[i].Add(grid.at(i, j));
        columns_[j].Add(grid.at(i, j));
      }
    for (LineFacts& line : rows_) line.Finish();
    for (LineFacts& line : columns_) line.Finish();
  }

  void Append(size_t i, size_t j, Features& features) const {
    const double z = grid_.at(i, j);
    const LineFacts& row = rows_[i];
    const LineFacts& column = columns_[j];
    const double by_row = row.Reciprocal(z), by_column = column.Reciprocal(z);
    features.insert(features.end(), {row.Margin(z), column.Margin(z), row.Share(z), column.Share(z), by_row, by_column,
                                     by_row == 1 && by_column == 1 ? 1.0 : 0.0});
  }

 private:
  const Grid& grid_;
  std::vector<LineFacts> rows_, columns_;
};

Grid Sum(const Grid& a, const Grid& b) {
  Grid sum = a;
  for (size_t k = 0; k < sum.cells.size(); ++k) sum.cells[k] += b.cells[k];
  return sum;
}

/// How well the pairs beside this one fit, where both tables keep an order.
double Neighbours(const Grid& grid, size_t i, size_t j) {
  double sum = 0;
  if (i > 0 && j > 0) sum += Sigmoid(grid.at(i - 1, j - 1));
  if (i + 1 < grid.rows && j + 1 < grid.columns) sum += Sigmoid(grid.at(i + 1, j + 1));
  return sum / 2;
}

/// Pairs that are each other's best, and how far they keep one order: tables that descend from one another often do,
/// and then the place of a column tells where its partner stands.
class Order {
 public:
  explicit Order(const Grid& grid) {
    std::vector<size_t> best_row(grid.columns, 0);
    for (size_t j = 0; j < grid.columns; ++j)
      for (size_t i = 0; i < grid.rows; ++i)
        if (grid.at(i, j) > grid.at(best_row[j], j)) best_row[j] = i;
    for (size_t i = 0; i < grid.rows; ++i) {
      size_t best = 0;
      for (size_t j = 0; j < grid.columns; ++j)
        if (grid.at(i, j) > grid.at(i, best)) best = j;
      if (grid.columns > 0 && best_row[best] == i && grid.at(i, best) > 0)
        anchors_.emplace_back(static_cast<double>(i), static_cast<double>(best));
    }
    double sum = 0, count = 0;
    for (size_t a = 0; a < anchors_.size(); ++a)
      for (size_t b = a + 1; b < anchors_.size(); ++b) sum += Agrees(anchors_[a], anchors_[b]), ++count;
    if (count >= 3) agreement_ = std::max(0.0, sum / count);
  }

  /// Whether the pair stands where the others let it expect, and how far from the nearest of them; 0 without an order.
  void Append(size_t i, size_t j, Features& features) const {
    const Anchor here{static_cast<double>(i), static_cast<double>(j)};
    double sum = 0, count = 0, nearest = 1e9, off = 0;
    for (const Anchor& anchor : anchors_) {
      if (anchor == here) continue;
      sum += Agrees(anchor, here);
      ++count;
      const double distance = std::abs(anchor.first - here.first);
      if (distance >= nearest) continue;
      nearest = distance;
      off = std::abs((here.first - anchor.first) - (here.second - anchor.second));
    }
    features.push_back(count == 0 ? 0 : agreement_ * sum / count);
    features.push_back(count == 0 ? 0 : agreement_ * std::exp(-off));
  }

  double agreement() const { return agreement_; }

 private:
  using Anchor = std::pair<double, double>;
  static double Agrees(const Anchor& a, const Anchor& b) {
    const double product = (a.first - b.first) * (a.second - b.second);
    return product > 0 ? 1 : product < 0 ? -1 : 0;
  }
  std::vector<Anchor> anchors_;
  double agreement_ = 0;
};

double SoftPlus(double z) { return z > 30 ? z : std::log1p(std::exp(z)); }

}  // namespace

void ScoreParts(const SignalGrid& signals, const Model& model, Grid& name, Grid& value) {
  name = value = Grid(signals.rows, signals.columns);
  for (size_t k = 0; k < signals.pairs.size(); ++k) {
    const PairSignals& pair = signals.pairs[k];
    if (pair.regime != Regime::kValuesOnly) name.cells[k] = model.name.Score(NameFeatures(pair));
    if (pair.regime != Regime::kNamesOnly) value.cells[k] = model.value.Score(ValueFeatures(pair));
  }
}

std::vector<Features> JointFeatures(const SignalGrid& signals, const Grid& name, const Grid& value) {
  const Grid sum = Sum(name, value);
  const Rivals by_name(name), by_value(value), by_both(sum);
  const Order order(sum);
  std::vector<Features> all;
  all.reserve(signals.pairs.size());
  for (size_t i = 0; i < signals.rows; ++i)
    for (size_t j = 0; j < signals.columns; ++j) {
      const PairSignals& pair = signals.at(i, j);
      const double n = name.at(i, j), v = value.at(i, j);
      Features features = {n, v, std::min(Sigmoid(n), Sigmoid(v)), std::max(n, 0.0), std::max(v, 0.0)};
      if (pair.regime != Regime::kValuesOnly) by_name.Append(i, j, features);
      if (pair.regime != Regime::kNamesOnly) by_value.Append(i, j, features);
      if (pair.regime == Regime::kBoth) by_both.Append(i, j, features);
      order.Append(i, j, features);
      features.insert(features.end(), {order.agreement() * Neighbours(sum, i, j), pair.name.exact, pair.name.opposite,
                                       pair.name.other_role, pair.value.kind_conflict, pair.value.shared});
      all.push_back(std::move(features));
    }
  return all;
}

std::vector<Features> LastFeatures(const Grid& joint) {
  Grid gains = joint;
  for (double& cell : gains.cells) cell = SoftPlus(cell);
  const std::vector<int> assigned = Assign(gains);
  const Rivals rivals(joint);
  std::vector<Features> all;
  all.reserve(joint.cells.size());
  for (size_t i = 0; i < joint.rows; ++i)
    for (size_t j = 0; j < joint.columns; ++j) {
      const double z = joint.at(i, j);
      const double chosen = assigned[i] == static_cast<int>(j) ? 1 : 0;
      Features features = {z, std::max(z, 0.0), chosen, chosen * z};
      rivals.Append(i, j, features);
      all.push_back(std::move(features));
    }
  return all;
}

Scores Score(const SignalGrid& signals, const Model& model) {
  Scores scores;
  ScoreParts(signals, model, scores.name, scores.value);
  const std::vector<Features> joint = JointFeatures(signals, scores.name, scores.value);
  scores.joint = scores.last = scores.confidence = Grid(signals.rows, signals.columns);
  for (size_t k = 0; k < joint.size(); ++k)
    scores.joint.cells[k] = model.of(signals.pairs[k].regime).joint.Score(joint[k]);
  const std::vector<Features> last = LastFeatures(scores.joint);
  Grid gains(signals.rows, signals.columns);
  for (size_t k = 0; k < last.size(); ++k) {
    const RegimeModel& regime = model.of(signals.pairs[k].regime);
    double z = regime.last.Score(last[k]);
    if (!regime.correction.weights.empty()) z += regime.Correction(CorrectionTerms(signals.pairs[k]));
    scores.last.cells[k] = z;
    scores.confidence.cells[k] = regime.calibration(z);
    gains.cells[k] = z - regime.propose;
  }
  scores.assigned = Assign(gains);
  return scores;
}

}  // namespace migrateiq::match
