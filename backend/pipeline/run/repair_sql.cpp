#include "pipeline/run/repair_sql.hpp"

namespace migrateiq {

namespace {

using Row = RowDifference::Row;

/// Writes rows of one table as SQL.
class RepairWriter {
 public:
  RepairWriter(const TableTask& task, const Dialect& dialect)
      : task_(task), dialect_(dialect), table_(dialect.Quote(task.load_name)) {}

  std::string Delete(const Row& where) const { return "DELETE FROM " + table_ + " WHERE " + Condition(where) + ";\n"; }

  std::string Insert(const Row& row) const {
    std::string columns;
    std::string values;
    for (const auto& [column, value] : row) {
      columns += (columns.empty() ? "" : ", ") + dialect_.Quote(column);
      values += (values.empty() ? "" : ", ") + Literal(column, value);
    }
    return "INSERT INTO " + table_ + " (" + columns + ") VALUES (" + values + ");\n";
  }

  std::string Update(const RowDifference& difference) const {
    std::string changes;
    for (size_t i = 0; i < difference.source_row.size(); ++i) {
      const auto& [column, value] = difference.source_row[i];
      if (value == difference.target_row[i].second) continue;
      changes += (changes.empty() ? "" : ", ") + dialect_.Quote(column) + " = " + Literal(column, value);
    }
    return "UPDATE " + table_ + " SET " + changes + " WHERE " + Condition(difference.key) + ";\n";
  }

 private:
  std::string Literal(const std::string& column, const std::optional<std::string>& value) const {
    if (!value) return "NULL";
    const CatalogColumn* definition = task_.target.Find(column);
    const TypeKind kind = definition != nullptr ? definition->type.kind : TypeKind::kString;
    if (IsInteger(kind) || kind == TypeKind::kAny) return *value;
    const bool bytes = kind == TypeKind::kBytes || kind == TypeKind::kGeometry;
    if (bytes && !dialect_.has_schemas()) return "x'" + value->substr(2) + "'";
    if (kind == TypeKind::kBool && !dialect_.has_schemas()) return *value == "true" ? "1" : "0";
    if (kind == TypeKind::kTimestampTz) return dialect_.MomentLiteral(*value);
    return dialect_.QuoteLiteral(*value);
  }

  std::string Condition(const Row& row) const {
    std::string condition;
    for (const auto& [column, value] : row) {
      condition += (condition.empty() ? "" : " AND ") + dialect_.Quote(column);
      condition += value ? " = " + Literal(column, value) : " IS NULL";
    }
    return condition;
  }

  const TableTask& task_;
  const Dialect& dialect_;
  std::string table_;
};

}  // namespace

std::string RepairStatements(const RowDifference& difference, const TableTask& task, const Dialect& dialect) {
  const RepairWriter writer(task, dialect);
  if (difference.kind == "different") return writer.Update(difference);
  if (difference.kind == "missing") return writer.Insert(difference.source_row);
  return writer.Delete(difference.key.empty() ? difference.target_row : difference.key);
}

}  // namespace migrateiq
