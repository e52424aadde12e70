#pragma once

#include <memory>

#include "apps/migrateiq/runs.hpp"

namespace migrateiq::cli {

/// Redrawn lines on a terminal, else one line an event, or silence.
std::unique_ptr<RunObserver> MakeDisplay(const Console& console);

/// Shows a report and returns its exit status.
int ShowReport(const Console& console, const RunReport& report);
/// Shows how a run ended that was started or continued; its exit status.
int ShowEnd(const Console& console, const RunEnd& end);

/// Shows warnings, and asks when a run replaces or truncates.
Runs::ConfirmRun AskBeforeRun(const Console& console, bool yes);

/// The report of a run of which nothing was begun.
RunReport FailedReport(const RunRecord& record, const Error& error);

}  // namespace migrateiq::cli
