#include "pipeline/anomaly/season.hpp"

#include <cmath>

#include "pipeline/anomaly/robust.hpp"

namespace migrateiq::anomaly {
namespace {

constexpr Micros kWeek = 7 * kDay;
constexpr size_t kDayPhases = 96, kDayKeep = 30;     // a quarter of an hour; ten days of three values each
constexpr size_t kWeekPhases = 672, kWeekKeep = 24;  // eight weeks
constexpr size_t kAtPhaseLeast = 2, kAroundLeast = 4;
constexpr size_t kComparedLeast = 100;
constexpr double kErrorMemory = 0.01;
constexpr double kMuchBetter = 0.9;

}  // namespace

size_t PhaseMedian::PhaseOf(Micros time) const {
  const Micros into = ((time % period_) + period_) % period_;
  return static_cast<size_t>(static_cast<double>(into) / static_cast<double>(period_) *
                             static_cast<double>(phases_.size()));
}

std::optional<double> PhaseMedian::Expect(Micros time) const {
  const size_t phase = PhaseOf(time), count = phases_.size();
  if (phases_[phase].values.size() < kAtPhaseLeast) return std::nullopt;
  work_.clear();
  for (const size_t near : {phase + count - 1, phase, phase + 1}) {
    const auto& values = phases_[near % count].values;
    work_.insert(work_.end(), values.begin(), values.end());
  }
  return work_.size() < kAroundLeast ? std::nullopt : std::optional(MedianOf(work_));
}

void PhaseMedian::Add(Micros time, double value) {
  Phase& phase = phases_[PhaseOf(time)];
  if (phase.values.size() < keep_) return phase.values.push_back(value);
  phase.values[phase.next] = value;
  phase.next = (phase.next + 1) % keep_;
}

Season::Season() : daily_(kDay, kDayPhases, kDayKeep), weekly_(kWeek, kWeekPhases, kWeekKeep) {}

std::optional<Season::Expected> Season::Expect(Micros time) const {
  const auto daily = daily_.Expect(time);
  if (!daily) return std::nullopt;
  if (compared_ > kComparedLeast && weekly_error_ < kMuchBetter * daily_error_)
    if (const auto weekly = weekly_.Expect(time)) return Expected{.value = *weekly, .weekly = true};
  return Expected{.value = *daily};
}

void Season::Add(Micros time, double value) {
  const auto daily = daily_.Expect(time), weekly = weekly_.Expect(time);
  if (daily && weekly) {
    ++compared_;
    daily_error_ += kErrorMemory * (std::abs(value - *daily) - daily_error_);
    weekly_error_ += kErrorMemory * (std::abs(value - *weekly) - weekly_error_);
  }
  daily_.Add(time, value);
  weekly_.Add(time, value);
}

}  // namespace migrateiq::anomaly
