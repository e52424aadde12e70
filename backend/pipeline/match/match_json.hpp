#pragma once

#include <boost/json/fwd.hpp>

#include "pipeline/match/matcher.hpp"
#include "pipeline/match/table_matcher.hpp"

namespace migrateiq::match {

/// {"matches": [...], "ranked": {...}, "derived": [...]}: matches best first, ranked and derived by column.
boost::json::object ToJson(const MatchTable& source, const MatchTable& target, const MatchResult& result);

/// {"tables": [{"source", "target", "confidence", "matches", "ranked", "derived"}], "unmatched": {"source": [...],
/// "target": [...]}}.
boost::json::object ToJson(const std::vector<MatchTable>& source, const std::vector<MatchTable>& target,
                           const std::vector<TableMatch>& matches);

}  // namespace migrateiq::match
