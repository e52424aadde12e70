#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string_view>

#include "pipeline/anomaly/season.hpp"
#include "pipeline/anomaly/series.hpp"

namespace migrateiq::anomaly {

/// The ways in which a point of a series is looked at; each is a number whose own history says what is usual.
enum class View : uint8_t {
  kValue,            ///< the value itself
  kChange,           ///< the difference to the value before
  kJump,             ///< the difference to the median of the latest values
  kLevel,            ///< the mean of the latest values
  kNoise,            ///< how much the latest values vary (logarithm)
  kSeason,           ///< the difference to what is usual at this time of day or week
  kSeasonLevel,      ///< the mean of the latest such differences
  kLongSeasonLevel,  ///< the same over a longer time
};
inline constexpr size_t kViews = 8;

/// Turns points into views. After a long silence the views of the latest values begin anew.
class SeriesViews {
 public:
  using Values = std::array<std::optional<double>, kViews>;
  /// The views of a point, by what came before it; the point is learnt thereafter.
  Values Look(const SeriesPoint& point);
  /// What was usual at the time of the latest point.
  const std::optional<Season::Expected>& season() const { return season_; }

 private:
  void ForgetAfterSilence(Micros time);

  Season seasons_;
  std::optional<Season::Expected> season_;
  std::deque<double> latest_, latest_seasonal_;  // bounded by the longest view
  std::optional<Micros> last_;
  double step_ = 0;  ///< usual time between points
};

}  // namespace migrateiq::anomaly
