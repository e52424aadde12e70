#include "connectors/sqlite/sqlite_swap.hpp"

#include <algorithm>

#include "connectors/sqlite/detail/tokens.hpp"
#include "connectors/sqlite/sqlite_names.hpp"

namespace migrateiq::sqlite {

namespace {

struct SchemaObject {
  std::string name, sql;
};

Result<bool> Exists(const Database& database, const std::string& table) {
  MIQ_ASSIGN(Statement found,
             database.Prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE"));
  found.Bind(1, table);
  return found.Step();
}

/// Those with a definition of their own: not the automatic indexes of constraints.
Result<std::vector<SchemaObject>> ObjectsOn(const Database& database, std::string_view type, const std::string& table) {
  MIQ_ASSIGN(Statement select,
             database.Prepare("SELECT name, sql FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL "
                              "AND tbl_name = ?2 COLLATE NOCASE ORDER BY rowid"));
  select.Bind(1, type);
  select.Bind(2, table);
  std::vector<SchemaObject> objects;
  while (true) {
    MIQ_ASSIGN(const bool found, select.Step());
    if (!found) return objects;
    objects.push_back({select.Text(0), select.Text(1)});
  }
}

/// The definition with the index's name replaced: CREATE [UNIQUE] INDEX [IF NOT EXISTS] name ON ...
std::string RenamedSql(const std::string& sql, const std::string& name) {
  const std::vector<detail::Token> tokens = detail::Tokenize(sql);
  const auto on = std::ranges::find_if(tokens, [](const detail::Token& token) { return token.Is("ON"); });
  if (on == tokens.end() || on == tokens.begin()) return sql;
  const detail::Token& old = *(on - 1);
  return sql.substr(0, old.begin) + QuoteName(name) + sql.substr(old.end());
}

/// SQLite has no statement that renames an index; its own ALTER TABLE edits sqlite_schema in the same way.
Status RenameIndex(const Database& database, const SchemaObject& index, const std::string& name) {
  MIQ_ASSIGN(Statement update,
             database.Prepare("UPDATE sqlite_schema SET name = ?1, sql = ?2 WHERE type = 'index' AND name = ?3"));
  update.Bind(1, name);
  update.Bind(2, RenamedSql(index.sql, name));
  update.Bind(3, index.name);
  return update.Run();
}

std::string PrefixOf(const TableName& prefixed, const TableName& live) {
  return prefixed.name.ends_with(live.name) ? prefixed.name.substr(0, prefixed.name.size() - live.name.size()) : "";
}

Status AddPrefix(const Database& database, const std::string& table, const std::string& prefix) {
  MIQ_ASSIGN(const auto indexes, ObjectsOn(database, "index", table));
  for (const SchemaObject& index : indexes) MIQ_TRY(RenameIndex(database, index, prefix + index.name));
  return {};
}

Status RemovePrefix(const Database& database, const std::string& table, const std::string& prefix) {
  MIQ_ASSIGN(const auto indexes, ObjectsOn(database, "index", table));
  for (const SchemaObject& index : indexes) {
    if (!prefix.empty() && index.name.starts_with(prefix)) {
      MIQ_TRY(RenameIndex(database, index, index.name.substr(prefix.size())));
    }
  }
  return {};
}

Status RenameTable(const Database& database, const TableName& from, const TableName& to) {
  return database.Run("ALTER TABLE " + QuoteName(from.name) + " RENAME TO " + QuoteName(to.name));
}

Status DropAll(const Database& database, const std::vector<SchemaObject>& triggers) {
  for (const SchemaObject& trigger : triggers)
    MIQ_TRY(database.Run("DROP TRIGGER IF EXISTS " + QuoteName(trigger.name)));
  return {};
}

Status CreateAll(const Database& database, const std::vector<SchemaObject>& triggers) {
  for (const SchemaObject& trigger : triggers) MIQ_TRY(database.Run(trigger.sql));
  return {};
}

/// What `edit` does to sqlite_schema is read back in before the next statement.
template <class Edit>
Status EditSchema(const Database& database, Edit&& edit) {
  MIQ_TRY(database.Run("PRAGMA writable_schema = ON"));
  Status edited = edit();
  Status reset = database.Run("PRAGMA writable_schema = RESET");
  return edited ? reset : edited;
}

Status SwapOne(const Database& database, const SwapTable& swap, bool has_live) {
  std::vector<SchemaObject> triggers;
  if (has_live) {
    MIQ_ASSIGN(triggers, ObjectsOn(database, "trigger", swap.live.name));
    MIQ_TRY(DropAll(database, triggers));
    MIQ_TRY(RenameTable(database, swap.live, swap.aside));
  }
  MIQ_TRY(RenameTable(database, swap.shadow, swap.live));
  return CreateAll(database, triggers);
}

Status SwapIfLoaded(const Database& database, const SwapTable& swap) {
  MIQ_ASSIGN(const bool loaded, Exists(database, swap.shadow.name));
  if (!loaded) return {};  // swapped before
  MIQ_ASSIGN(const bool has_live, Exists(database, swap.live.name));
  MIQ_TRY(EditSchema(database, [&]() -> Status {
    if (has_live) MIQ_TRY(AddPrefix(database, swap.live.name, PrefixOf(swap.aside, swap.live)));
    return RemovePrefix(database, swap.shadow.name, PrefixOf(swap.shadow, swap.live));
  }));
  return SwapOne(database, swap, has_live);
}

Status SwapBackIfKept(const Database& database, const SwapTable& swap) {
  MIQ_ASSIGN(const bool kept, Exists(database, swap.aside.name));
  if (!kept) return {};  // nothing was replaced, or it is back already
  MIQ_ASSIGN(const auto triggers, ObjectsOn(database, "trigger", swap.live.name));
  MIQ_TRY(DropAll(database, triggers));
  MIQ_TRY(database.Run("DROP TABLE IF EXISTS " + QuoteName(swap.live.name)));
  MIQ_TRY(
      EditSchema(database, [&] { return RemovePrefix(database, swap.aside.name, PrefixOf(swap.aside, swap.live)); }));
  MIQ_TRY(RenameTable(database, swap.aside, swap.live));
  return CreateAll(database, triggers);
}

}  // namespace

Status SwapTables(const Database& database, const std::vector<SwapTable>& tables) {
  for (const SwapTable& swap : tables) MIQ_TRY(SwapIfLoaded(database, swap));
  return {};
}

Status SwapTablesBack(const Database& database, const std::vector<SwapTable>& tables) {
  for (const SwapTable& swap : tables) MIQ_TRY(SwapBackIfKept(database, swap));
  return {};
}

}  // namespace migrateiq::sqlite
