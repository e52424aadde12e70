#include "modules/orchestrator/run_watch.hpp"

#include "pipeline/anomaly/run_history.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::orchestrator {

namespace {

/// So many runs before it are looked at: two months of one a night.
constexpr int64_t kHistory = 60;

anomaly::RunFacts FactsOf(const RunFigures& figures, Micros started_at) {
  return {.started_at = started_at,
          .rows = figures.rows,
          .seconds = figures.seconds,
          .errors = figures.rejected,
          .bytes = figures.bytes};
}

}  // namespace

RunFigures FiguresOf(const RunReport& report) {
  RunFigures figures{.seconds = report.seconds};
  for (const TableReport& table : report.tables) {
    figures.rows += static_cast<double>(table.rows_written);
    figures.rejected += static_cast<double>(table.rows_quarantined);
    figures.bytes += static_cast<double>(table.bytes);
  }
  return figures;
}

Result<RunFigures> Watched(store::Session& session, const RunJob& run, RunFigures figures) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT answer, started_at FROM run_job WHERE tenant_id = $1 AND plan_id = $2 AND kind = "
                           "'run' AND state IN ('succeeded', 'undone') AND run_id <> $3 AND answer <> '' ORDER BY "
                           "created_at DESC LIMIT $4",
                           run.tenant_id, run.plan_id, run.run_id, kHistory));
  std::vector<anomaly::RunFacts> history;
  for (const store::Row& row : rows) {
    const auto earlier = FiguresFrom(row.Text(0));
    if (earlier) history.push_back(FactsOf(*earlier, row.Integer(1)));
  }
  for (const anomaly::RunAlert& alert : anomaly::JudgeRun(history, FactsOf(figures, run.started_at.value_or(0))))
    figures.unusual.push_back({std::string(anomaly::ToString(alert.measure)), alert.value, alert.usual, alert.reason});
  return figures;
}

std::string FiguresText(const RunFigures& figures) { return Encode(figures); }

std::optional<RunFigures> FiguresFrom(const std::string& answer) {
  if (answer.empty()) return std::nullopt;
  const auto parsed = ParseStrictJson(answer);
  auto figures = parsed ? Decode<RunFigures>(*parsed) : Result<RunFigures>(std::unexpected(parsed.error()));
  return figures ? std::optional(std::move(*figures)) : std::nullopt;
}

}  // namespace migrateiq::orchestrator
