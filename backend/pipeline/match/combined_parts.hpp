#pragma once

#include "pipeline/match/matcher.hpp"

namespace migrateiq::match {

/// Adds how two columns are made of one that holds both, and one of two, where the target asks for it: streets with
/// house numbers, phone numbers with their prefix.
void DeriveParts(const MatchTable& source, const MatchTable& target, const TableSignals& from, const TableSignals& to,
                 MatchResult& result);

}  // namespace migrateiq::match
