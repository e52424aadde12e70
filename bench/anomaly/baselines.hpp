#pragma once

#include <vector>

#include "pipeline/anomaly/series.hpp"

/// The two detectors that ours is compared with, each as the benchmark's authors ran it. A score from 0 to 1 a point.
namespace migrateiq::bench {

/// Tail probability under a normal distribution fitted to a sliding window (6400 values, refitted every 100).
std::vector<double> WindowedGaussian(const std::vector<anomaly::SeriesPoint>& points);

/// Robust random cut forest (Guha et al. 2016) over single values: 100 trees of 256 points, scored by expected depth.
std::vector<double> RandomCutForest(const std::vector<anomaly::SeriesPoint>& points);

}  // namespace migrateiq::bench
