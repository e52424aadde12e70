#include "pipeline/match/train/calibrate.hpp"

#include <algorithm>
#include <cmath>

namespace migrateiq::match {

namespace {

constexpr double kWantedPrecision = 0.95;
constexpr double kSafety = 0.01;
constexpr double kLeastAccepted = 0.93;  ///< whatever the families at hand say: others are harder

Calibration FitCalibration(const std::vector<Judged>& judged) {
  std::vector<Example> examples;
  for (const Judged& one : judged)
    if (one.proposed) examples.push_back({{one.score}, one.label, one.weight});
  if (examples.size() < 20) return {};
  const Linear linear = FitLogistic(examples, {.penalty = 0.1, .steps = 30, .signs = {1}});
  return {linear.weights[0], linear.offset};
}

double BestThreshold(const std::vector<Judged>& falling, double truths) {
  double right = 0, proposed = 0, best = -1, threshold = 0;
  for (size_t k = 0; k < falling.size(); ++k) {
    if (!falling[k].proposed) continue;
    right += falling[k].weight * falling[k].label;
    proposed += falling[k].weight;
    const double f1 = 2 * right / (proposed + truths);
    if (f1 > best) best = f1, threshold = falling[k].score;
  }
  return threshold - 1e-6;
}

/// The lowest confidence from which on enough are right.
double AcceptFrom(const std::vector<Judged>& falling, const Calibration& calibration) {
  double right = 0, proposed = 0, least = 0.99;
  for (const Judged& one : falling) {
    if (!one.proposed) continue;
    right += one.weight * one.label;
    proposed += one.weight;
    if (right / proposed >= kWantedPrecision + kSafety) least = calibration(one.score);
  }
  return std::clamp(least, kLeastAccepted, 0.99);
}

}  // namespace

std::vector<int> AssignAll(const Grid& scores) {
  Grid gains = scores;
  for (double& cell : gains.cells) cell = cell > 30 ? cell : std::log1p(std::exp(cell));
  return Assign(gains);
}

void Decide(const std::vector<Judged>& judged, Model& model) {
  for (size_t k = 0; k < kRegimes; ++k) {
    std::vector<Judged> own;
    double truths = 0;
    for (const Judged& one : judged)
      if (one.regime == static_cast<Regime>(k)) {
        own.push_back(one);
        truths += one.weight * one.label;
      }
    if (own.empty()) continue;
    std::ranges::sort(own, [](const Judged& a, const Judged& b) {
      return a.score != b.score ? a.score > b.score : a.label < b.label;  // ties: the worse case
    });
    RegimeModel& regime = model.regimes[k];
    regime.calibration = FitCalibration(own);
    regime.propose = BestThreshold(own, truths);
    regime.accept = AcceptFrom(own, regime.calibration);
  }
}

}  // namespace migrateiq::match
