#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "pipeline/anomaly/series.hpp"
#include "pipeline/anomaly/series_views.hpp"
#include "pipeline/anomaly/stream_tail.hpp"

namespace migrateiq::anomaly {

struct SeriesOptions {
  size_t window = 8192;  ///< values of each view that the next is judged by
  double alert = 0.5;    ///< scores from here on may be alerts
};

struct SeriesVerdict {
  double score = 0;  ///< 0 usual .. 1 cannot be chance
  bool alert = false;
  std::string reason;  ///< of alerts: what is unusual about the point, and by what it was judged
};

/// Judges the points of a series as they arrive: each by what came before it, in constant time and bounded memory.
///
/// A point is looked at in several ways (`View`); each says by the tails of its own history how surprising it is, and
/// the surprises are put together. After an event the score stays at 0 until something more surprising happens or the
/// event has faded, so that one event is one alert. Points must arrive in the order of time. Not thread-safe.
class SeriesDetector {
 public:
  explicit SeriesDetector(SeriesOptions options = {});
  /// Values that are not finite score 0 and are not learnt.
  SeriesVerdict Add(const SeriesPoint& point);

 private:
  using Surprises = std::array<double, kViews>;
  double Together(const Surprises& surprises);
  double Fade(double surprise);
  std::string Reason(const SeriesPoint& point, const Surprises& surprises) const;

  SeriesOptions options_;
  SeriesViews views_;
  std::vector<StreamTail> tails_;
  StreamTail total_;
  double level_ = 0;  ///< of the latest event, as it fades
  double told_ = 0;   ///< the same of the latest alert
};

struct SeriesAlert {
  SeriesPoint point;
  double score = 0;
  std::string reason;
};
struct SeriesReport {
  std::vector<double> scores;  ///< one a point
  std::vector<SeriesAlert> alerts;
};
/// A whole series, point by point.
SeriesReport DetectSeries(std::span<const SeriesPoint> points, const SeriesOptions& options = {});

}  // namespace migrateiq::anomaly
