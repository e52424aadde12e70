#pragma once

#include <string>
#include <vector>

#include "pipeline/run/run_store.hpp"

namespace migrateiq {

/// What a rehearsal measured.
struct ReadingMeasured {
  double seconds = 0;  ///< for all rows of the plan, reading and transforming; scaled up from a sample
  double error = 0;
  double bytes = 0;  ///< likewise
};

struct ExpectedDuration {
  double seconds = 0, error = 0;
  std::string basis;  ///< what it rests on, for the report
};

/// From the rate of earlier runs into the same target, else into one of its kind; else what was measured, which is a
/// lower bound. Runs of less than a megabyte say nothing. The error is twice the deviation among the runs, and at least
/// half of the duration while there are fewer than three.
ExpectedDuration ExpectDuration(const ReadingMeasured& reading, const std::vector<PastRun>& past,
                                const std::string& target);

}  // namespace migrateiq
