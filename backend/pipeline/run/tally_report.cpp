#include "pipeline/run/tally_report.hpp"

#include "pipeline/run/active_run.hpp"

namespace migrateiq {

void AddTallyTo(const Tally& tally, TableReport& report) {
  for (const auto& [key, counted] : tally.altered)
    report.altered.push_back({key.first, key.second, counted.count, counted.samples});
  for (const auto& [key, counted] : tally.rejected)
    report.rejected.push_back({key.first, key.second, counted.count, false, counted.samples});
  for (const auto& [key, counted] : tally.warned)
    report.rejected.push_back({key.first, key.second, counted.count, true, counted.samples});
}

void FillTableReports(ActiveRun& run) {
  run.report.tables.clear();
  for (size_t table = 0; table < run.resolved.tables.size(); ++table) {
    const TableTask& task = run.resolved.tables[table];
    Tally tally;
    Digest digest;
    for (const LedgerLine& line : run.lines[table]) {
      tally.Add({.rows_read = line.rows_read,
                 .rows_written = line.rows_written,
                 .rows_quarantined = line.rows_quarantined,
                 .rows_filtered = line.rows_filtered,
                 .bytes = line.bytes});
      digest.Add(line.digest);
      if (const Status details = AddTallyDetails(line.details, tally); !details)
        run.report.errors.push_back(details.error());
    }
    TableReport report{.source = task.source_label,
                       .target = task.target_label,
                       .rows_read = tally.rows_read,
                       .rows_written = tally.rows_written,
                       .rows_quarantined = tally.rows_quarantined,
                       .rows_filtered = tally.rows_filtered,
                       .bytes = tally.bytes};
    report.source_digest = digest.ToHex();
    AddTallyTo(tally, report);
    run.report.tables.push_back(std::move(report));
  }
}

}  // namespace migrateiq
