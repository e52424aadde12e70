#include "pipeline/anomaly/stream_tail.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace migrateiq::anomaly {
namespace {

constexpr size_t kLeast = 30;  ///< values before anything is judged
constexpr double kTailShare = 0.02;
constexpr double kPseudoValues = 2;    ///< excesses of a normal's size that each tail is fitted with besides its own
constexpr double kPseudoPart = 0.1;    ///< their size, as a part of the distance between the tails
constexpr double kPseudoLevel = 1e-3;  ///< and at least this part of the level
constexpr double kShapeMost = 0.5;
constexpr size_t kFitsPerWindow = 40;
constexpr double kSurprisePerTurns = 3;   ///< most surprise, for each power of ten of turns
constexpr double kSurprisePerValues = 2;  ///< and of values, from ten on

}  // namespace

double StreamTail::Tail::Surprise(double over) const {
  if (over <= 0) return 0;
  const double decay = shape < 1e-6 ? over / scale / std::numbers::ln10 : std::log10(1 + shape * over / scale) / shape;
  return -std::log10(share) + decay;
}

double StreamTail::Surprise(double value) const {
  if (!fitted_) return 0;
  const double surprise = std::max(above_.Surprise(value - above_.begin), below_.Surprise(below_.begin - value));
  const auto count = static_cast<double>(values_.size());
  return std::min({surprise, kSurprisePerTurns * std::log10(1 + turns_), kSurprisePerValues * std::log10(count / 10)});
}

void StreamTail::Add(double value) {
  if (values_.size() < window_) {
    values_.push_back(value);
  } else {
    values_[next_] = value;
    next_ = (next_ + 1) % window_;
  }
  if (fitted_) {
    turns_ = turns_ * (1 - 1 / static_cast<double>(window_)) + (is_high_ == (value > middle_) ? 0 : 1);
    is_high_ = value > middle_;
  }
  ++since_fit_;
  if (values_.size() >= kLeast && since_fit_ * kFitsPerWindow >= values_.size()) Fit();
}

/// Moments of the excesses, mixed with a few made-up ones while they are few.
StreamTail::Tail StreamTail::FitTail(double begin, const double* first, const double* last, double sign,
                                     double pseudo) const {
  double over_count = 0, sum = kPseudoValues * pseudo, squares = 2 * kPseudoValues * pseudo * pseudo;
  for (; first != last; ++first) {
    const double over = sign * (*first - begin);
    if (over <= 0) continue;
    ++over_count;
    sum += over;
    squares += over * over;
  }
  const double mean = sum / (over_count + kPseudoValues);
  const double variance = squares / (over_count + kPseudoValues) - mean * mean;
  const double ratio = variance > 0 ? mean * mean / variance : 1;
  const double shape = std::clamp((1 - ratio) / 2, 0.0, kShapeMost);
  return {.begin = begin,
          .scale = mean * (1 - shape),
          .shape = shape,
          .share = (over_count + 0.5) / static_cast<double>(values_.size())};
}

void StreamTail::Fit() {
  since_fit_ = 0;
  fitted_ = true;
  work_ = values_;
  const size_t tail = std::max<size_t>(1, static_cast<size_t>(kTailShare * static_cast<double>(work_.size())));
  const size_t high_place = work_.size() - 1 - tail, middle_place = work_.size() / 2;
  const auto at = [this](size_t place) { return work_.begin() + static_cast<std::ptrdiff_t>(place); };
  std::nth_element(at(0), at(tail), work_.end());
  std::nth_element(at(tail + 1), at(high_place), work_.end());
  std::nth_element(at(tail + 1), at(middle_place), at(high_place));
  const double low = work_[tail], high = work_[high_place];
  middle_ = work_[middle_place];
  const double pseudo = std::max({kPseudoPart * (high - low), kPseudoLevel * std::abs(high + low) / 2, 1e-12});
  const double* data = work_.data();
  below_ = FitTail(low, data, data + tail, -1, pseudo);
  above_ = FitTail(high, data + high_place + 1, data + work_.size(), 1, pseudo);
}

}  // namespace migrateiq::anomaly
