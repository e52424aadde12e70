#pragma once

#include <map>
#include <string>
#include <vector>

#include "pipeline/anomaly/series.hpp"

/// The scoring of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, arXiv:1510.03336), standard profile.
namespace migrateiq::bench {

/// First and last index of a labelled window, both inside.
struct Window {
  size_t begin = 0;
  size_t end = 0;
};

/// One labelled series.
struct LabelledSeries {
  std::string folder;
  std::string name;
  std::vector<anomaly::SeriesPoint> points;
  std::vector<Window> windows;
};

/// All series that `folder`/windows.json names, with their windows.
Result<std::vector<LabelledSeries>> LoadBenchmark(const std::string& folder);

/// Points at the beginning that are not judged.
size_t ProbationLength(size_t points);

/// What one point is worth once its score reaches the threshold.
struct Judged {
  double score = 0;  ///< the detector's
  double worth = 0;  ///< inside a window the reward, outside the (negative) cost
  int window = -1;   ///< number of the window within the whole set, -1 outside
};

/// The judged points of some series with the number of their windows; `scores` one list a series.
struct JudgedSet {
  std::vector<Judged> points;
  int windows = 0;  ///< those that reach past the probation
};
void Judge(const LabelledSeries& series, const std::vector<double>& scores, JudgedSet& into);

/// 100 for everything found at once and nothing else, 0 for the detector that finds nothing.
double NormalizedScore(const JudgedSet& set, double threshold);
/// The threshold with the best score over the set.
double BestThreshold(const JudgedSet& set);

}  // namespace migrateiq::bench
