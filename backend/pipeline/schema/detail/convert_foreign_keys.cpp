#include <algorithm>

#include "pipeline/schema/detail/conversion.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string SourceText(const ForeignKey& key) {
  return "FOREIGN KEY (" + Joined(key.columns) + ") REFERENCES " + key.parent.ToString() + " (" +
         Joined(key.parent_columns) + ")";
}

std::string Title(const TableConversion& table, const ForeignKey& key) {
  return key.name.empty() ? table.source.name.ToString() + " (" + Joined(key.columns) + ")" : key.name;
}

/// A reference without columns means the parent's primary key.
std::vector<std::string> ParentColumns(const Table& parent, const ForeignKey& key) {
  if (!key.parent_columns.empty() || !parent.primary_key) return key.parent_columns;
  std::vector<std::string> columns;
  for (const IndexPart& part : parent.primary_key->parts) columns.push_back(part.column);
  return columns;
}

/// A reference may spell a column in another case where case does not matter.
std::map<std::string, std::string>::const_iterator FindName(const TableNames& names, const std::string& column) {
  const auto exact = names.columns.find(column);
  if (exact != names.columns.end()) return exact;
  const std::string wanted = Lower(column);
  const auto alike =
      std::ranges::find_if(names.columns, [&](const auto& entry) { return Lower(entry.first) == wanted; });
  const auto count =
      std::ranges::count_if(names.columns, [&](const auto& entry) { return Lower(entry.first) == wanted; });
  return count == 1 ? alike : names.columns.end();
}

const Table* FindParent(const Conversion& all, const TableName& name) {
  const Table* exact = all.source.Find(name);
  if (exact != nullptr || !all.from.folds_case()) return exact;
  const auto found = std::ranges::find_if(
      all.source.tables, [&](const Table& table) { return Lower(table.name.ToString()) == Lower(name.ToString()); });
  return found == all.source.tables.end() ? nullptr : &*found;
}

/// Target names of columns; the first one that is dropped or unknown goes to `missing`.
std::vector<std::string> Renamed(const TableNames& names, const std::vector<std::string>& columns,
                                 std::string& missing) {
  std::vector<std::string> renamed;
  for (const std::string& column : columns) {
    const auto found = FindName(names, column);
    if (found == names.columns.end() && missing.empty()) missing = column;
    renamed.push_back(found == names.columns.end() ? column : found->second);
  }
  return renamed;
}

bool Covers(const Index& index, std::vector<std::string> columns) {
  if (!index.unique || !index.where.empty()) return false;
  std::vector<std::string> parts;
  for (const IndexPart& part : index.parts) {
    if (part.prefix > 0) return false;
    parts.push_back(part.column);
  }
  std::ranges::sort(parts);
  std::ranges::sort(columns);
  return parts == columns;
}

bool IsUniqueIn(const Table& table, const std::vector<std::string>& columns) {
  const auto covers = [&](const Index& index) { return Covers(index, columns); };
  return (table.primary_key && covers(*table.primary_key)) || std::ranges::any_of(table.indexes, covers);
}

bool AnyNotNull(const Table& table, const std::vector<std::string>& columns) {
  return std::ranges::any_of(columns, [&](const std::string& name) {
    const CatalogColumn* column = table.Find(name);
    return column != nullptr && !column->nullable;
  });
}

/// An action that MySQL refuses becomes NO ACTION.
FkAction AllowedAction(TableConversion& table, const ForeignKey& source, const ForeignKey& target, FkAction action,
                       const char* event) {
  if (!table.all.ToMySql() || table.all.SameDialect()) return action;
  const bool set_default = action == FkAction::kSetDefault;
  const bool set_null = action == FkAction::kSetNull && AnyNotNull(table.result.target, target.columns);
  if (!set_default && !set_null) return action;
  table.Report("foreign key", Title(table, source), "created",
               std::string(event) + (set_default ? " SET DEFAULT" : " SET NULL on a NOT NULL column") +
                   " becomes NO ACTION: the target does not allow it");
  return FkAction::kNoAction;
}

/// What only some systems have.
void KeepFeatures(TableConversion& table, const ForeignKey& source, ForeignKey& target) {
  const Conversion& all = table.all;
  const std::string title = Title(table, source);
  target.on_delete = AllowedAction(table, source, target, source.on_delete, "ON DELETE");
  target.on_update = AllowedAction(table, source, target, source.on_update, "ON UPDATE");
  if (all.SameDialect()) return;
  if (source.deferrable && all.ToMySql()) {
    target.deferrable = target.initially_deferred = false;
    table.Report("foreign key", title, "created", "it is no longer deferrable: the target checks at once");
  }
  if (source.match_full && !all.ToPostgres()) {
    target.match_full = false;
    if (source.columns.size() > 1) table.Report("foreign key", title, "created", "MATCH FULL becomes MATCH SIMPLE");
  }
  if (!source.validated) {
    target.validated = true;
    table.Report("foreign key", title, "created", "not validated in the source; the target checks all rows");
  }
}

const Table* TargetTable(const std::vector<ConvertedTable>& tables, const TableName& source) {
  const auto found = std::ranges::find(tables, source, &ConvertedTable::source);
  return found == tables.end() ? nullptr : &found->target;
}

/// The key over the target's tables and columns; nullopt when it was reported instead.
std::optional<ForeignKey> Carry(TableConversion& table, const ForeignKey& source, const Table& parent) {
  const TableNames& parent_names = table.all.names.at(parent.name);
  std::string missing;
  ForeignKey key = source;
  key.columns = Renamed(table.names, source.columns, missing);
  key.parent = parent_names.target;
  key.parent_columns = Renamed(parent_names, ParentColumns(parent, source), missing);
  if (missing.empty()) return key;
  table.Report("foreign key", Title(table, source), "skipped", "it needs the column " + missing + ", which is dropped",
               SourceText(source));
  return std::nullopt;
}

void ConvertForeignKey(TableConversion& table, const ForeignKey& source, const std::vector<ConvertedTable>& tables,
                       NameScopes& scopes) {
  const auto manual = [&](const std::string& why) {
    table.Report("foreign key", Title(table, source), "manual", why, SourceText(source));
  };
  const Table* parent = FindParent(table.all, source.parent);
  if (parent == nullptr) return manual("the table " + source.parent.ToString() + " is not migrated");
  auto key = Carry(table, source, *parent);
  if (!key) return;
  const Table* target_parent = TargetTable(tables, parent->name);
  const bool unique = target_parent != nullptr && IsUniqueIn(*target_parent, key->parent_columns);
  if (!unique && !table.all.ToMySql() && !table.all.SameDialect()) {
    return manual("the target needs a unique key on " + key->parent.ToString() + " (" + Joined(key->parent_columns) +
                  ")");
  }
  KeepFeatures(table, source, *key);
  const std::string wanted = source.name.empty() ? table.names.target.name + "_" + Joined(key->columns) + "_fkey"
                                                 : ConvertName(source.name, table.all.options.name_case, 0);
  key->name = scopes.Take(ConstraintScope(table.all, table.names.target), wanted, table.names.target.name);
  table.result.target.foreign_keys.push_back(std::move(*key));
}

}  // namespace

void ConvertForeignKeys(TableConversion& table, const std::vector<ConvertedTable>& tables, NameScopes& scopes) {
  for (const ForeignKey& key : table.source.foreign_keys) ConvertForeignKey(table, key, tables, scopes);
}

}  // namespace migrateiq::detail
