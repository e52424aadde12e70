// Scores our detector, a random cut forest and a windowed Gaussian on labelled series: anomaly_bench FOLDER
#include <fmt/core.h>

#include <chrono>
#include <functional>
#include <map>

#include "baselines.hpp"
#include "nab.hpp"
#include "pipeline/anomaly/series_detector.hpp"

namespace migrateiq::bench {
namespace {

using Scores = std::vector<double>;
using Detector = std::function<Scores(const std::vector<anomaly::SeriesPoint>&)>;

/// A detector's scores for every series, and how long they took.
struct Outcome {
  std::string name;
  std::vector<Scores> scores;
  double seconds = 0;
};

Outcome Run(std::string name, const std::vector<LabelledSeries>& all, const Detector& detector) {
  Outcome outcome{.name = std::move(name)};
  const auto begin = std::chrono::steady_clock::now();
  for (const auto& series : all) outcome.scores.push_back(detector(series.points));
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return outcome;
}

JudgedSet JudgeSome(const std::vector<LabelledSeries>& all, const Outcome& outcome,
                    const std::function<bool(const std::string&)>& wanted) {
  JudgedSet set;
  for (size_t index = 0; index < all.size(); ++index)
    if (wanted(all[index].folder)) Judge(all[index], outcome.scores[index], set);
  return set;
}

/// A folder's score with a threshold; false alerts instead where it has nothing to find.
std::string Cell(const JudgedSet& set, double threshold) {
  if (set.windows > 0) return fmt::format("{:.1f}", NormalizedScore(set, threshold));
  int alerts = 0;
  for (const auto& point : set.points) alerts += point.score >= threshold ? 1 : 0;
  return fmt::format("{} false alerts", alerts);
}

/// Each folder with the threshold that is best for the others, weighed by windows as the whole set is.
double LeftOut(const std::vector<LabelledSeries>& all, const Outcome& outcome,
               const std::vector<std::string>& folders) {
  double sum = 0, windows = 0;
  for (const auto& folder : folders) {
    const double threshold = BestThreshold(JudgeSome(all, outcome, [&](const auto& one) { return one != folder; }));
    const JudgedSet set = JudgeSome(all, outcome, [&](const auto& one) { return one == folder; });
    if (set.windows > 0) sum += NormalizedScore(set, threshold) * set.windows;
    for (const auto& point : set.points)
      if (set.windows == 0 && point.score >= threshold) sum += 50 * point.worth;
    windows += set.windows;
  }
  return sum / windows;
}

void PrintRow(const std::vector<LabelledSeries>& all, const Outcome& outcome, const std::vector<std::string>& folders) {
  const JudgedSet whole = JudgeSome(all, outcome, [](const auto&) { return true; });
  const double threshold = BestThreshold(whole);
  fmt::print("| {} | {:.1f} | {:.1f} | {:.4f} |", outcome.name, NormalizedScore(whole, threshold),
             LeftOut(all, outcome, folders), threshold);
  for (const auto& folder : folders)
    fmt::print(" {} |", Cell(JudgeSome(all, outcome, [&](const auto& one) { return one == folder; }), threshold));
  fmt::print(" {:.1f} |\n", outcome.seconds);
}

int Main(const std::string& folder) {
  const auto all = LoadBenchmark(folder);
  if (!all) {
    fmt::print(stderr, "{}\n", all.error().ToString());
    return 1;
  }
  std::vector<std::string> folders;
  size_t points = 0;
  for (const auto& series : *all) {
    points += series.points.size();
    if (folders.empty() || folders.back() != series.folder) folders.push_back(series.folder);
  }
  fmt::print("{} series, {} points\n\n| detector | score | threshold from other folders | threshold |", all->size(),
             points);
  for (const auto& name : folders) fmt::print(" {} |", name);
  fmt::print(" seconds |\n|---|---|---|---|");
  for (size_t index = 0; index <= folders.size(); ++index) fmt::print("---|");
  fmt::print("\n");
  const auto ours = [](const auto& series) { return anomaly::DetectSeries(series).scores; };
  PrintRow(*all, Run("ours", *all, ours), folders);
  PrintRow(*all, Run("random cut forest", *all, RandomCutForest), folders);
  PrintRow(*all, Run("windowed Gaussian", *all, WindowedGaussian), folders);
  return 0;
}

}  // namespace
}  // namespace migrateiq::bench

int main(int argc, char** argv) {
  if (argc == 2) return migrateiq::bench::Main(argv[1]);
  fmt::print(stderr, "usage: {} FOLDER with windows.json and the series it names\n", argv[0]);
  return 2;
}
