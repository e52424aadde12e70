#pragma once

#include <cstdint>
#include <vector>

#include "base/error.hpp"
#include "pipeline/duck/database.hpp"
#include "pipeline/duck/detail/inspect.hpp"

namespace migrateiq::duck::detail {

/// Replaces now(), current_date and their like by constants, for every later statement of the database.
Status FreezeClock(const Connection& connection, int64_t micros);

/// Refuses (kExprForbidden) every function that is not row-wise and deterministic by DuckDB's own catalog, and those
/// that look outside the row. Names that DuckDB does not know are left to its binder; they come back in `unknown`.
/// `fault`: gets the place of the one that is refused.
Status CheckFunctions(const Connection& connection, const std::vector<FunctionUse>& functions,
                      std::vector<std::string>& unknown, size_t* fault = nullptr);

/// One row of DuckDB's catalog: a function that plans may use, with the parameters of one of its forms.
struct AllowedFunction {
  std::string name, description, returns;
  std::vector<std::string> parameters, types;  ///< `types` is empty for a macro
  bool variadic = false;
};
/// By name; those which CheckFunctions lets through.
Result<std::vector<AllowedFunction>> AllowedFunctions(const Connection& connection);

}  // namespace migrateiq::duck::detail
