#pragma once

#include "pipeline/match/matcher.hpp"

namespace migrateiq::match {

/// Adds how target columns of people's names are made: full ones by joining, first and last ones by splitting.
void DeriveNames(const MatchTable& source, const MatchTable& target, const TableSignals& from, const TableSignals& to,
                 MatchResult& result);

}  // namespace migrateiq::match
