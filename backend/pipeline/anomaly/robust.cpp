#include "pipeline/anomaly/robust.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace migrateiq::anomaly {
namespace {

constexpr size_t kMedcoupleValues = 201;
constexpr double kMadToDeviation = 1.4826;

/// Evenly spaced quantiles, so that the quadratic medcouple stays small.
std::vector<double> Thinned(std::span<const double> sorted) {
  if (sorted.size() <= kMedcoupleValues) return {sorted.begin(), sorted.end()};
  std::vector<double> thin;
  for (size_t index = 0; index < kMedcoupleValues; ++index)
    thin.push_back(Quantile(sorted, static_cast<double>(index) / (kMedcoupleValues - 1)));
  return thin;
}

}  // namespace

double Quantile(std::span<const double> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(place);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = place - static_cast<double>(below);
  return sorted[below] * (1 - part) + sorted[above] * part;
}

double MedianOf(std::vector<double>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

double MadDeviation(std::span<const double> sorted) {
  const double median = Median(sorted);
  std::vector<double> away;
  away.reserve(sorted.size());
  for (const double value : sorted) away.push_back(std::abs(value - median));
  return kMadToDeviation * MedianOf(away);
}

double Medcouple(std::span<const double> sorted) {
  const std::vector<double> thin = Thinned(sorted);
  const double median = Median(thin);
  std::vector<double> kernel;
  for (const double above : thin) {
    if (above <= median) continue;
    for (const double below : thin) {
      if (below >= median) break;
      kernel.push_back((above + below - 2 * median) / (above - below));
    }
  }
  return MedianOf(kernel);
}

Fences AdjustedFences(std::span<const double> sorted, double reach) {
  const double first = Quantile(sorted, 0.25), third = Quantile(sorted, 0.75), skew = Medcouple(sorted);
  const double low = skew >= 0 ? -4 : -3, high = skew >= 0 ? 3 : 4;
  return {.low = first - reach * std::exp(low * skew) * (third - first),
          .high = third + reach * std::exp(high * skew) * (third - first)};
}

double LogNormalTail(double z) {
  if (z < 30) return std::log10(0.5 * std::erfc(z / std::numbers::sqrt2));
  return (-z * z / 2 - std::log(z * std::sqrt(2 * std::numbers::pi))) / std::numbers::ln10;
}

double LogStudentTail(double t, double freedom) {
  return LogNormalTail(std::sqrt(freedom * std::log1p(t * t / freedom)) * (8 * freedom + 1) / (8 * freedom + 3));
}

/// Bisection over the tail: exact enough, and called a few times a column only.
double NormalQuantile(double share) {
  double low = -10, high = 10;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::numbers::sqrt2) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace migrateiq::anomaly
