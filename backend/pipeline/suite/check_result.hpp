#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/suite/suite.hpp"

namespace migrateiq {

enum class CheckStatus : uint8_t {
  kPassed,
  kFailed,
  kError,   ///< it could not be carried out: `code` and `message` say why
  kSkipped  ///< it is not enabled
};

/// A row that breaks a check. Values are cut to 1 KiB.
struct CheckSample {
  std::vector<std::pair<std::string, std::string>> key;  ///< key columns and their values, where they are known
  std::string value;                                     ///< what broke it
};

/// What came of one check.
struct CheckResult {
  std::string name;
  CheckKind kind = CheckKind::kNotNull;
  SuiteSide side = SuiteSide::kSource;
  std::string table;
  std::vector<std::string> columns;
  CheckSeverity severity = CheckSeverity::kError;
  std::string owner, description;

  CheckStatus status = CheckStatus::kSkipped;
  /// What was compared with the threshold: rows that break it; for completeness and uniqueness a rate, for row_count
  /// rows, for freshness seconds, for distribution a distance, for a scalar its value.
  std::optional<double> measured;
  std::string threshold;  ///< in words: "at most 0 rows", "at least 0.95"
  int64_t rows_checked = 0, rows_broken = 0;
  double seconds = 0;  ///< of the statement or the pass that answered it, shared with those it answered as well
  std::string how;     ///< "sql", "batches", "catalog"; empty when nothing was asked
  std::string sql;     ///< the statement
  std::vector<CheckSample> samples;
  bool personal = false;  ///< samples may hold personal data
  std::string message;    ///< in words: what was found
  std::string code, fix;  ///< of an error
};

struct SuiteResult {
  std::string suite;
  int64_t started_at = 0;  ///< microseconds since 1970, UTC
  double seconds = 0;
  std::vector<CheckResult> checks;  ///< in the order of the suite

  int64_t Count(CheckStatus status) const;
  /// Did a check of severity error fail?
  bool Failed() const;
  /// Could a check not be carried out?
  bool HasErrors() const { return Count(CheckStatus::kError) > 0; }
};

}  // namespace migrateiq
