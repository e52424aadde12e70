#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace migrateiq::anomaly {

/// What is remembered of a finished run.
struct RunFacts {
  Micros started_at = 0;
  double rows = 0;
  double seconds = 0;
  double errors = 0;  ///< rejected rows
  double bytes = 0;
};

enum class RunMeasure : uint8_t { kRows, kDuration, kThroughput, kErrorRate, kBytes };
/// "rows", "duration", "throughput", "error_rate", "bytes".
std::string_view ToString(RunMeasure measure);

struct RunAlert {
  RunMeasure measure = RunMeasure::kRows;
  double value = 0;
  double usual = 0;    ///< the median of the runs that it was compared with
  double spread = 0;   ///< what such runs usually differ from it by
  double score = 0;    ///< 0.5 .. 1
  std::string reason;  ///< "412 rows; Mondays at this hour usually 10,200 ± 900 over the last 8 weeks"
};

/// Judges a run by the runs before it, in any order; those of the same weekday and hour if they are enough and differ
/// from the others, else of the same hour, else all. Five earlier runs are needed. When the latest runs have all moved
/// to another level, that level counts. A pure function.
std::vector<RunAlert> JudgeRun(const std::vector<RunFacts>& history, const RunFacts& run);

}  // namespace migrateiq::anomaly
