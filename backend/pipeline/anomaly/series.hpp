#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace migrateiq::anomaly {

/// One measurement of a series.
struct SeriesPoint {
  Micros time = 0;
  double value = 0;
  bool operator==(const SeriesPoint&) const = default;
};

/// CSV with a header line and the columns time (ISO date and time, with or without 'T' and zone) and value (a number;
/// lines with an empty value are left out). Lines must be in the order of time. `place` names the text in errors.
Result<std::vector<SeriesPoint>> ParseSeries(std::string_view csv, std::string_view place);
/// The same from a file.
Result<std::vector<SeriesPoint>> ReadSeries(const std::string& path);

}  // namespace migrateiq::anomaly
