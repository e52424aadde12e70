#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

/// Analyses as rows, and what is wished of one.
namespace migrateiq::analyzer {

/// The name of its kind of jobs, and the permissions around it.
inline constexpr const char *kAnalyzeJob = "analyze", *kReadPermission = "analyses.read",
                            *kWritePermission = "analyses.write", *kValuesPermission = "analyses.values",
                            *kOwnSqlPermission = "suites.sql";

/// What is looked at, and how closely. Kept with the analysis as JSON.
struct AnalysisOptions {
  std::vector<std::string> tables, exclude;  ///< patterns as in plans; `tables` empty: all
  bool full = false;                         ///< everything from all rows
  int64_t sample_rows = 0;                   ///< 0: the profiler's own choice
  std::string target;                  ///< the system to which it would go: "postgresql", "mysql" ...; may be empty
  std::optional<std::string> rules{};  ///< a suite of checks to count as well, as text
};
BOOST_DESCRIBE_STRUCT(AnalysisOptions, (), (tables, exclude, full, sample_rows, target, rules))

struct AnalysisSummary {
  int64_t tables = 0, columns = 0, rows = 0, bytes = 0, personal_columns = 0, failures = 0;
  double seconds = 0;
  std::optional<double> quality;  ///< 0 .. 1
};
BOOST_DESCRIBE_STRUCT(AnalysisSummary, (), (tables, columns, rows, bytes, personal_columns, failures, seconds, quality))

struct AnalysisRow {
  std::string analysis_id, tenant_id;
  std::string project_id;  ///< empty: the tenant's
  std::string connection_id, connection, name;
  AnalysisOptions options;
  Micros created_at = 0;
  std::string created_by, created_by_name;
  std::optional<Micros> finished_at;
  AnalysisSummary summary;  ///< when it is finished
  bool assessed = false;
};

/// A table of an analysis, without its profile.
struct TableRow {
  int64_t number = 0;
  std::string name;
  int64_t rows = 0, bytes = -1, columns = 0, personal_columns = 0;
  std::optional<double> quality;
};

}  // namespace migrateiq::analyzer
