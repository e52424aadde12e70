#pragma once

#include <string>

#include "pipeline/run/report.hpp"

namespace migrateiq::cli {

/// The report for people: how it ended, tables, what was altered, objects by status, differences, errors with their
/// fix.
std::string RenderReport(const RunReport& report, bool colour);

}  // namespace migrateiq::cli
