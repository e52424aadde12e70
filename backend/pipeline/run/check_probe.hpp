#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/check/tally.hpp"
#include "pipeline/duck/expression_evaluator.hpp"
#include "pipeline/run/task.hpp"
#include "pipeline/schema/dialect.hpp"

namespace migrateiq {

/// A CHECK of the target that a rehearsal follows.
struct RehearsedCheck {
  std::string name;
  std::string sql;        ///< DuckDB SQL, boolean
  bool deferred = false;  ///< made after the rows are loaded
};

/// Those checks of the table that can be said in DuckDB SQL over the columns that are written. The others are named in
/// `notes`.
std::vector<RehearsedCheck> FollowChecks(const TableTask& task, const Dialect& dialect,
                                         std::vector<std::string>& notes);

/// Finds the rows that break a CHECK. One per thread.
class CheckProbe {
 public:
  static Result<std::unique_ptr<CheckProbe>> Make(const std::vector<RehearsedCheck>& checks, const SchemaPtr& schema,
                                                  int64_t run_start_micros);
  /// Counts broken checks into `tally`; rows that the target would refuse are taken out of the batch.
  Status Judge(Batch& batch, Tally& tally);

 private:
  explicit CheckProbe(const std::vector<RehearsedCheck>& checks) : checks_(checks) {}

  const std::vector<RehearsedCheck>& checks_;
  std::unique_ptr<ExpressionEvaluator> evaluator_;
  std::vector<Column> results_;
};

}  // namespace migrateiq
