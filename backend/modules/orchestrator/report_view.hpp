#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/orchestrator/job.hpp"
#include "pipeline/run/report.hpp"
#include "platform/describe/described.hpp"

/// The report and the progress of a run as the API tells them, in forms that the document describes.
namespace migrateiq::orchestrator {

struct TableProgressView {
  std::string table, phase;
  int64_t rows_done = 0, rows_total = -1, bytes_done = 0, chunks_done = 0, chunks_total = 0;
};
BOOST_DESCRIBE_STRUCT(TableProgressView, (),
                      (table, phase, rows_done, rows_total, bytes_done, chunks_done, chunks_total))

/// Of a run all but the last four members, of a job those and the phase. `rows_total` is -1 while nobody knows.
struct RunProgressView {
  std::string phase;
  std::optional<double> seconds;
  std::optional<int64_t> rows_done, rows_total, bytes_done, rows_rejected;
  std::vector<TableProgressView> tables;
  std::optional<int64_t> done, total;
  std::optional<std::string> unit, detail;
};
BOOST_DESCRIBE_STRUCT(RunProgressView, (),
                      (phase, seconds, rows_done, rows_total, bytes_done, rows_rejected, tables, done, total, unit,
                       detail))

enum class ReportStatus { succeeded, failed, quarantined, mismatch, interrupted };
BOOST_DESCRIBE_ENUM(ReportStatus, succeeded, failed, quarantined, mismatch, interrupted)
enum class ReportVerified { match, mismatch, skipped };
BOOST_DESCRIBE_ENUM(ReportVerified, match, mismatch, skipped)
enum class ReportObjectStatus { created, skipped, failed, manual };
BOOST_DESCRIBE_ENUM(ReportObjectStatus, created, skipped, failed, manual)

struct ReportAltered {
  std::string column, rule;
  int64_t count = 0;
  std::vector<std::string> samples;
};
BOOST_DESCRIBE_STRUCT(ReportAltered, (), (column, rule, count, samples))

struct ReportRejected {
  std::string column, reason;
  int64_t count = 0;
  bool warning = false;
  std::vector<std::string> samples;
};
BOOST_DESCRIBE_STRUCT(ReportRejected, (), (column, reason, count, warning, samples))

struct ReportTable {
  std::string source, target;
  int64_t rows_read = 0, rows_written = 0, rows_quarantined = 0, rows_filtered = 0, bytes = 0;
  std::string source_digest, target_digest;
  ReportVerified verified = ReportVerified::skipped;
  std::vector<ReportAltered> altered;
  std::vector<ReportRejected> rejected;
  std::vector<std::string> notes;
  std::optional<int64_t> rows_edited;
};
BOOST_DESCRIBE_STRUCT(ReportTable, (),
                      (source, target, rows_read, rows_written, rows_quarantined, rows_filtered, bytes, source_digest,
                       target_digest, verified, altered, rejected, notes, rows_edited))

struct ReportObject {
  std::string kind, name;
  ReportObjectStatus status = ReportObjectStatus::manual;
  std::string why;
  std::optional<std::string> source;
};
BOOST_DESCRIBE_STRUCT(ReportObject, (), (kind, name, status, why, source))

struct ReportFault {
  std::string code, message, table, column, fix, place;
};
BOOST_DESCRIBE_STRUCT(ReportFault, (), (code, message, table, column, fix, place))

/// A column's value as text, or null.
using ReportRow = std::map<std::string, Clearable<std::string>>;

struct ReportDifference {
  std::string table, kind;  ///< missing | extra | different
  ReportRow key, source, target;
};
BOOST_DESCRIBE_STRUCT(ReportDifference, (), (table, kind, key, source, target))

struct RunReportView {
  std::string run_id;
  ReportStatus status = ReportStatus::succeeded;
  std::string started_at;
  double seconds = 0;
  int64_t moments = 0;
  std::vector<ReportTable> tables;
  std::vector<ReportObject> objects;
  std::vector<ReportFault> errors;
  std::string name;
  bool rehearsal = false;
  std::vector<ReportDifference> differences;
  std::vector<std::string> notes;
  std::optional<double> expected_seconds, expected_error;
  std::optional<boost::json::value> answer;  ///< of a job: what its carrier answered with
};
BOOST_DESCRIBE_STRUCT(RunReportView, (),
                      (run_id, status, started_at, seconds, moments, tables, objects, errors, name, rehearsal,
                       differences, notes, expected_seconds, expected_error, answer))

RunReportView ViewOf(const RunReport& report);
/// Of a job that succeeded.
RunReportView ViewOfAnswer(const RunJob& job, boost::json::value answer);

}  // namespace migrateiq::orchestrator
