#pragma once

#include <string>

#include "pipeline/connector/connector.hpp"
#include "pipeline/match/table.hpp"

/// Tables of any system, as matching sees them.
namespace migrateiq::match {

/// The definition alone: names, types, keys, comments. `declared` is false for systems whose types are guesses.
MatchTable FromDefinition(const Table& table, bool declared);

/// Adds values of up to `rows` rows, taken from several places of the table.
Status SampleValues(Source& source, const Table& table, int64_t rows, MatchTable& into);

/// All tables of a system with samples. The moment is held while they are read.
struct SystemTables {
  std::vector<Table> definitions;
  std::vector<MatchTable> tables;
};
Result<SystemTables> ReadSystem(Source& source, const Catalog& catalog, bool declared, int64_t rows);

}  // namespace migrateiq::match
