#pragma once

#include <optional>

#include "pipeline/run/resolve.hpp"

namespace migrateiq {

/// A source table (or query) that takes part, with the mapping that names it, if any.
struct ChosenTable {
  Table table;                            ///< for a query: described, named after the target
  const TableMapping* mapping = nullptr;  ///< null: mapped as it is
  TableName part;                         ///< the table's name, or one of its own where another goes by that

  bool IsQuery() const { return mapping != nullptr && !mapping->sql.empty(); }
};

/// Applies include, exclude and the mappings; several mappings may name one table. Errors: kSchemaMissing (with the
/// nearest name), kSchemaNoTables, kPlanMissing where a table's second mapping has no target.
Result<std::vector<ChosenTable>> ChooseTables(const Plan& plan, const Ends& ends);

/// "schema.name" or "name" as the plan writes it, against a catalog's names: exact, then without case when unique.
const Table* FindTable(const Catalog& catalog, std::string_view written, std::string_view default_schema);

/// A name as the plan writes it, split at the first dot.
TableName SplitName(std::string_view written);

}  // namespace migrateiq
