#pragma once

#include "pipeline/check/detail/column_rule.hpp"

namespace migrateiq::detail {

/// The `range` rule: bounds read in the column's type, compared without rounding.
Result<std::unique_ptr<ColumnRule>> MakeRange(const Rule& rule, const LogicalType& type);

/// -1, 0 or 1 for normalized decimal texts, by value; infinities outside all numbers.
int CompareDecimals(std::string_view left, std::string_view right);

}  // namespace migrateiq::detail
