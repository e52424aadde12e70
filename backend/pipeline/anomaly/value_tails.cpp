#include "pipeline/anomaly/value_tails.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "pipeline/anomaly/robust.hpp"

namespace migrateiq::anomaly {
namespace {

constexpr double kMost = 12;        ///< tails are not followed further than 1e-12
constexpr double kWidening = 1.08;  ///< of a fitted normal's deviation, for its own error
constexpr double kTailPart = 0.3;   ///< of the values on one side
constexpr size_t kExcessesLeast = 8;
constexpr double kShapeOfFew = 1;
constexpr double kShapeMost = 3, kShapeStep = 0.05;
constexpr double kShapeError = 1.5;  ///< standard errors by which a fitted shape is made heavier

/// The standard deviation, were the values normal, from the middle 80 %.
double CentralSpread(std::span<const double> sorted) {
  return (Quantile(sorted, 0.9) - Quantile(sorted, 0.1)) / (2 * NormalQuantile(0.9));
}

/// Shares at which a normal's quantiles are compared, as far out as the sample carries.
std::vector<double> CheckedShares(size_t values) {
  std::vector<double> shares;
  const double last = std::max(0.002, 5.0 / static_cast<double>(values));
  for (double share = 0.5; share > last; share /= 1.6) {
    shares.push_back(share);
    shares.push_back(1 - share);
  }
  return shares;
}

/// Whether each quantile lies where a normal has it, with three standard errors of leeway.
bool LooksNormal(std::span<const double> sorted, double center, double spread) {
  for (const double share : CheckedShares(sorted.size())) {
    const double z = NormalQuantile(share);
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    const double error = std::sqrt(share * (1 - share) / static_cast<double>(sorted.size())) / density;
    const double seen = (Quantile(sorted, share) - center) / spread;
    if (std::abs(seen - z) > 0.03 + 3 * error) return false;
  }
  return true;
}

/// Of the positive values.
std::vector<double> Logarithms(std::span<const double> sorted) {
  std::vector<double> logarithms;
  for (const double value : sorted)
    if (value > 0) logarithms.push_back(std::log(value));
  return logarithms;
}

/// Distances of the values on one side of the median, sorted upward.
std::vector<double> Distances(std::span<const double> sorted, double median, bool above) {
  std::vector<double> distances;
  for (const double value : sorted)
    if (above ? value >= median : value <= median) distances.push_back(std::abs(value - median));
  std::ranges::sort(distances);
  return distances;
}

/// Equal values are spread evenly down to the next smaller one, as if they had been rounded up.
void SpreadTies(std::vector<double>& sorted) {
  double below = 0;
  for (size_t begin = 0; begin < sorted.size();) {
    size_t end = begin + 1;
    while (end < sorted.size() && sorted[end] == sorted[begin]) ++end;
    const double value = sorted[begin], step = (value - below) / static_cast<double>(end - begin);
    for (size_t index = begin; index < end; ++index)
      sorted[index] = value - step * static_cast<double>(end - 1 - index);
    below = value;
    begin = end;
  }
}

/// The excess that a share of generalised Pareto values of scale 1 stays below.
double ParetoQuantile(double share, double shape) {
  return shape < 1e-6 ? -std::log(1 - share) : (std::pow(1 - share, -shape) - 1) / shape;
}

/// Quantiles of excesses are compared with at these shares; the outermost are left out, for they may be wild.
constexpr double kComparedShares[] = {0.2, 0.35, 0.65, 0.8, 0.87, 0.93};

/// How badly a shape explains the excesses, when the scale is taken from their median.
double Misfit(std::span<const double> excesses, double median, double shape) {
  double sum = 0;
  for (const double share : kComparedShares) {
    const double seen = std::max(Quantile(excesses, share), 1e-3 * median) / median;
    const double away = std::log(seen * ParetoQuantile(0.5, shape) / ParetoQuantile(share, shape));
    sum += away * away * share;  // the tail matters most
  }
  return sum;
}

}  // namespace

double ValueTails::Tail::LogChance(double distance) const {
  if (distance <= begin) return 0;
  const double over = (distance - begin) / scale;
  const double decay = shape < 1e-6 ? over / std::numbers::ln10 : std::log10(1 + shape * over) / shape;
  return std::max(-kMost, std::log10(share) - decay);
}

/// The shape that explains the quantiles of the excesses best, made heavier by its own standard error.
ValueTails::Tail ValueTails::FitTail(std::vector<double> distances, double floor) {
  SpreadTies(distances);
  Tail tail{.begin = Quantile(distances, 1 - kTailPart), .scale = floor, .share = kTailPart / 2};
  std::vector<double> excesses;
  for (const double distance : distances)
    if (distance > tail.begin) excesses.push_back(distance - tail.begin);
  if (excesses.size() < kExcessesLeast) {
    tail.shape = kShapeOfFew;
    tail.scale = std::max(floor, excesses.empty() ? 0 : Median(excesses) / ParetoQuantile(0.5, kShapeOfFew));
    return tail;
  }
  const double median = std::max(Median(excesses), floor / 100);
  double best = 0;
  for (double shape = kShapeStep; shape <= kShapeMost; shape += kShapeStep)
    if (Misfit(excesses, median, shape) < Misfit(excesses, median, best)) best = shape;
  tail.shape = best + kShapeError * (1 + best) / std::sqrt(static_cast<double>(excesses.size()));
  tail.scale = std::max(floor, median / ParetoQuantile(0.5, best));
  return tail;
}

bool ValueTails::FitNormal(std::span<const double> sorted, bool logarithm) {
  const double center = Median(sorted), spread = CentralSpread(sorted);
  if (spread <= 0 || !LooksNormal(sorted, center, spread)) return false;
  model_ = logarithm ? Model::kLogNormal : Model::kNormal;
  center_ = center;
  spread_ = spread * kWidening;
  freedom_ = 5 + static_cast<double>(sorted.size()) / 30;
  return true;
}

ValueTails::ValueTails(std::span<const double> sorted) : median_(Median(sorted)), deviation_(MadDeviation(sorted)) {
  if (FitNormal(sorted, false)) return;
  if (Quantile(sorted, 0.02) > 0 && FitNormal(Logarithms(sorted), true)) return;
  const double range = Quantile(sorted, 0.98) - Quantile(sorted, 0.02);
  const double floor = std::max({deviation_ / 10, range / 50, std::abs(median_) * 1e-9, 1e-300});
  below_ = FitTail(Distances(sorted, median_, false), floor);
  above_ = FitTail(Distances(sorted, median_, true), floor);
}

double ValueTails::LogChance(double value) const {
  if (model_ == Model::kPareto) return (value < median_ ? below_ : above_).LogChance(std::abs(value - median_));
  if (model_ == Model::kLogNormal && value <= 0) return -kMost;
  const double on_scale = model_ == Model::kLogNormal ? std::log(value) : value;
  return std::max(-kMost, LogStudentTail(std::abs(on_scale - center_) / spread_, freedom_));
}

std::string_view ToString(ValueTails::Model model) {
  switch (model) {
    case ValueTails::Model::kNormal: return "normal";
    case ValueTails::Model::kLogNormal: return "log-normal";
    default: return "heavy-tailed or uneven";
  }
}

}  // namespace migrateiq::anomaly
