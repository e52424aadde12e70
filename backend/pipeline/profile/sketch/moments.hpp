#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

namespace migrateiq {

/// Count, mean and sum of squared deviations, without cancellation: a batch is summed around its own mean, then merged.
/// Values must be finite.
class Moments {
 public:
  void Add(std::span<const double> values) {
    if (values.empty()) return;
    double sum = 0;
    for (const double value : values) sum += value;
    Moments batch;
    batch.count_ = static_cast<int64_t>(values.size());
    batch.mean_ = sum / static_cast<double>(values.size());
    if (!std::isfinite(sum)) batch.mean_ = MeanOfHuge(values);
    for (const double value : values) batch.squares_ += (value - batch.mean_) * (value - batch.mean_);
    Merge(batch);
  }

  void Merge(const Moments& other) {
    if (other.count_ == 0) return;
    const auto mine = static_cast<double>(count_), theirs = static_cast<double>(other.count_);
    const double all = mine + theirs;
    const double apart = other.mean_ - mean_;
    mean_ = std::isfinite(apart) ? mean_ + apart * (theirs / all) : mean_ * (mine / all) + other.mean_ * (theirs / all);
    mean_ = Bounded(mean_);
    squares_ += other.squares_ + apart * apart * mine * (theirs / all);
    count_ += other.count_;
  }

  int64_t count() const { return count_; }
  double mean() const { return mean_; }
  /// The largest double where it is larger; so is the deviation.
  double sum() const { return Bounded(mean_ * static_cast<double>(count_)); }
  /// Of a sample (n - 1); 0 for less than two values.
  double deviation() const { return count_ < 2 ? 0 : Bounded(std::sqrt(squares_ / static_cast<double>(count_ - 1))); }

 private:
  static double Bounded(double value) {
    constexpr double kMost = std::numeric_limits<double>::max();
    return std::isnan(value) ? kMost : std::clamp(value, -kMost, kMost);
  }
  static double MeanOfHuge(std::span<const double> values) {
    double mean = 0;
    for (const double value : values) mean += value / static_cast<double>(values.size());
    return Bounded(mean);
  }

  int64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace migrateiq
