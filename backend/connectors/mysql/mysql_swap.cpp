#include "connectors/mysql/mysql_swap.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "connectors/mysql/mysql_dialect.hpp"

namespace migrateiq::mysql {

namespace {

using Row = std::vector<std::optional<std::string>>;

constexpr unsigned kDuplicateForeignKey = 1826;

std::string SchemaOf(const TableName& table, const std::string& database) {
  return table.schema.empty() ? database : table.schema;
}

std::string Tuple(const TableName& table, const std::string& database) {
  return "(" + QuoteText(SchemaOf(table, database)) + ", " + QuoteText(table.name) + ")";
}

Result<bool> Exists(Session& session, const std::string& database, const TableName& table) {
  MIQ_ASSIGN(const auto count, session.QueryValue("SELECT COUNT(*) FROM information_schema.tables WHERE (table_schema, "
                                                  "table_name) = " +
                                                  Tuple(table, database)));
  return count && *count != "0";
}

/// A foreign key of a table that was not put aside, which refers to one that was.
struct Stray {
  std::string child, name, parent_schema, parent;
  std::vector<std::string> columns, parent_columns;
  std::string on_delete, on_update;
};

Result<std::vector<Stray>> FindStrays(Session& session, const std::string& database,
                                      const std::vector<SwapTable>& tables) {
  std::string asides;
  for (const SwapTable& table : tables) asides += (asides.empty() ? "" : ", ") + Tuple(table.aside, database);
  MIQ_ASSIGN(const QueryRows rows,
             session.Query("SELECT k.table_schema, k.table_name, k.constraint_name, k.referenced_table_schema, "
                           "k.referenced_table_name, k.column_name, k.referenced_column_name, r.delete_rule, "
                           "r.update_rule FROM information_schema.key_column_usage k JOIN "
                           "information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema "
                           "AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name WHERE "
                           "(k.referenced_table_schema, k.referenced_table_name) IN (" +
                           asides + ") AND (k.table_schema, k.table_name) NOT IN (" + asides +
                           ") ORDER BY 1, 2, 3, k.ordinal_position"));
  std::vector<Stray> strays;
  for (const Row& row : rows) {
    const std::string child = QuoteName(TableName{row[0].value_or(""), row[1].value_or("")});
    if (strays.empty() || strays.back().child != child || strays.back().name != row[2]) {
      strays.push_back({child,
                        row[2].value_or(""),
                        row[3].value_or(""),
                        row[4].value_or(""),
                        {},
                        {},
                        row[7].value_or(""),
                        row[8].value_or("")});
    }
    strays.back().columns.push_back(row[5].value_or(""));
    strays.back().parent_columns.push_back(row[6].value_or(""));
  }
  return strays;
}

std::string NameList(const std::vector<std::string>& names) {
  std::string sql = "(";
  for (const std::string& name : names) sql += (sql.size() > 1 ? ", " : "") + QuoteName(name);
  return sql + ")";
}

std::string AddKey(const Stray& key, const std::string& name, const TableName& parent) {
  return "ALTER TABLE " + key.child + " ADD CONSTRAINT " + QuoteName(name) + " FOREIGN KEY " + NameList(key.columns) +
         " REFERENCES " + QuoteName(parent) + " " + NameList(key.parent_columns) + " ON DELETE " + key.on_delete +
         " ON UPDATE " + key.on_update;
}

std::string DropKey(const Stray& key, const std::string& name) {
  return "ALTER TABLE " + key.child + " DROP FOREIGN KEY " + QuoteName(name);
}

/// Names are unique and one ALTER cannot drop and add the same name, so a second key stands in: at no moment, even if
/// this is interrupted, is there none.
Status Repoint(Session& session, const Stray& key, const TableName& parent) {
  const std::string stand_in = ShortenName(key.name + "_miq");
  const Status added = session.Execute(AddKey(key, stand_in, parent));
  if (!added && session.last_errno() != kDuplicateForeignKey) return added;
  MIQ_TRY(session.Execute(DropKey(key, key.name)));
  MIQ_TRY(session.Execute(AddKey(key, key.name, parent)));
  return session.Execute(DropKey(key, stand_in));
}

Status RepointAll(Session& session, const std::string& database, const std::vector<SwapTable>& tables) {
  MIQ_ASSIGN(const auto strays, FindStrays(session, database, tables));
  for (const Stray& key : strays) {
    for (const SwapTable& table : tables) {
      const bool refers = key.parent == table.aside.name && key.parent_schema == SchemaOf(table.aside, database);
      if (refers) MIQ_TRY(Repoint(session, key, table.live));
    }
  }
  return {};
}

Status Rename(Session& session, const std::string& pairs) {
  return pairs.empty() ? Status{} : session.Execute("RENAME TABLE " + pairs);
}

void AddPair(std::string& pairs, const TableName& from, const TableName& to) {
  pairs += (pairs.empty() ? "" : ", ") + QuoteName(from) + " TO " + QuoteName(to);
}

}  // namespace

Result<std::vector<std::string>> FindSwapBlockers(Session& session, const std::string& database,
                                                  const std::vector<TableName>& live) {
  std::string names;
  for (const TableName& table : live) names += (names.empty() ? "" : ", ") + Tuple(table, database);
  if (names.empty()) return std::vector<std::string>{};
  MIQ_ASSIGN(const QueryRows rows,
             session.Query("SELECT trigger_name, event_object_table FROM information_schema.triggers WHERE "
                           "(event_object_schema, event_object_table) IN (" +
                           names + ") ORDER BY 1"));
  std::vector<std::string> blockers;
  for (const Row& row : rows) blockers.push_back("trigger " + row[0].value_or("") + " on " + row[1].value_or(""));
  return blockers;
}

Status SwapTables(Session& session, const std::string& database, const std::vector<SwapTable>& tables) {
  if (tables.empty()) return {};
  std::string pairs;
  for (const SwapTable& table : tables) {
    MIQ_ASSIGN(const bool loaded, Exists(session, database, table.shadow));
    if (!loaded) continue;
    MIQ_ASSIGN(const bool replaces, Exists(session, database, table.live));
    if (replaces) AddPair(pairs, table.live, table.aside);
    AddPair(pairs, table.shadow, table.live);
  }
  MIQ_TRY(Rename(session, pairs));
  return RepointAll(session, database, tables);
}

Status SwapTablesBack(Session& session, const std::string& database, const std::vector<SwapTable>& tables) {
  std::string pairs, drops;
  for (const SwapTable& table : tables) {
    MIQ_ASSIGN(const bool kept, Exists(session, database, table.aside));
    if (!kept) continue;
    drops += (drops.empty() ? "" : ", ") + QuoteName(table.live);
    AddPair(pairs, table.aside, table.live);
  }
  // Foreign keys of other tables find their parent again by name, as they are not checked in this session.
  if (!drops.empty()) MIQ_TRY(session.Execute("DROP TABLE IF EXISTS " + drops));
  return Rename(session, pairs);
}

}  // namespace migrateiq::mysql
