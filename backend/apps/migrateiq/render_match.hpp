#pragma once

#include <string>

#include "pipeline/match/table_matcher.hpp"

namespace migrateiq::cli {

/// The proposals as a table for people: a bar and a number for how sure each is, why, and the next best where it is
/// not.
std::string MatchText(const match::MatchTable& source, const match::MatchTable& target,
                      const match::MatchResult& result);

std::string MatchText(const std::vector<match::MatchTable>& source, const std::vector<match::MatchTable>& target,
                      const std::vector<match::TableMatch>& matches);

}  // namespace migrateiq::cli
