#pragma once

#include <vector>

#include "modules/ml/matching.hpp"
#include "pipeline/plan/plan.hpp"

namespace migrateiq::ml {

/// What was accepted and changed, as mappings that append to the tables of the target; in the order of the tables.
std::vector<TableMapping> MappingsOf(const std::vector<MatchedTable>& tables, const std::vector<Suggestion>& decided);

/// The plan with these mappings, each instead of its own of the same two tables, or of its only one of the same source;
/// else added.
Plan WithMappings(Plan plan, std::vector<TableMapping> mappings);

/// A plan of nothing else: into tables that are there.
Plan NewPlanOf(const MatchingRow& matching, std::vector<TableMapping> mappings);

}  // namespace migrateiq::ml
