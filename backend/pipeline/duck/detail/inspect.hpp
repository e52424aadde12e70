#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/duck/database.hpp"

namespace migrateiq::duck::detail {

struct FunctionUse {
  std::string name;  ///< lower case
  size_t arguments = 0;
  size_t offset = std::string::npos;  ///< of the call in the expression, in bytes; npos when DuckDB does not say
};

/// A column named in an expression: where in the text, and which column of the schema.
struct ColumnUse {
  std::string name;
  int column = -1;
  size_t offset = 0;  ///< of its first byte in the expression; npos when DuckDB does not say
};

/// What an expression consists of, from DuckDB's own parser.
struct Inspected {
  std::vector<ColumnUse> columns;
  std::vector<FunctionUse> functions;
};

/// Parses `sql`, which must be one expression, and refuses what is no row-wise construct (subquery, window, star,
/// parameter ...: kExprForbidden) and columns the schema does not have (kExprSyntax with the nearest name). An exact
/// name is preferred; a name in other case is accepted when only one column fits. Functions are left to the caller.
/// `fault`: gets the byte of the expression where an error is, npos when that is not known.
Result<Inspected> Inspect(const Connection& connection, const std::string& sql, const Schema& schema,
                          size_t* fault = nullptr);

}  // namespace migrateiq::duck::detail
