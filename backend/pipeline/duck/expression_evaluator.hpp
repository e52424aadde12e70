#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"

namespace migrateiq {

/// One computed column, or a boolean (rule, filter) when the caller treats it so.
struct ExpressionSpec {
  std::string name;   ///< for messages: target column or rule name
  std::string sql;    ///< DuckDB SQL over the row
  std::string place;  ///< where the plan says it
};

/// Evaluates row-wise, deterministic DuckDB SQL over batches of one schema, in a locked-down in-memory database.
/// now(), current_timestamp and current_date are `run_start` (microseconds UTC). One instance per thread.
class ExpressionEvaluator {
 public:
  virtual ~ExpressionEvaluator() = default;
  /// The types the expressions have, as logical types, in order.
  virtual const std::vector<LogicalType>& types() const = 0;
  /// Appends one column per expression to `out` (cleared first). A row on which an expression fails, or whose input
  /// DuckDB cannot hold, gets NULL and a finding (kExpression / kOutOfRange) in `findings` with `column` = expression's
  /// index.
  virtual Status Evaluate(const Batch& batch, std::vector<Column>& out, std::vector<Finding>& findings) = 0;
};

/// Errors: kExprSyntax (with the nearest column name), kExprForbidden. Only the columns the expressions name are handed
/// over.
Result<std::unique_ptr<ExpressionEvaluator>> MakeExpressionEvaluator(const SchemaPtr& schema,
                                                                     const std::vector<ExpressionSpec>& expressions,
                                                                     int64_t run_start_micros);

}  // namespace migrateiq
