#include <algorithm>
#include <cmath>
#include <deque>

#include "baselines.hpp"

namespace migrateiq::bench {
namespace {

constexpr size_t kWindow = 6400, kStep = 100;

class Gaussian {
 public:
  double Score(double value) const {
    return count_ == 0 ? 0 : 1 - 0.5 * std::erfc(std::abs(value - mean_) / (deviation_ * std::sqrt(2.0)));
  }

  void Add(double value) {
    if (window_.size() < kWindow) {
      window_.push_back(value);
      Fit();
    } else if (step_.push_back(value); step_.size() == kStep) {
      window_.erase(window_.begin(), window_.begin() + kStep);
      window_.insert(window_.end(), step_.begin(), step_.end());
      step_.clear();
      Refit();
    }
  }

 private:
  /// While the window grows, by Welford's recurrence.
  void Fit() {
    const double value = window_.back(), delta = value - mean_;
    mean_ += delta / static_cast<double>(++count_);
    squares_ += delta * (value - mean_);
    SetDeviation();
  }
  void Refit() {
    mean_ = squares_ = 0;
    for (const double value : window_) mean_ += value / static_cast<double>(count_);
    for (const double value : window_) squares_ += (value - mean_) * (value - mean_);
    SetDeviation();
  }
  void SetDeviation() {
    deviation_ = std::sqrt(squares_ / static_cast<double>(count_));
    if (deviation_ == 0) deviation_ = 1e-6;
  }

  std::deque<double> window_;
  std::vector<double> step_;
  size_t count_ = 0;
  double mean_ = 0, squares_ = 0, deviation_ = 1;
};

}  // namespace

std::vector<double> WindowedGaussian(const std::vector<anomaly::SeriesPoint>& points) {
  std::vector<double> scores;
  Gaussian gaussian;
  for (const auto& point : points) {
    scores.push_back(gaussian.Score(point.value));
    gaussian.Add(point.value);
  }
  return scores;
}

}  // namespace migrateiq::bench
