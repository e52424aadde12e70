#include "modules/orchestrator/throughput.hpp"

#include <algorithm>

namespace migrateiq::orchestrator::throughput {

namespace {

constexpr Micros kShortest = kSecond;

/// As far apart that half of the points would cover the run up to now.
Micros IntervalAfter(Micros span) { return std::max(kShortest, span * 2 / kMostPoints); }

Status Thin(store::Session& session, const Task& task) {
  MIQ_TRY(
      session.Execute("DELETE FROM run_throughput WHERE run_id = $1 AND tenant_id = $2 AND at IN (SELECT at FROM "
                      "(SELECT at, ROW_NUMBER() OVER (ORDER BY at) AS number FROM run_throughput WHERE run_id = $1 "
                      "AND tenant_id = $2) AS numbered WHERE number % 2 = 0)",
                      task.run_id, task.tenant_id));
  return {};
}

double PerSecond(int64_t before, int64_t after, Micros span) {
  if (span <= 0 || after <= before) return 0;
  return static_cast<double>(after - before) * static_cast<double>(kSecond) / static_cast<double>(span);
}

}  // namespace

Status Keep(store::Session& session, const Task& task, const ThroughputPoint& point, bool last) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT COUNT(*), COALESCE(MIN(at), 0), COALESCE(MAX(at), 0) FROM run_throughput WHERE "
                           "run_id = $1 AND tenant_id = $2",
                           task.run_id, task.tenant_id));
  const int64_t count = rows.front().Integer(0), first = rows.front().Integer(1), newest = rows.front().Integer(2);
  if (count > 0 && point.at <= newest) return {};
  if (count > 0 && !last && point.at - newest < IntervalAfter(point.at - first)) return {};
  if (count >= kMostPoints) MIQ_TRY(Thin(session, task));
  MIQ_TRY(session.Execute(
      "INSERT INTO run_throughput (run_id, at, tenant_id, rows_done, bytes_done) VALUES ($1, $2, $3, $4, $5)",
      task.run_id, point.at, task.tenant_id, point.rows, point.bytes));
  return {};
}

Result<std::vector<ThroughputPoint>> OfRun(store::Session& session, const std::string& tenant_id,
                                           const std::string& run_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT at, rows_done, bytes_done FROM run_throughput WHERE run_id = $1 AND tenant_id = $2 "
                           "ORDER BY at",
                           run_id, tenant_id));
  std::vector<ThroughputPoint> points;
  for (const store::Row& row : rows) points.push_back({row.Integer(0), row.Integer(1), row.Integer(2)});
  return points;
}

std::vector<ThroughputView> Rates(const std::vector<ThroughputPoint>& points, std::optional<Micros> began) {
  std::vector<ThroughputView> rates;
  ThroughputPoint before = points.empty() ? ThroughputPoint{} : points.front();
  if (began) before = {.at = *began};
  for (const ThroughputPoint& point : points) {
    const Micros span = point.at - before.at;
    rates.push_back({.at = {point.at},
                     .rows = point.rows,
                     .bytes = point.bytes,
                     .rows_per_second = PerSecond(before.rows, point.rows, span),
                     .bytes_per_second = PerSecond(before.bytes, point.bytes, span)});
    before = point;
  }
  return rates;
}

}  // namespace migrateiq::orchestrator::throughput
