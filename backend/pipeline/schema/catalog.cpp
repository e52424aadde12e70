#include "pipeline/schema/catalog.hpp"

#include <algorithm>

#include "pipeline/schema/dialect.hpp"

namespace migrateiq {

const CatalogColumn* Table::Find(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &CatalogColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

const Table* Catalog::Find(const TableName& name) const {
  const auto found = std::ranges::find(tables, name, &Table::name);
  return found == tables.end() ? nullptr : &*found;
}

namespace {

bool IsUsableKey(const Table& table, const Index& index) {
  if (!index.unique || !index.where.empty()) return false;
  return std::ranges::all_of(index.parts, [&table](const IndexPart& part) {
    const CatalogColumn* column = part.column.empty() ? nullptr : table.Find(part.column);
    return column != nullptr && !column->nullable && part.prefix == 0;
  });
}

std::vector<std::string> ColumnsOf(const Index& index) {
  std::vector<std::string> names;
  for (const IndexPart& part : index.parts) names.push_back(part.column);
  return names;
}

}  // namespace

std::vector<std::string> Table::KeyColumns() const {
  if (primary_key) return ColumnsOf(*primary_key);
  const auto found = std::ranges::find_if(indexes, [this](const Index& index) { return IsUsableKey(*this, index); });
  return found == indexes.end() ? std::vector<std::string>{} : ColumnsOf(*found);
}

const char* ToString(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kSchema: return "schema";
    case ObjectKind::kTable: return "table";
    case ObjectKind::kColumn: return "column";
    case ObjectKind::kType: return "type";
    case ObjectKind::kSequence: return "sequence";
    case ObjectKind::kPrimaryKey: return "primary key";
    case ObjectKind::kUnique: return "unique";
    case ObjectKind::kIndex: return "index";
    case ObjectKind::kCheck: return "check";
    case ObjectKind::kForeignKey: return "foreign key";
    case ObjectKind::kComment: return "comment";
    case ObjectKind::kStatistics: return "statistics";
  }
  return "object";
}

}  // namespace migrateiq
