#pragma once

#include <vector>

#include "pipeline/batch/batch.hpp"
#include "pipeline/schema/dialect.hpp"

namespace migrateiq::detail {

/// True when every value of decimal type `from` fits decimal type `to`.
bool DecimalFits(const LogicalType& from, const LogicalType& to);

/// Length, precision, labels and JSON form of values that already have the column's layout.
void CheckParameters(Column& column, int32_t column_index, std::vector<Finding>& findings);

/// What the target system cannot hold.
void CheckLimits(Column& column, const ValueLimits& limits, int32_t column_index, std::vector<Finding>& findings);

}  // namespace migrateiq::detail
