#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace migrateiq::anomaly {

/// How far out values of a column may lie, learnt from a sample of it that may itself hold up to 2 % of wild values.
///
/// The first model that fits the body is taken: normal, log-normal, else each tail by itself with a generalised Pareto
/// distribution through quantiles (never lighter than exponential, and heavier the fewer values there are).
class ValueTails {
 public:
  enum class Model { kNormal, kLogNormal, kPareto };

  /// `sorted` upward, finite, at least 20 values that are not all equal.
  explicit ValueTails(std::span<const double> sorted);

  /// log10 of the chance that a value lies as far out on its side as this one; 0 inside the body.
  double LogChance(double value) const;
  Model model() const { return model_; }
  double median() const { return median_; }
  double deviation() const { return deviation_; }  ///< by the median of absolute deviations

 private:
  struct Tail {
    double begin = 0;  ///< distance from the median where the tail begins
    double scale = 0;
    double shape = 0;
    double share = 0;  ///< of the values that lie in it
    double LogChance(double distance) const;
  };
  bool FitNormal(std::span<const double> sorted, bool logarithm);
  static Tail FitTail(std::vector<double> distances, double floor);

  Model model_ = Model::kPareto;
  double median_ = 0, deviation_ = 0;
  double center_ = 0, spread_ = 1;  // of the (logarithms of) values, under the normal models
  double freedom_ = 4;              // the fewer values, the heavier the tail that is allowed for (Student)
  Tail below_, above_;
};

std::string_view ToString(ValueTails::Model model);

}  // namespace migrateiq::anomaly
