#pragma once

#include <optional>

#include "pipeline/match/matcher.hpp"

namespace migrateiq::match {

/// Another unit, found from the values: the quantiles of both sides stand in the ratio of two units.
std::optional<Transformation> UnitChange(const MatchColumn& source, const ColumnFacts& a, const ColumnFacts& b);

/// For a target without values: both names say a unit of one dimension.
std::optional<Transformation> UnitByName(const MatchColumn& source, const ColumnName& from, const ColumnName& to,
                                         const ColumnFacts& values);

}  // namespace migrateiq::match
