#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <vector>

#include "modules/orchestrator/job.hpp"
#include "platform/describe/described.hpp"
#include "platform/store/store.hpp"

/// How fast runs went: a few hundred points a run, ever farther apart the longer it takes.
namespace migrateiq::orchestrator {

/// What was done up to a moment.
struct ThroughputPoint {
  Micros at = 0;
  int64_t rows = 0, bytes = 0;
};

/// As the API tells it: the rates are those since the point before.
struct ThroughputView {
  Moment at;
  int64_t rows = 0, bytes = 0;
  double rows_per_second = 0, bytes_per_second = 0;
};
BOOST_DESCRIBE_STRUCT(ThroughputView, (), (at, rows, bytes, rows_per_second, bytes_per_second))

struct ThroughputList {
  std::vector<ThroughputView> items;
};
BOOST_DESCRIBE_STRUCT(ThroughputList, (), (items))

namespace throughput {

inline constexpr int64_t kMostPoints = 400;

/// Keeps the point if it is time for one, or when it is the `last` of an attempt. When there are too many, every other
/// goes. In the caller's transaction, which has checked that the task is still its own.
Status Keep(store::Session& session, const Task& task, const ThroughputPoint& point, bool last);
/// By time.
Result<std::vector<ThroughputPoint>> OfRun(store::Session& session, const std::string& tenant_id,
                                           const std::string& run_id);
/// `began`: when the run did, with nothing done. A step back (rows that were taken back for a new attempt) counts as
/// standing still.
std::vector<ThroughputView> Rates(const std::vector<ThroughputPoint>& points, std::optional<Micros> began);

}  // namespace throughput

}  // namespace migrateiq::orchestrator
