#include "pipeline/run/repair_sql.hpp"

namespace migrateiq {

namespace {

using Row = std::vector<std::pair<std::string, std::string>>;

bool IsNumber(TypeKind kind) { return IsInteger(kind) || kind == TypeKind::kDecimal; }

std::string Literal(const std::string& column, const std::string& value, const TableTask& task, const Dialect& dialect) {
  if (value == "NULL") return "NULL";
  const CatalogColumn* definition = task.target.Find(column);
  if (definition != nullptr && IsNumber(definition->type.kind)) return value;
  const bool bytes = definition != nullptr && (definition->type.kind == TypeKind::kBytes || definition->type.kind == TypeKind::kGeometry);
  if (bytes && dialect.name() != "postgresql") return "x'" + value.substr(2) + "'";
  return dialect.QuoteLiteral(value);
}

std::string Condition(const Row& row, const TableTask& task, const Dialect& dialect) {
  std::string condition;
  for (const auto& [column, value] : row) {
    condition += (condition.empty() ? "" : " AND ") + dialect.Quote(column);
    condition += value == "NULL" ? " IS NULL" : " = " + Literal(column, value, task, dialect);
  }
  return condition;
}

std::string Insert(const Row& row, const TableTask& task, const Dialect& dialect) {
  std::string columns;
  std::string values;
  for (const auto& [column, value] : row) {
    columns += (columns.empty() ? "" : ", ") + dialect.Quote(column);
    values += (values.empty() ? "" : ", ") + Literal(column, value, task, dialect);
  }
  return "INSERT INTO " + dialect.Quote(task.load_name) + " (" + columns + ") VALUES (" + values + ");\n";
}

}  // namespace

std::string RepairStatements(const RowDifference& difference, const TableTask& task, const Dialect& dialect) {
  std::string sql;
  if (!difference.target_row.empty()) {
    const Row& where = difference.key.empty() ? difference.target_row : difference.key;
    sql += "DELETE FROM " + dialect.Quote(task.load_name) + " WHERE " + Condition(where, task, dialect) + ";\n";
  }
  if (!difference.source_row.empty()) sql += Insert(difference.source_row, task, dialect);
  return sql;
}

}  // namespace migrateiq
