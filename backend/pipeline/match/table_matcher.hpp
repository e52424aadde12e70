#pragma once

#include <vector>

#include "pipeline/match/matcher.hpp"

namespace migrateiq::match {

struct TableMatch {
  size_t source = 0, target = 0;
  double confidence = 0;
  MatchResult columns;
};

/// Which tables of two systems are the same: by their names and by how much of their columns match; one to one, best
/// first. Tables whose columns hardly match have no partner.
std::vector<TableMatch> MatchSystems(const std::vector<MatchTable>& source, const std::vector<MatchTable>& target,
                                     const MatchOptions& options);

}  // namespace migrateiq::match
