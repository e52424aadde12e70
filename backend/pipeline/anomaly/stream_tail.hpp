#pragma once

#include <cstddef>
#include <vector>

namespace migrateiq::anomaly {

/// How surprising the next value of a stream is, judged by a window of the values before it: the tails beyond the outer
/// two percent are generalised Pareto distributions fitted to the excesses (peaks over threshold, Siffer et al. 2017).
///
/// A stream that seldom comes back to its middle has shown little of what it can do, so its surprises are bounded by
/// how often it did. A value costs constant time on average; memory is the window.
class StreamTail {
 public:
  explicit StreamTail(size_t window) : window_(window) {}

  /// -log10 of the chance of a value as far out on its side; 0 inside the body and while there are too few values.
  double Surprise(double value) const;
  void Add(double value);

  struct Range {
    double low = 0;
    double high = 0;
  };
  /// Where all but the outer two percent on either side lie; as of the latest fit.
  Range Usual() const { return {.low = below_.begin, .high = above_.begin}; }
  size_t size() const { return values_.size(); }

 private:
  struct Tail {
    double begin = 0;
    double scale = 1;
    double shape = 0;
    double share = 1;  ///< of the values that lie beyond its beginning
    double Surprise(double over) const;
  };
  void Fit();
  Tail FitTail(double begin, const double* first, const double* last, double sign, double pseudo) const;

  size_t window_;
  size_t next_ = 0, since_fit_ = 0;
  std::vector<double> values_, work_;
  bool fitted_ = false, is_high_ = false;
  double middle_ = 0;
  double turns_ = 0;  ///< times that the middle was crossed, within about a window
  Tail below_, above_;
};

}  // namespace migrateiq::anomaly
