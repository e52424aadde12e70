#pragma once

#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"
#include "pipeline/plan/plan.hpp"
#include "pipeline/transform/table_transform.hpp"

namespace migrateiq {

/// What happens to the target table.
enum class TableFate : uint8_t {
  kCreate,    ///< it does not exist: made by the run
  kReplace,   ///< it exists: a shadow is loaded and swapped in
  kAppend,    ///< it exists: rows are added
  kTruncate,  ///< it exists: emptied, then loaded
  kUpsert,    ///< rows are merged by key (the table may have been made by the run)
};

/// One table's way, resolved against both catalogs: everything the stages need.
struct TableTask {
  std::string source_label;  ///< as the report names it
  std::string target_label;
  Table source;     ///< discovered, or described for a query
  std::string sql;  ///< query instead of a table
  std::vector<std::string> read_columns;
  std::string where;            ///< pushed down
  Table target;                 ///< under its final name, in the target's dialect
  std::vector<DdlStep> before;  ///< types that its columns need, made ahead of the table
  TableName load_name;          ///< where the rows go: the final name, or the shadow's
  TableFate fate = TableFate::kCreate;
  bool exists = false;           ///< the target table was there before the run
  std::vector<std::string> key;  ///< target columns; may be empty
  TransformSpec transform;       ///< without `source` schema, which the reader tells
  std::vector<Rule> rules;
  std::vector<LogicalType> declared;  ///< of the columns written, where some are kept as kAny; else empty
  bool moves_only = false;            ///< nothing but columns in the same order with equal types: relay is possible

  ReadRequest Request() const {
    return {.table = sql.empty() ? &source : nullptr, .sql = sql, .columns = read_columns, .where = where};
  }
  /// Whether the target table is the run's own work.
  bool IsMadeByRun() const {
    return fate == TableFate::kReplace || (!exists && (fate == TableFate::kCreate || fate == TableFate::kUpsert));
  }
  /// The definition under the name that is being loaded.
  Table LoadTable() const {
    Table table = target;
    table.name = load_name;
    return table;
  }
  /// How to read the loaded rows back: the columns that were written, in order.
  ReadRequest ReadBack(const Table& load_table) const;
};

/// The whole run, resolved.
struct ResolvedPlan {
  std::vector<TableTask> tables;  ///< in load order
  std::vector<Sequence> sequences;
  std::vector<ObjectReport> objects;  ///< manual and changed objects

  /// The source's tables that rows are read from, each once; queries left out.
  std::vector<TableName> TablesRead() const;
};

}  // namespace migrateiq
