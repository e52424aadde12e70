#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

#include "modules/orchestrator/job.hpp"
#include "pipeline/run/report.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::orchestrator {

/// A figure of a run that is unlike those of the runs before it.
struct UnusualFigure {
  std::string measure;  ///< rows | duration | throughput | error_rate | bytes
  double value = 0, usual = 0;
  std::string reason;  ///< in words
};
BOOST_DESCRIBE_STRUCT(UnusualFigure, (), (measure, value, usual, reason))

/// What is remembered of a run that wrote: its answer.
struct RunFigures {
  double rows = 0, seconds = 0, rejected = 0, bytes = 0;
  std::vector<UnusualFigure> unusual;
};
BOOST_DESCRIBE_STRUCT(RunFigures, (), (rows, seconds, rejected, bytes, unusual))

RunFigures FiguresOf(const RunReport& report);

/// The figures with what is unusual about them, judged by the runs of the same plan before it.
Result<RunFigures> Watched(store::Session& session, const RunJob& run, RunFigures figures);

std::string FiguresText(const RunFigures& figures);
/// Of a run's answer; nothing when there are none.
std::optional<RunFigures> FiguresFrom(const std::string& answer);

}  // namespace migrateiq::orchestrator
