#pragma once

#include <optional>
#include <string>

#include "pipeline/schema/catalog.hpp"
#include "pipeline/schema/dialect.hpp"

namespace migrateiq {

/// An expression of the target's own (a CHECK, an index part, a predicate) as DuckDB SQL over rows in the target's
/// types; nullopt when it cannot be said for certain that it means the same: an unknown function, a division, a text
/// column under a collation that is not binary.
std::optional<std::string> InDuckSql(const std::string& expression, const Table& table, const Dialect& target);

}  // namespace migrateiq
