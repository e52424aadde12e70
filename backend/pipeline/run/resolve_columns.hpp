#pragma once

#include "pipeline/run/resolve_tables.hpp"

namespace migrateiq {

/// One target column as wanted by the mapping, before the target's types are known.
struct WantedColumn {
  std::string target;                      ///< empty: named by the naming rule
  std::string source;                      ///< empty: computed
  const ColumnMapping* mapping = nullptr;  ///< null: by `rest: map`

  /// Not by the source's name, which may be empty.
  bool IsComputed() const { return mapping != nullptr && mapping->source.empty(); }
};

/// The columns of a table in target order: the mapping's first, then the rest. Generated source columns are included.
/// Errors: kPlanColumn with the nearest name.
Result<std::vector<WantedColumn>> WantedColumns(const ChosenTable& chosen);

/// Completes a task whose target definition is known (converted, or discovered when the table exists): which source
/// column or expression feeds which target column. Errors: kPlanColumn, kSchemaIncompatible.
Status BindColumns(const ChosenTable& chosen, const std::vector<WantedColumn>& wanted,
                   const std::vector<ConvertedColumn>& converted, const Ends& ends, TableTask& task);

}  // namespace migrateiq
