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
Status CheckFunctions(const Connection& connection, const std::vector<FunctionUse>& functions,
                      std::vector<std::string>& unknown);

}  // namespace migrateiq::duck::detail
