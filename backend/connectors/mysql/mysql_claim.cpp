#include "connectors/mysql/mysql_claim.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "pipeline/connector/table_claims.hpp"

namespace migrateiq::mysql {

namespace {

constexpr size_t kAtOnce = 200;

struct Claimed {
  std::string lock;  ///< names of locks are short, and count for the whole server
  const TableName* table;
};

/// In one order for everybody, so that of several who want the same one gets it.
std::vector<Claimed> InOrder(const std::vector<TableName>& tables, const std::string& database) {
  std::vector<Claimed> claims;
  for (const TableName& table : tables) {
    const std::string name = (table.schema.empty() ? database : table.schema) + '\0' + table.name;
    const XXH128_hash_t hash = XXH3_128bits(name.data(), name.size());
    claims.push_back({fmt::format("migrateiq:{:016x}{:016x}", hash.high64, hash.low64), &table});
  }
  std::ranges::sort(claims, {}, &Claimed::lock);
  return claims;
}

/// " (connection 123)", for whoever looks for it in the process list.
std::string Holder(Session& session, const std::string& lock) {
  const auto holder = session.QueryValue("SELECT IS_USED_LOCK('" + lock + "')");
  return holder && *holder ? " (connection " + **holder + ")" : "";
}

Status LockSome(Session& session, const std::vector<Claimed>& claims, size_t begin, size_t end) {
  std::string sql;
  for (size_t i = begin; i < end; ++i)
    sql += (sql.empty() ? "SELECT GET_LOCK('" : ", GET_LOCK('") + claims[i].lock + "', 0)";
  const Result<QueryRows> rows = session.Query(sql);
  if (!rows && (rows.error().Is(codes::kConnLost) || rows.error().Is(codes::kRunInterrupted)))
    return Fail(rows.error());
  if (!rows) return {};
  for (size_t i = begin; i < end; ++i) {
    if (rows->at(0).at(i - begin) != "0") continue;
    return Fail(TableIsHeld(*claims[i].table, Holder(session, claims[i].lock)));
  }
  return {};
}

}  // namespace

Status ClaimTables(Session& session, const std::vector<TableName>& tables, const std::string& database) {
  const std::vector<Claimed> claims = InOrder(tables, database);
  for (size_t begin = 0; begin < claims.size(); begin += kAtOnce)
    MIQ_TRY(LockSome(session, claims, begin, std::min(begin + kAtOnce, claims.size())));
  return {};
}

}  // namespace migrateiq::mysql
