#include "connectors/postgres/postgres_claim.hpp"

#include <xxhash.h>

#include <algorithm>

#include "pipeline/connector/table_claims.hpp"

namespace migrateiq::postgres {

namespace {

/// A small part of the 6,400 locks that all sessions of a server with default settings share.
constexpr size_t kMostLocks = 500;

int64_t KeyOf(const std::string& what) {
  const std::string text = "migrateiq " + what;
  return static_cast<int64_t>(XXH3_64bits(text.data(), text.size()));
}

struct Claimed {
  int64_t key;
  const TableName* table;
};

/// In one order for everybody, so that of several who want the same one gets it.
std::vector<Claimed> InOrder(const std::vector<TableName>& tables, const std::string& default_schema) {
  std::vector<Claimed> claims;
  for (const TableName& table : tables) {
    const std::string& schema = table.schema.empty() ? default_schema : table.schema;
    claims.push_back({KeyOf("table " + QuoteIdentifier(schema) + "." + QuoteIdentifier(table.name)), &table});
  }
  std::ranges::sort(claims, {}, &Claimed::key);
  return claims;
}

/// " (server process 123)", for whoever looks for it in pg_stat_activity.
std::string Holder(Session& session, int64_t key) {
  const auto bits = static_cast<uint64_t>(key);
  const auto rows = session.Query(
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND classid = " +
      std::to_string(bits >> 32) + " AND objid = " + std::to_string(bits & 0xffff'ffffU) +
      " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()");
  return rows && rows->count() > 0 ? " (server process " + rows->Text(0, 0) + ")" : "";
}

Result<bool> TryLock(Session& session, const char* function, int64_t key) {
  MIQ_ASSIGN(const Rows rows, session.Query(std::string("SELECT ") + function + "(" + std::to_string(key) + ")"));
  return rows.Bool(0, 0);
}

Status LockEach(Session& session, const std::vector<Claimed>& claims) {
  std::string values;
  for (size_t i = 0; i < claims.size(); ++i)
    values += (i == 0 ? "(" : ", (") + std::to_string(i) + ", " + std::to_string(claims[i].key) + "::bigint)";
  MIQ_ASSIGN(const Rows refused, session.Query("SELECT position FROM (VALUES " + values +
                                               ") v(position, key) WHERE NOT pg_try_advisory_lock(key)"));
  if (refused.count() == 0) return {};
  const Claimed& first = claims[static_cast<size_t>(refused.Int(0, 0))];
  return Fail(TableIsHeld(*first.table, Holder(session, first.key)));
}

}  // namespace

Status ClaimTables(Session& session, const std::vector<TableName>& tables, const std::string& default_schema) {
  if (tables.empty()) return {};
  const bool all = tables.size() > kMostLocks;
  const int64_t database = KeyOf("database");
  MIQ_ASSIGN(const bool entered,
             TryLock(session, all ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared", database));
  if (!entered) return Fail(TableIsHeld(tables.front(), Holder(session, database)));
  return all ? Status() : LockEach(session, InOrder(tables, default_schema));
}

}  // namespace migrateiq::postgres
