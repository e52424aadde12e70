#include "pipeline/anomaly/series_views.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "pipeline/anomaly/robust.hpp"

namespace migrateiq::anomaly {
namespace {

constexpr size_t kLevelPoints = 12, kNoisePoints = 24, kJumpPoints = 21, kLongPoints = 36;
constexpr double kStepMemory = 0.02;
constexpr double kSilence = 50;  ///< usual steps without a point

using Latest = std::deque<double>;

std::optional<double> MeanOfLast(const Latest& latest, size_t count) {
  if (latest.size() < count) return std::nullopt;
  return std::accumulate(latest.end() - static_cast<std::ptrdiff_t>(count), latest.end(), 0.0) /
         static_cast<double>(count);
}

/// The logarithm of the deviation; what is below a thousandth of the mean is no noise.
std::optional<double> LogNoise(const Latest& latest) {
  const auto mean = MeanOfLast(latest, kNoisePoints);
  if (!mean) return std::nullopt;
  double squares = 0;
  for (auto at = latest.end() - kNoisePoints; at != latest.end(); ++at) squares += (*at - *mean) * (*at - *mean);
  return std::log(std::sqrt(squares / kNoisePoints) + 1e-9 + 1e-3 * std::abs(*mean));
}

std::optional<double> MedianOfLast(const Latest& latest, size_t count) {
  if (latest.size() < count) return std::nullopt;
  std::vector<double> values(latest.end() - static_cast<std::ptrdiff_t>(count), latest.end());
  return MedianOf(values);
}

void Keep(Latest& latest, double value) {
  latest.push_back(value);
  if (latest.size() > kLongPoints) latest.pop_front();
}

}  // namespace

void SeriesViews::ForgetAfterSilence(Micros time) {
  if (last_) {
    const auto passed = static_cast<double>(time - *last_);
    if (step_ > 0 && passed > kSilence * step_) {
      latest_.clear();
      latest_seasonal_.clear();
    } else {
      step_ += (step_ == 0 ? 1 : kStepMemory) * (passed - step_);
    }
  }
  last_ = time;
}

SeriesViews::Values SeriesViews::Look(const SeriesPoint& point) {
  ForgetAfterSilence(point.time);
  Values views;
  const auto view = [&views](View which) -> std::optional<double>& { return views[static_cast<size_t>(which)]; };
  view(View::kValue) = point.value;
  if (!latest_.empty()) view(View::kChange) = point.value - latest_.back();
  if (const auto median = MedianOfLast(latest_, kJumpPoints)) view(View::kJump) = point.value - *median;
  Keep(latest_, point.value);
  view(View::kLevel) = MeanOfLast(latest_, kLevelPoints);
  view(View::kNoise) = LogNoise(latest_);
  season_ = seasons_.Expect(point.time);
  if (season_) {
    Keep(latest_seasonal_, point.value - season_->value);
    view(View::kSeason) = point.value - season_->value;
    view(View::kSeasonLevel) = MeanOfLast(latest_seasonal_, kLevelPoints);
    view(View::kLongSeasonLevel) = MeanOfLast(latest_seasonal_, kLongPoints);
  }
  seasons_.Add(point.time, point.value);
  return views;
}

}  // namespace migrateiq::anomaly
