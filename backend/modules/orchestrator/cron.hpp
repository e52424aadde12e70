#pragma once

#include <bitset>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/time.hpp"

namespace migrateiq::orchestrator {

/// A cron expression of five fields (minute hour day-of-month month day-of-week) in a time zone: lists, ranges, steps,
/// names (JAN, MON), `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. As in crontab(5), when both days are
/// restricted either one suffices; 0 and 7 are Sunday.
///
/// Where the clocks go forward, times that do not exist are due at the moment of the change; where they go back, times
/// that exist twice are due the first time only.
class Cron {
 public:
  /// `zone`: an IANA name, e.g. "Europe/Berlin". Errors: kApiField naming the field.
  static Result<Cron> Parse(const std::string& expression, const std::string& zone);
  /// The first due moment after `after`; nothing when there is none within 8 years ("30 of February").
  std::optional<Micros> Next(Micros after) const;

 private:
  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;    ///< of the month, from 1
  std::bitset<13> months_;  ///< from 1
  std::bitset<7> weekdays_;
  bool any_day_ = true, any_weekday_ = true;
  std::string zone_;
};

}  // namespace migrateiq::orchestrator
