#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/suite/check_result.hpp"
#include "platform/describe/described.hpp"

/// What came of a suite's checks, as the API tells it.
namespace migrateiq::validation {

/// A row that breaks a check.
struct CheckSampleView {
  std::map<std::string, std::string> key;  ///< key columns and their values, where they are known
  std::string value;                       ///< what broke it
};
BOOST_DESCRIBE_STRUCT(CheckSampleView, (), (key, value))

enum class CheckOutcome { passed, failed, error, skipped };
BOOST_DESCRIBE_ENUM(CheckOutcome, passed, failed, error, skipped)

struct CheckResultView {
  std::string name, kind, side, table;
  std::vector<std::string> columns;
  std::string severity, owner, description;
  CheckOutcome status = CheckOutcome::skipped;
  std::optional<double> measured;
  std::string threshold, message;
  int64_t rows_checked = 0, rows_broken = 0;
  double seconds = 0;
  std::string how, sql;
  std::vector<CheckSampleView> samples;
  bool personal = false;                 ///< samples may hold personal data
  std::optional<std::string> code, fix;  ///< of an error
};
BOOST_DESCRIBE_STRUCT(CheckResultView, (),
                      (name, kind, side, table, columns, severity, owner, description, status, measured, threshold,
                       message, rows_checked, rows_broken, seconds, how, sql, samples, personal, code, fix))

struct SuiteResultView {
  std::string suite;
  Moment started_at;
  double seconds = 0;
  bool failed = false;                    ///< a check of severity error failed
  std::map<std::string, int64_t> counts;  ///< of checks, by their status
  std::vector<CheckResultView> checks;    ///< in the order of the suite
};
BOOST_DESCRIBE_STRUCT(SuiteResultView, (), (suite, started_at, seconds, failed, counts, checks))

SuiteResultView ViewOf(const SuiteResult& result);

}  // namespace migrateiq::validation
