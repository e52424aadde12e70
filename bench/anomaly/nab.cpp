#include "nab.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "base/errors/data.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::bench {
namespace {

constexpr double kProbation = 0.15;
constexpr size_t kProbationMost = 5000;
constexpr double kTruePositive = 1, kFalsePositive = 0.11, kFalseNegative = 1;

/// 0.987 at the left edge (-1) of a window, 0 at its right edge (0), -1 from three widths behind it.
double ScaledSigmoid(double position) { return position >= 3 ? -1 : 2 / (1 + std::exp(5 * position)) - 1; }

size_t IndexOf(const std::vector<anomaly::SeriesPoint>& points, std::string_view text) {
  int64_t micros = 0;
  text::ParseTimestamp(text, micros);
  const auto at = std::ranges::lower_bound(points, micros, {}, &anomaly::SeriesPoint::time);
  return std::min(static_cast<size_t>(at - points.begin()), points.size() - 1);
}

Result<LabelledSeries> LoadSeries(const std::string& folder, std::string_view path, const boost::json::array& windows) {
  LabelledSeries series;
  const size_t slash = path.find('/');
  series.folder = path.substr(0, slash);
  series.name = path.substr(slash + 1);
  MIQ_ASSIGN(series.points, anomaly::ReadSeries(folder + "/" + std::string(path)));
  for (const auto& window : windows) {
    const auto& bounds = window.as_array();
    series.windows.push_back({.begin = IndexOf(series.points, bounds.at(0).as_string()),
                              .end = IndexOf(series.points, bounds.at(1).as_string())});
  }
  return series;
}

/// The reward of a detection at `index` inside the window, 1 at its left edge.
double Reward(const Window& window, size_t index) {
  const auto width = static_cast<double>(window.end - window.begin + 1);
  const double position = -static_cast<double>(window.end - index + 1) / width;
  return kTruePositive * ScaledSigmoid(position) / ScaledSigmoid(-1);
}

/// The cost of a detection at `index` behind `last`, the window before it, if there is one.
double Cost(const Window* last, size_t index) {
  if (last == nullptr) return -kFalsePositive;
  const double width = std::max(1.0, static_cast<double>(last->end - last->begin));
  return kFalsePositive * ScaledSigmoid(static_cast<double>(index - last->end) / width);
}

/// Score before normalisation as points are added from the highest score downward.
class Sweep {
 public:
  explicit Sweep(int windows)
      : best_(static_cast<size_t>(windows), -kFalseNegative), total_(-kFalseNegative * windows) {}
  void Add(const Judged& point) {
    if (point.window < 0) {
      total_ += point.worth;
      return;
    }
    double& best = best_[static_cast<size_t>(point.window)];
    total_ += std::max(best, point.worth) - best;
    best = std::max(best, point.worth);
  }
  double total() const { return total_; }

 private:
  std::vector<double> best_;
  double total_;
};

}  // namespace

Result<std::vector<LabelledSeries>> LoadBenchmark(const std::string& folder) {
  std::ifstream file(folder + "/windows.json");
  if (!file) return Fail(Error(codes::kSeriesFile, "cannot open the labels").At(folder + "/windows.json"));
  std::ostringstream content;
  content << file.rdbuf();
  std::vector<LabelledSeries> all;
  const boost::json::value labels = boost::json::parse(content.str());
  for (const auto& [path, windows] : labels.as_object()) {
    MIQ_ASSIGN(LabelledSeries series, LoadSeries(folder, path, windows.as_array()));
    all.push_back(std::move(series));
  }
  return all;
}

size_t ProbationLength(size_t points) {
  return static_cast<size_t>(kProbation * static_cast<double>(std::min(points, kProbationMost)));
}

void Judge(const LabelledSeries& series, const std::vector<double>& scores, JudgedSet& into) {
  const size_t probation = ProbationLength(series.points.size());
  size_t next = 0;
  int number = -1;  // of the window at `next`, once a judged point lies in it
  for (size_t index = 0; index < series.points.size(); ++index) {
    while (next < series.windows.size() && series.windows[next].end < index) {
      ++next;
      number = -1;
    }
    if (index < probation) continue;
    if (next < series.windows.size() && index >= series.windows[next].begin) {
      if (number < 0) number = into.windows++;
      into.points.push_back({.score = scores[index], .worth = Reward(series.windows[next], index), .window = number});
      continue;
    }
    const Window* last = next == 0 ? nullptr : &series.windows[next - 1];
    into.points.push_back({.score = scores[index], .worth = Cost(last, index)});
  }
}

double NormalizedScore(const JudgedSet& set, double threshold) {
  Sweep sweep(set.windows);
  for (const auto& point : set.points)
    if (point.score >= threshold) sweep.Add(point);
  const double null = -kFalseNegative * set.windows, perfect = kTruePositive * set.windows;
  return 100 * (sweep.total() - null) / (perfect - null);
}

double BestThreshold(const JudgedSet& set) {
  std::vector<Judged> sorted = set.points;
  std::ranges::sort(sorted, std::greater(), &Judged::score);
  Sweep sweep(set.windows);
  double best = sweep.total(), threshold = 1.1;
  for (size_t index = 0; index < sorted.size(); ++index) {
    sweep.Add(sorted[index]);
    const bool last_of_score = index + 1 == sorted.size() || sorted[index + 1].score != sorted[index].score;
    if (last_of_score && sweep.total() > best) {
      best = sweep.total();
      threshold = sorted[index].score;
    }
  }
  return threshold;
}

}  // namespace migrateiq::bench
