#include "pipeline/run/active_run.hpp"

namespace migrateiq {
namespace {

std::vector<std::string> WaitingColumns(const Table& table) {
  std::vector<std::string> names;
  for (const CatalogColumn& column : table.columns) {
    if (column.required_if_whole) names.push_back(column.name);
  }
  return names;
}

Result<bool> HoldsNull(Target& target, const TableName& table, const std::string& column) {
  const Dialect& dialect = target.dialect();
  MIQ_ASSIGN(const QueryRows rows, target.Query("SELECT 1 FROM " + dialect.Quote(table) + " WHERE " +
                                                dialect.Quote(column) + " IS NULL LIMIT 1"));
  return !rows.empty();
}

/// One column of a table of which some hold NULL.
Status RequireColumn(ActiveRun& run, const TableTask& task, const TableName& table, const std::string& column) {
  MIQ_ASSIGN(const bool null, HoldsNull(*run.target, table, column));
  if (!null) return run.target->Execute(run.target->dialect().RequireStep(table, {column}).statements);
  run.Object("column", task.target_label + "." + column, "created",
             "NOT NULL was dropped: zero dates became NULL in the target");
  return {};
}

Status RequireColumns(ActiveRun& run, const TableTask& task) {
  const Table table = task.LoadTable();
  const std::vector<std::string> columns = WaitingColumns(table);
  if (columns.empty()) return {};
  // One look for all of them, which mostly succeeds.
  if (run.target->Execute(run.target->dialect().RequireStep(table.name, columns).statements)) return {};
  for (const std::string& column : columns) MIQ_TRY(RequireColumn(run, task, table.name, column));
  return {};
}

}  // namespace

Status RequireWholeColumns(ActiveRun& run) {
  for (const TableTask& task : run.resolved.tables) {
    if (task.IsMadeByRun()) MIQ_TRY(RequireColumns(run, task));
  }
  return {};
}

}  // namespace migrateiq
