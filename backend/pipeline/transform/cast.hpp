#pragma once

#include <vector>

#include "pipeline/batch/batch.hpp"
#include "pipeline/schema/dialect.hpp"

namespace migrateiq {

/// Converts a column to another logical type, losslessly or with a finding.
///
/// Values that `to` (or the system behind `limits`) cannot hold get NULL, or their substitute where FindingKind has
/// one, and a finding with `column_index`. Text sources are parsed leniently (nearest double); numeric sources must fit
/// exactly. Columns that need no change are moved, not copied. Pure; safe from any thread.
Column CastColumn(Column&& in, const LogicalType& to, const ValueLimits& limits, int32_t column_index,
                  std::vector<Finding>& findings);

/// True when every value of `from` fits `to` as it is, so that CastColumn only moves.
bool FitsAsIs(const LogicalType& from, const LogicalType& to);

}  // namespace migrateiq
