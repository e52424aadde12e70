#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>

namespace migrateiq::detail {

/// The smallest and largest of whole numbers (days and microseconds are some too), and whether they only rise.
template <class T>
class WholeNumbers {
 public:
  void Add(std::span<const T> values) {
    if (values.empty()) return;
    T least = values[0], most = values[0];
    bool rises = !seen_ || last_ < values[0];
    for (size_t i = 1; i < values.size(); ++i) {
      least = std::min(least, values[i]);
      most = std::max(most, values[i]);
      rises &= values[i - 1] < values[i];
    }
    Join(values[0], values.back(), least, most, rises);
  }

  void Merge(const WholeNumbers& next) {
    if (!next.seen_) return;
    Join(next.first_, next.last_, next.least_, next.most_, next.rises_ && (!seen_ || last_ < next.first_));
  }

  bool seen() const { return seen_; }
  bool rises() const { return seen_ && rises_; }
  T least() const { return least_; }
  T most() const { return most_; }

 private:
  void Join(T first, T last, T least, T most, bool rises) {
    if (!seen_) first_ = first;
    last_ = last;
    least_ = seen_ ? std::min(least_, least) : least;
    most_ = seen_ ? std::max(most_, most) : most;
    rises_ &= rises;
    seen_ = true;
  }

  bool seen_ = false, rises_ = true;
  T first_ = 0, last_ = 0, least_ = 0, most_ = 0;
};

}  // namespace migrateiq::detail
