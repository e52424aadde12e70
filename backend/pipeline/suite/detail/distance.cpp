#include "pipeline/suite/detail/distance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace migrateiq::detail {

namespace {

/// Shares below this count as this much.
constexpr double kLeastShare = 1e-4;

double Psi(const std::vector<double>& found, const std::vector<double>& expected) {
  double sum = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    if (found[i] == 0 && expected[i] == 0) continue;
    const double f = std::max(found[i], kLeastShare), e = std::max(expected[i], kLeastShare);
    sum += (f - e) * std::log(f / e);
  }
  return sum;
}

double Ks(const std::vector<double>& found, const std::vector<double>& expected) {
  double apart = 0, widest = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    apart += found[i] - expected[i];
    widest = std::max(widest, std::abs(apart));
  }
  return widest;
}

double Js(const std::vector<double>& found, const std::vector<double>& expected) {
  const auto divergence = [](double share, double middle) { return share > 0 ? share * std::log2(share / middle) : 0; };
  double sum = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    const double middle = (found[i] + expected[i]) / 2;
    sum += divergence(found[i], middle) + divergence(expected[i], middle);
  }
  return std::sqrt(std::max(0.0, sum / 2));
}

}  // namespace

void Normalize(std::vector<double>& shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (sum <= 0) return;
  for (double& share : shares) share /= sum;
}

std::optional<double> DistanceOf(Distance distance, std::vector<double> found, std::vector<double> expected) {
  Normalize(found);
  Normalize(expected);
  const auto empty = [](const std::vector<double>& shares) {
    return std::ranges::all_of(shares, [](double share) { return share == 0; });
  };
  if (found.size() != expected.size() || empty(found) || empty(expected)) return std::nullopt;
  switch (distance) {
    case Distance::kPsi: return Psi(found, expected);
    case Distance::kKs: return Ks(found, expected);
    case Distance::kJs: return Js(found, expected);
  }
  return std::nullopt;
}

}  // namespace migrateiq::detail
