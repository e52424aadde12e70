#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/error.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/suite/check_result.hpp"
#include "pipeline/suite/suite.hpp"

namespace migrateiq {

/// Opens the same system again and again: a check that fails or takes too long may cost its connection.
using OpenSystem = std::function<Result<std::unique_ptr<Source>>(std::stop_token stop)>;

struct CheckOptions {
  int64_t now = 0;         ///< microseconds since 1970, UTC: what freshness is measured against
  bool push_down = true;   ///< false: everything that can be is answered over batches
  bool custom_sql = true;  ///< false: checks of kind sql are errors (kCheckForbidden)
  int samples = 5;         ///< rows shown of each check that is broken; 0: none
  std::chrono::milliseconds timeout = std::chrono::minutes(10);  ///< of each statement and each pass over a table
  std::stop_token stop;                                          ///< ends everything soon, with kRunInterrupted
  /// Does the column hold personal data? Asked for columns whose values would be shown.
  std::function<bool(SuiteSide, const std::string& table, const std::string& column)> personal;
  /// Told how many questions to the systems are answered, of how many, table by table; by the calling thread.
  std::function<void(const std::string& phase, int64_t answered, int64_t asked)> progress{};
};

struct SuiteSystems {
  OpenSystem source, target;  ///< those that the suite is attached to
};

/// Opens `url` for checks.
OpenSystem OpenerOf(const Url& url);

/// Carries a suite out. Nothing is written to the systems: everything runs in read-only transactions or on read-only
/// handles. A check that cannot be carried out is a result of its own (CheckStatus::kError), the others go on; an
/// interruption is the only error.
///
/// | kind         | rows_broken counts                                      | measured          |
/// |--------------|---------------------------------------------------------|-------------------|
/// | not_null ... | rows that break it (NULL passes all but not_null)       | the same          |
/// | unique       | rows beyond the first of each value; NULLs are not asked| the same          |
/// | references   | rows whose value the other table has not                | the same          |
/// | sql          | rows of the query                                       | the same, or the scalar |
/// | completeness | rows that are NULL                                      | share that is not |
/// | uniqueness   | rows beyond the first of each value                     | different values as a share of all |
/// | row_count    | rows by which the two tables differ                     | rows              |
/// | freshness    | -                                                       | age of the newest value in seconds |
/// | distribution | -                                                       | the distance      |
/// | column       | -                                                       | -                 |
Result<SuiteResult> CheckSuite(const Suite& suite, const SuiteSystems& systems, const CheckOptions& options);

}  // namespace migrateiq
