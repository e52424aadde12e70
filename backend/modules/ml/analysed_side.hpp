#pragma once

#include <optional>

#include "modules/analyzer/analyses.hpp"
#include "pipeline/match/table.hpp"

/// What an analysis knows of a system, as matching sees systems.
namespace migrateiq::ml {

/// Definitions, and as many values as a sample would have: the frequent ones as often as they are, then those at the
/// quantiles and such as patterns show. Values of one place in the list are of no row.
match::MatchTable AnalysedTable(const TableProfile& table);

struct AnalysedSide {
  std::string analysis;  ///< its name
  std::vector<match::MatchTable> tables;
  std::vector<std::string> names;  ///< of the tables, as plans write them
};

/// From the newest finished analysis of all tables of the connection (of the project, or of none) that is no older than
/// `hours`; nothing when there is none. Errors: those of the store, kSchemaMissing for a pattern that fits no table.
Result<std::optional<AnalysedSide>> ReadAnalysedSide(analyzer::Analyses& analyses, const std::string& tenant_id,
                                                     const std::string& project_id, const std::string& connection_id,
                                                     const std::vector<std::string>& patterns, int64_t hours,
                                                     Micros now);

}  // namespace migrateiq::ml
