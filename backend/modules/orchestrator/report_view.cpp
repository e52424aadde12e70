#include "modules/orchestrator/report_view.hpp"

#include <boost/describe/enum_from_string.hpp>

#include "base/server_fix.hpp"
#include "modules/core/answer_values.hpp"

namespace migrateiq::orchestrator {

namespace {

/// A word of the report, which has it as text; `otherwise` for one of another version.
template <class Enum>
Enum Word(const std::string& text, Enum otherwise) {
  boost::describe::enum_from_string(text.c_str(), otherwise);
  return otherwise;
}

ReportTable TableOf(const TableReport& table) {
  ReportTable view{.source = table.source,
                   .target = table.target,
                   .rows_read = table.rows_read,
                   .rows_written = table.rows_written,
                   .rows_quarantined = table.rows_quarantined,
                   .rows_filtered = table.rows_filtered,
                   .bytes = table.bytes,
                   .source_digest = table.source_digest,
                   .target_digest = table.target_digest,
                   .verified = Word(table.verified, ReportVerified::skipped),
                   .notes = table.notes};
  for (const AlteredReport& one : table.altered) view.altered.push_back({one.column, one.rule, one.count, one.samples});
  for (const RejectedReport& one : table.rejected)
    view.rejected.push_back({one.column, one.reason, one.count, one.warning, one.samples});
  if (table.rows_edited > 0) view.rows_edited = table.rows_edited;
  return view;
}

ReportRow RowOf(const RowDifference::Row& row) {
  ReportRow view;
  for (const auto& [column, value] : row) view[column] = {true, value};
  return view;
}

}  // namespace

RunReportView ViewOf(const RunReport& report) {
  RunReportView view{.run_id = report.run_id,
                     .status = Word(ToString(report.status), ReportStatus::failed),
                     .started_at = report.started_at,
                     .seconds = report.seconds,
                     .moments = report.moments,
                     .name = report.name,
                     .rehearsal = report.rehearsal,
                     .notes = report.notes};
  for (const TableReport& table : report.tables) view.tables.push_back(TableOf(table));
  for (const ObjectReport& object : report.objects)
    view.objects.push_back({object.kind, object.name, Word(object.status, ReportObjectStatus::manual), object.why,
                            core::Given(object.source)});
  for (const Error& error : report.errors)
    view.errors.push_back({std::string(error.code.code), error.message, error.table, error.column,
                           std::string(ServerFix(error)), error.place});
  for (const RowDifference& one : report.differences)
    view.differences.push_back({one.table, one.kind, RowOf(one.key), RowOf(one.source_row), RowOf(one.target_row)});
  if (!report.rehearsal) return view;
  view.expected_seconds = report.expected_seconds;
  view.expected_error = report.expected_error;
  return view;
}

RunReportView ViewOfAnswer(const RunJob& job, boost::json::value answer) {
  RunReportView view{.run_id = job.run_id, .name = job.name};
  if (job.started_at) view.started_at = FormatTime(*job.started_at);
  if (job.started_at && job.finished_at)
    view.seconds = static_cast<double>(*job.finished_at - *job.started_at) / static_cast<double>(kSecond);
  view.answer = std::move(answer);
  return view;
}

}  // namespace migrateiq::orchestrator
