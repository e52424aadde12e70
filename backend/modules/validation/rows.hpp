#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

/// Suites and what came of them, as rows.
namespace migrateiq::validation {

/// The name of its kind of jobs, and the permissions around it.
inline constexpr const char *kCheckJob = "check", *kReadPermission = "suites.read", *kWritePermission = "suites.write",
                            *kRunPermission = "suites.run", *kSqlPermission = "suites.sql",
                            *kValuesPermission = "suites.values";

struct SuiteRow {
  std::string suite_id, tenant_id;
  std::string project_id;  ///< empty: the tenant's
  std::string name;
  std::string source_connection_id, target_connection_id;  ///< those that it is attached to
  std::string text;                                        ///< YAML or JSON
  int64_t checks = 0;
  bool own_sql = false;  ///< it has checks of kind sql, or conditions
  int64_t version = 1;
  Micros created_at = 0;
  std::string created_by, created_by_name;
  Micros updated_at = 0;
};

struct SuiteVersionRow {
  int64_t number = 1;
  std::string text;
  Micros created_at = 0;
  std::string author_id, author;
};

/// A suite carried out.
struct CheckRunRow {
  std::string check_run_id, tenant_id, suite_id;
  int64_t suite_version = 1;
  std::string project_id, name;
  Micros created_at = 0;
  std::string created_by, created_by_name;
  std::optional<Micros> finished_at;
  int64_t passed = 0, failed = 0, errors = 0, skipped = 0;
  bool has_failed = false;        ///< a check of severity error failed
  std::optional<double> quality;  ///< 0 .. 1: the mean over checks of the share of rows that keep to them
  double seconds = 0;

  /// Of the checks that were made.
  std::optional<double> pass_rate() const {
    const int64_t made = passed + failed;
    return made == 0 ? std::nullopt : std::optional(static_cast<double>(passed) / static_cast<double>(made));
  }
};

/// What is kept of one check for its history: figures, no values.
struct CheckResultRow {
  std::string check_run_id;
  int64_t number = 0;
  std::string name, kind, severity, status;
  std::optional<double> measured;
  int64_t rows_checked = 0, rows_broken = 0;
  double seconds = 0;
  Micros at = 0;
};

/// What alerts are about: a check of a suite, or a figure of a plan's runs.
inline constexpr const char *kOfSuites = "suite", *kOfRuns = "run";

struct AlertRow {
  std::string alert_id, tenant_id;
  std::string source = kOfSuites;
  std::string suite_id, plan_id;  ///< by the source one of them; the other is empty
  std::string project_id;
  std::string subject;   ///< the check's name; of runs rows | duration | throughput | error_rate | bytes
  std::string kind;      ///< failed | error | unusual
  std::string severity;  ///< info | warn | error
  std::string state = "open";
  std::string reason;
  int64_t times = 1;
  Micros first_at = 0, last_at = 0;
  std::string run_id;  ///< the last check run, or run
  std::string changed_by, changed_by_name, note;
  int64_t version = 1;
  std::optional<Micros> muted_until;  ///< nobody is told of its subject before; kept apart from the alert itself
};

}  // namespace migrateiq::validation
