#include "platform/store/tenant_data.hpp"

#include <algorithm>
#include <set>

namespace migrateiq::store {

namespace {

/// Each table with the column, once for each table that it refers to (NULL where there is none).
constexpr std::string_view kSqlite =
    "SELECT m.name, f.\"table\" FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'tenant_id' LEFT "
    "JOIN pragma_foreign_key_list(m.name) f ON TRUE WHERE m.type = 'table' ORDER BY 1, 2";
constexpr std::string_view kPostgres =
    "SELECT CAST(c.relname AS TEXT), CAST(p.relname AS TEXT) FROM pg_class c JOIN pg_namespace n ON n.oid = "
    "c.relnamespace AND n.nspname = current_schema() JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = "
    "'tenant_id' AND NOT a.attisdropped LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' LEFT JOIN "
    "pg_class p ON p.oid = k.confrelid WHERE c.relkind = 'r' ORDER BY 1, 2";

std::string Quoted(const std::string& table) { return "\"" + table + "\""; }

/// Tables with those that they refer to, themselves left out.
using References = std::map<std::string, std::set<std::string>>;

bool IsReferredTo(const References& left, const std::string& table) {
  return std::ranges::any_of(left, [&](const auto& one) { return one.second.contains(table); });
}

}  // namespace

Result<std::vector<std::string>> TenantTables(Session& session) {
  MIQ_ASSIGN(const Rows rows, session.Query(session.engine() == Engine::kPostgres ? kPostgres : kSqlite));
  References left;
  for (const Row& row : rows) {
    std::set<std::string>& parents = left[row.Text(0)];
    if (!row.IsNull(1) && row.Text(1) != row.Text(0)) parents.insert(row.Text(1));
  }
  std::vector<std::string> ordered;
  while (!left.empty()) {
    auto next = std::ranges::find_if(left, [&](const auto& one) { return !IsReferredTo(left, one.first); });
    if (next == left.end()) next = left.begin();  // they refer to each other: some order
    ordered.push_back(next->first);
    left.erase(next);
  }
  return ordered;
}

Result<std::map<std::string, int64_t>> CountTenantRows(Session& session, const std::string& tenant_id) {
  MIQ_ASSIGN(const std::vector<std::string> tables, TenantTables(session));
  std::map<std::string, int64_t> counts;
  for (const std::string& table : tables) {
    MIQ_ASSIGN(const Rows rows,
               session.Query("SELECT COUNT(*) FROM " + Quoted(table) + " WHERE tenant_id = $1", tenant_id));
    if (rows.at(0).Integer(0) > 0) counts[table] = rows.at(0).Integer(0);
  }
  return counts;
}

Status DeleteTenantRows(Session& session, const std::string& tenant_id, const std::string& last) {
  MIQ_ASSIGN(std::vector<std::string> tables, TenantTables(session));
  if (std::erase(tables, last) > 0) tables.push_back(last);
  for (const std::string& table : tables)
    MIQ_TRY(session.Execute("DELETE FROM " + Quoted(table) + " WHERE tenant_id = $1", tenant_id));
  return {};
}

}  // namespace migrateiq::store
