#pragma once

#include <optional>
#include <vector>

#include "base/time.hpp"

namespace migrateiq::anomaly {

/// The median of a series' values at the same phase of a period, of the latest few periods.
class PhaseMedian {
 public:
  /// A period is cut into `phases`; each keeps its `keep` latest values. A phase is judged together with its
  /// neighbours.
  PhaseMedian(Micros period, size_t phases, size_t keep) : period_(period), keep_(keep), phases_(phases) {}

  /// Nothing before two values were seen at this phase.
  std::optional<double> Expect(Micros time) const;
  void Add(Micros time, double value);
  /// Values that the latest expectation at this phase rests on.
  size_t Known(Micros time) const { return phases_[PhaseOf(time)].values.size(); }

 private:
  struct Phase {
    std::vector<double> values;  ///< a ring once it is full
    size_t next = 0;
  };
  size_t PhaseOf(Micros time) const;

  Micros period_;
  size_t keep_;
  std::vector<Phase> phases_;
  mutable std::vector<double> work_;
};

/// What a series usually is at this time of day, or of the week once that has predicted better for a while.
class Season {
 public:
  Season();
  struct Expected {
    double value = 0;
    bool weekly = false;
  };
  std::optional<Expected> Expect(Micros time) const;
  /// Learns a value, and how well either period would have predicted it.
  void Add(Micros time, double value);

 private:
  PhaseMedian daily_, weekly_;
  double daily_error_ = 0, weekly_error_ = 0;
  size_t compared_ = 0;
};

}  // namespace migrateiq::anomaly
