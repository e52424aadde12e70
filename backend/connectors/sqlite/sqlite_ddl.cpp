#include <algorithm>

#include "connectors/sqlite/sqlite_dialect.hpp"
#include "connectors/sqlite/sqlite_names.hpp"

// The definitions that SqliteDialect writes.
namespace migrateiq::sqlite {

namespace {

std::string NameList(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + QuoteName(name);
  return "(" + list + ")";
}

std::string PartText(const IndexPart& part) {
  std::string text = part.column.empty() ? "(" + part.expression + ")" : QuoteName(part.column);
  if (!part.collation.empty()) text += " COLLATE " + QuoteName(part.collation);
  return part.descending ? text + " DESC" : text;
}

std::string PartList(const Index& index) {
  std::string list;
  for (const IndexPart& part : index.parts) list += (list.empty() ? "" : ", ") + PartText(part);
  return "(" + list + ")";
}

std::string Named(const std::string& name) { return name.empty() ? "" : "CONSTRAINT " + QuoteName(name) + " "; }

/// The column that becomes INTEGER PRIMARY KEY, as a rule with AUTOINCREMENT, or null.
const CatalogColumn* NumberedColumn(const Table& table) {
  if (!table.primary_key || table.primary_key->parts.size() != 1 || table.without_rowid) return nullptr;
  const CatalogColumn* column = table.Find(table.primary_key->parts.front().column);
  const bool numbered = column != nullptr && column->identity != Identity::kNone && SameName(column->native, "INTEGER");
  return numbered ? column : nullptr;
}

std::string CollationOf(const CatalogColumn& column) {
  for (const char* known : {"NOCASE", "RTRIM"}) {
    if (SameName(column.collation, known)) return std::string(" COLLATE ") + known;
  }
  const TypeKind kind = column.type.kind;
  if (kind != TypeKind::kString && kind != TypeKind::kChar) return "";
  if (column.case_insensitive) return " COLLATE NOCASE";
  return column.pad_space ? " COLLATE RTRIM" : "";
}

std::string ColumnText(const CatalogColumn& column, bool numbered) {
  std::string text = QuoteName(column.name);
  if (!column.native.empty()) text += " " + column.native;
  if (numbered) return text + (column.identity_returns ? " PRIMARY KEY" : " PRIMARY KEY AUTOINCREMENT NOT NULL");
  if (!column.nullable) text += " NOT NULL";
  text += CollationOf(column);
  if (column.IsGenerated()) {
    return text + " GENERATED ALWAYS AS (" + column.generated_sql + ")" +
           (column.generated_stored ? " STORED" : " VIRTUAL");
  }
  return column.default_sql ? text + " DEFAULT (" + *column.default_sql + ")" : text;
}

const char* ActionText(FkAction action) {
  switch (action) {
    case FkAction::kNoAction: return "NO ACTION";
    case FkAction::kRestrict: return "RESTRICT";
    case FkAction::kCascade: return "CASCADE";
    case FkAction::kSetNull: return "SET NULL";
    case FkAction::kSetDefault: return "SET DEFAULT";
  }
  return "NO ACTION";
}

std::string ForeignKeyText(const ForeignKey& key) {
  // A shadow table refers to the names that its tables will have after the swap.
  const std::string_view parent = std::string_view(key.parent.name).substr(ShadowPrefixOf(key.parent.name).size());
  std::string text = Named(key.name) + "FOREIGN KEY " + NameList(key.columns) + " REFERENCES " + QuoteName(parent);
  if (!key.parent_columns.empty()) text += " " + NameList(key.parent_columns);
  if (key.on_delete != FkAction::kNoAction) text += std::string(" ON DELETE ") + ActionText(key.on_delete);
  if (key.on_update != FkAction::kNoAction) text += std::string(" ON UPDATE ") + ActionText(key.on_update);
  if (key.deferrable)
    text += std::string(" DEFERRABLE INITIALLY ") + (key.initially_deferred ? "DEFERRED" : "IMMEDIATE");
  return text;
}

bool IsInTable(const Index& index) { return index.unique && index.constraint && index.where.empty(); }

std::vector<std::string> ConstraintTexts(const Table& table) {
  std::vector<std::string> texts;
  if (table.primary_key && NumberedColumn(table) == nullptr) {
    texts.push_back(Named(table.primary_key->name) + "PRIMARY KEY " + PartList(*table.primary_key));
  }
  for (const Index& index : table.indexes) {
    if (IsInTable(index)) texts.push_back(Named(index.name) + "UNIQUE " + PartList(index));
  }
  for (const Check& check : table.checks) texts.push_back(Named(check.name) + "CHECK (" + check.expression + ")");
  for (const ForeignKey& key : table.foreign_keys) texts.push_back(ForeignKeyText(key));
  return texts;
}

bool CanBeStrict(const Table& table) {
  return table.strict && std::ranges::all_of(table.columns, [](const CatalogColumn& column) {
           static constexpr std::string_view kStrictTypes[] = {"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"};
           return std::ranges::any_of(kStrictTypes,
                                      [&](std::string_view type) { return SameName(type, column.native); });
         });
}

std::string TableOptions(const Table& table) {
  std::string options = table.without_rowid && table.primary_key ? " WITHOUT ROWID" : "";
  if (CanBeStrict(table)) options += options.empty() ? " STRICT" : ", STRICT";
  return options;
}

std::string CreateTable(const Table& table) {
  const CatalogColumn* numbered = NumberedColumn(table);
  std::string body;
  for (const CatalogColumn& column : table.columns) {
    body += (body.empty() ? "\n  " : ",\n  ") + ColumnText(column, &column == numbered);
  }
  for (const std::string& text : ConstraintTexts(table)) body += ",\n  " + text;
  return "CREATE TABLE IF NOT EXISTS " + TheDialect().Quote(table.name) + " (" + body + "\n)" + TableOptions(table);
}

std::string CreateIndex(const Index& index, const Table& table) {
  // Beside the table that will be replaced, the index needs a name of its own until the swap.
  const std::string name = std::string(ShadowPrefixOf(table.name.name)) + index.name;
  std::string sql = std::string(index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX") + " IF NOT EXISTS ";
  sql += QuoteName(name) + " ON " + QuoteName(table.name.name) + " " + PartList(index);
  return index.where.empty() ? sql : sql + " WHERE " + index.where;
}

/// The counter never goes back: past the data, past where the source was.
std::vector<std::string> SequenceStatements(const Table& table, const CatalogColumn& column) {
  const std::string name = QuoteText(table.name.name);
  const std::string next = column.identity_next.value_or("1");
  const std::string reached = "max(coalesce((SELECT max(" + QuoteName(column.name) + ") FROM " +
                              QuoteName(table.name.name) + "), 0), CAST(" + QuoteText(next) + " AS INTEGER) - 1)";
  return {"INSERT INTO sqlite_sequence (name, seq) SELECT " + name +
              ", 0 WHERE NOT EXISTS "
              "(SELECT 1 FROM sqlite_sequence WHERE name = " +
              name + ")",
          "UPDATE sqlite_sequence SET seq = max(seq, " + reached + ") WHERE name = " + name};
}

}  // namespace

std::vector<DdlStep> SqliteDialect::CreateSteps(const Table& table) const {
  return {{ObjectKind::kTable, table.name.name, table.name, {CreateTable(table)}}};
}

std::vector<DdlStep> SqliteDialect::IndexSteps(const Table& table) const {
  std::vector<DdlStep> steps;
  for (const Index& index : table.indexes) {
    if (IsInTable(index)) continue;
    const ObjectKind kind = index.constraint ? ObjectKind::kUnique : ObjectKind::kIndex;
    steps.push_back({kind, index.name, table.name, {CreateIndex(index, table)}});
  }
  return steps;
}

std::vector<DdlStep> SqliteDialect::FinishSteps(const Table& table) const {
  std::vector<DdlStep> steps;
  if (const CatalogColumn* column = NumberedColumn(table);
      column != nullptr && column->identity_next && !column->identity_returns) {
    steps.push_back(
        {ObjectKind::kSequence, table.name.name + "." + column->name, table.name, SequenceStatements(table, *column)});
  }
  steps.push_back({ObjectKind::kStatistics, table.name.name, table.name, {"ANALYZE " + Quote(table.name)}});
  return steps;
}

TextEquality SqliteDialect::EqualityOf(const CatalogColumn& column, std::string_view collation) const {
  const std::string name = collation.empty() ? CollationOf(column) : " COLLATE " + std::string(collation);
  if (SameName(name, " COLLATE NOCASE")) return {.trailing_blanks = true, .sql = "lower($1)"};
  return {.trailing_blanks = !SameName(name, " COLLATE RTRIM"), .sql = ""};
}

}  // namespace migrateiq::sqlite
