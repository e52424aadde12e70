#include <algorithm>
#include <cmath>

#include "pipeline/match/acceptance.hpp"

namespace migrateiq::match {

namespace {

constexpr double kShiftDeviation = 2.0;  ///< how far families differ from the model's calibration, as log-odds
constexpr double kSlopeDeviation = 0.5;

}  // namespace

// The posterior mode of shift and slope, by Newton's method, with normal priors round 0 and 1.
Calibration Recalibrated(const std::vector<Experienced>& experience) {
  double shift = 0, slope = 1;
  for (int step = 0; step < 50 && !experience.empty(); ++step) {
    double g0 = -shift / (kShiftDeviation * kShiftDeviation), g1 = -(slope - 1) / (kSlopeDeviation * kSlopeDeviation);
    double h00 = 1 / (kShiftDeviation * kShiftDeviation), h01 = 0, h11 = 1 / (kSlopeDeviation * kSlopeDeviation);
    for (const Experienced& one : experience) {
      const double z = std::clamp(Logit(one.confidence), -8.0, 8.0);
      const double p = Sigmoid(slope * z + shift);
      const double off = (one.right ? 1.0 : 0.0) - p, curve = p * (1 - p);
      g0 += off;
      g1 += off * z;
      h00 += curve;
      h01 += curve * z;
      h11 += curve * z * z;
    }
    const double determinant = h00 * h11 - h01 * h01;
    const double d0 = (h11 * g0 - h01 * g1) / determinant, d1 = (h00 * g1 - h01 * g0) / determinant;
    shift += std::clamp(d0, -1.0, 1.0);
    slope = std::max(0.1, slope + std::clamp(d1, -0.5, 0.5));
    if (std::abs(d0) + std::abs(d1) < 1e-9) break;
  }
  return {slope, shift};
}

}  // namespace migrateiq::match
