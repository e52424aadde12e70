#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"

/// What people who write expressions want to know before a plan runs: DuckDB's own parser, catalogue and binder answer.
namespace migrateiq {

/// A function that expressions of plans may use.
struct ExpressionFunction {
  std::string name, description;
  std::vector<std::string> parameters;  ///< of its longest form
  std::vector<std::string> forms;       ///< "substring(string VARCHAR, start BIGINT) -> VARCHAR"; a few of them
};
/// By name. The same in every process: asked once, then kept.
Result<std::vector<ExpressionFunction>> ListExpressionFunctions();

/// Why an expression will not do.
struct ExpressionFault {
  Error error;                   ///< kExprSyntax, kExprForbidden
  std::optional<size_t> offset;  ///< byte of the expression; absent where DuckDB does not say
};

struct CheckedExpression {
  std::optional<LogicalType> type;  ///< what it yields; absent when it has faults
  std::vector<ExpressionFault> faults;
};
/// Would MakeExpressionEvaluator take this expression over rows of this schema? Evaluates nothing. Thread-safe.
Result<CheckedExpression> CheckExpression(const SchemaPtr& schema, const std::string& sql);

/// Finds the columns that expressions use. For one thread.
class ExpressionColumns {
 public:
  static Result<std::unique_ptr<ExpressionColumns>> Open();
  virtual ~ExpressionColumns() = default;
  /// Indexes into the schema, ascending, each once. Errors: kExprSyntax, kExprForbidden.
  virtual Result<std::vector<int>> Of(const std::string& sql, const Schema& schema) = 0;
};

}  // namespace migrateiq
