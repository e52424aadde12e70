#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/schema/convert.hpp"

namespace migrateiq {

/// How a run ended: the report's `status`.
enum class RunResult : uint8_t { kSucceeded, kFailed, kQuarantined, kMismatch, kInterrupted };
const char* ToString(RunResult result);

/// Values of one column changed by one rule, counted over all chunks; at most kMaxSamples samples.
struct AlteredReport {
  std::string column;
  std::string rule;  ///< zero_date, nul_byte, negative_zero, ...
  int64_t count = 0;
  std::vector<std::string> samples;  ///< original values as text
};
inline constexpr size_t kMaxSamples = 5;

/// Rows that broke a rule of severity `warn`, or (in a rehearsal) would be rejected, by reason.
struct RejectedReport {
  std::string column;
  std::string reason;  ///< error code and rule or finding, "MIQ-DATA-003 too_long"
  int64_t count = 0;
  bool warning = false;
  std::vector<std::string> samples;
};

struct TableReport {
  std::string source, target;
  int64_t rows_read = 0, rows_written = 0, rows_quarantined = 0, rows_filtered = 0;
  int64_t rows_edited = 0;  ///< of those quarantined: corrected by hand, then written by a replay
  int64_t bytes = 0;
  std::string source_digest, target_digest;
  std::string verified = "skipped";  ///< match | mismatch | skipped
  std::vector<AlteredReport> altered;
  std::vector<RejectedReport> rejected;
  std::vector<std::string> notes;  ///< "holds only if nobody else wrote", ...
};

/// So many missing and so many extra rows a table are shown.
inline constexpr size_t kMostShownDifferences = 100;

/// One differing row, from `verify --level diff`.
struct RowDifference {
  using Row = std::vector<std::pair<std::string, std::optional<std::string>>>;  ///< column, value as text; none = NULL

  std::string table;
  std::string kind;  ///< missing (in the target) | extra (only in the target) | different
  Row key;
  Row source_row, target_row;
};

struct RunReport {
  std::string run_id, name;
  RunResult status = RunResult::kSucceeded;
  std::string started_at;  ///< RFC 3339, UTC
  double seconds = 0;
  int moments = 1;
  bool rehearsal = false;
  double expected_seconds = 0, expected_error = 0;  ///< rehearsal: duration of the real run, plus or minus
  std::vector<TableReport> tables;
  std::vector<ObjectReport> objects;
  std::vector<RowDifference> differences;
  std::vector<Error> errors;
  std::vector<std::string> notes;
};

/// Exit status of contract section 1 for a finished report: 0, 1, 3, 4 or 130; 1 beats 4, 4 beats 3.
int ExitStatus(const RunReport& report);

/// The document of contract section 4, one JSON object.
std::string ToJson(const RunReport& report);
/// The inverse of ToJson (for `status` of runs that ended earlier).
Result<RunReport> ReportFromJson(std::string_view json);

}  // namespace migrateiq
