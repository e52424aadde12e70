#include "pipeline/suite/detail/probe.hpp"

#include <algorithm>

#include "pipeline/batch/text.hpp"

namespace migrateiq::detail {

namespace {
constexpr size_t kMostValue = 1024;
}

std::string AskedTable::From(const std::string& condition) const {
  const ValueSql* sql = dialect().value_sql();
  const std::string alone = table->partitioning.empty() && sql != nullptr ? sql->alone : "";
  std::string from = " FROM " + alone + dialect().Quote(table->name);
  if (where.empty() && condition.empty()) return from;
  from += " WHERE ";
  if (!where.empty()) from += "(" + where + "\n)";
  if (!condition.empty()) from += (where.empty() ? "" : " AND ") + condition;
  return from;
}

const Column& ColumnOf(const Batch& batch, const CatalogColumn& column) {
  return batch.columns[static_cast<size_t>(std::max(0, batch.schema->IndexOf(column.name)))];
}

std::string ShownValue(const Column& column, int64_t row) {
  if (column.IsNull(row)) return "NULL";
  std::string text;
  text::AppendValue(text, column, row);
  if (text.size() > kMostValue) text.resize(kMostValue);
  return text;
}

bool WasOdd(const Batch& batch, const Column& column, int64_t row) {
  if (batch.findings.empty() || !column.IsNull(row)) return false;
  const auto index = &column - batch.columns.data();
  return std::ranges::any_of(batch.findings,
                             [&](const Finding& finding) { return finding.row == row && finding.column == index; });
}

int64_t CountOf(const std::optional<std::string>& text) {
  if (!text) return 0;
  if (const auto whole = text::ParseInt(*text)) return *whole;
  // MariaDB's sums are decimals, SQLite's may be doubles.
  return static_cast<int64_t>(text::ParseDouble(*text).value_or(0));
}

}  // namespace migrateiq::detail
