#pragma once

#include <string>

#include "base/error.hpp"

namespace migrateiq::cli {

/// Anomalies of the series in a CSV file (time, value): as JSON with a score for each point, or the alerts as text.
Result<std::string> SeriesReportText(const std::string& path, bool json);

}  // namespace migrateiq::cli
