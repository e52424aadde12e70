#include "pipeline/anomaly/series_detector.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "pipeline/batch/text.hpp"

namespace migrateiq::anomaly {
namespace {

constexpr double kSurpriseMost = 8;  ///< that one view can add
constexpr double kSumPart = 0.7;     ///< of the plain sum; the rest is how unusual the series itself finds such a sum
constexpr double kUnusualFactor = 1.5;
constexpr double kFadePoints = 300;  ///< in which an event fades to a third
constexpr double kWorse = 1.5;       ///< an event is told of again when it is this much more surprising
constexpr double kHalfScore = 14.5;  ///< surprise with score 0.5
constexpr size_t kToldMost = 3;

constexpr std::array<std::string_view, kViews> kNames = {
    "the value",
    "the step from the value before",
    "the distance from the median of the latest 21 values",
    "the mean of the latest 12 values",
    "the noise of the latest 24 values (logarithm)",
    "the distance from what is usual at this time",
    "the mean distance of the latest 12 values from what is usual at their times",
    "the mean distance of the latest 36 values from what is usual at their times"};

std::string TimeText(Micros time) {
  std::string text;
  text::AppendTimestamp(text, time);
  return text;
}

}  // namespace

SeriesDetector::SeriesDetector(SeriesOptions options)
    : options_(options), tails_(kViews, StreamTail(options.window)), total_(options.window) {}

double SeriesDetector::Together(const Surprises& surprises) {
  const double sum = std::accumulate(surprises.begin(), surprises.end(), 0.0);
  const double unusual = std::min(total_.Surprise(sum), kSurpriseMost);
  total_.Add(sum);
  return kSumPart * sum + kUnusualFactor * unusual;
}

/// The surprise while it rises above the fading level of the latest event, else 0.
double SeriesDetector::Fade(double surprise) {
  const bool rises = surprise > level_;
  level_ = std::max(level_ * (1 - 1 / kFadePoints), surprise);
  return rises ? surprise : 0;
}

std::string SeriesDetector::Reason(const SeriesPoint& point, const Surprises& surprises) const {
  std::array<size_t, kViews> order;
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, {}, [&](size_t view) { return std::pair(-surprises[view], view); });
  std::string reason = fmt::format("{:.6g} at {}", point.value, TimeText(point.time));
  if (const auto& season = views_.season())
    reason += fmt::format(", usual at this time of {} is {:.4g}", season->weekly ? "the week" : "day", season->value);
  for (size_t place = 0; place < kToldMost && surprises[order[place]] > 0; ++place) {
    const StreamTail::Range usual = tails_[order[place]].Usual();
    reason += fmt::format("; {} is usually from {:.4g} to {:.4g}, one in 10^{:.0f} like this", kNames[order[place]],
                          usual.low, usual.high, surprises[order[place]]);
  }
  return reason;
}

SeriesVerdict SeriesDetector::Add(const SeriesPoint& point) {
  if (!std::isfinite(point.value)) return {};
  const SeriesViews::Values views = views_.Look(point);
  Surprises surprises{};
  for (size_t view = 0; view < kViews; ++view)
    if (views[view]) surprises[view] = std::min(tails_[view].Surprise(*views[view]), kSurpriseMost);
  const double surprise = Fade(Together(surprises));
  SeriesVerdict verdict{.score = surprise / (surprise + kHalfScore)};
  verdict.alert = verdict.score >= options_.alert && surprise > kWorse * told_;
  told_ = verdict.alert ? surprise : told_ * (1 - 1 / kFadePoints);
  if (verdict.alert) verdict.reason = Reason(point, surprises);
  for (size_t view = 0; view < kViews; ++view)
    if (views[view]) tails_[view].Add(*views[view]);
  return verdict;
}

SeriesReport DetectSeries(std::span<const SeriesPoint> points, const SeriesOptions& options) {
  SeriesDetector detector(options);
  SeriesReport report;
  for (const SeriesPoint& point : points) {
    SeriesVerdict verdict = detector.Add(point);
    report.scores.push_back(verdict.score);
    if (verdict.alert)
      report.alerts.push_back({.point = point, .score = verdict.score, .reason = std::move(verdict.reason)});
  }
  return report;
}

}  // namespace migrateiq::anomaly
