#include "connectors/mysql/foreign_key_names.hpp"

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "connectors/mysql/mysql_dialect.hpp"

namespace migrateiq::mysql {

namespace {

constexpr int kMostTries = 9;

bool Skip(std::string_view& sql, std::string_view word) {
  if (!sql.starts_with(word)) return false;
  sql.remove_prefix(word.size());
  return true;
}

std::optional<std::string> TakeName(std::string_view& sql) {
  if (!Skip(sql, "`")) return std::nullopt;
  std::string name;
  while (!sql.empty()) {
    const char c = sql.front();
    sql.remove_prefix(1);
    if (c == '`' && !Skip(sql, "`")) return name;
    name += c;
  }
  return std::nullopt;
}

enum class Taken : uint8_t { kNo, kByThisTable, kByAnother };

Result<Taken> WhoHas(Session& session, const std::string& database, const AddForeignKey& key) {
  const std::string& schema = key.table.schema.empty() ? database : key.table.schema;
  MIQ_ASSIGN(const QueryRows rows,
             session.Query("SELECT table_name FROM information_schema.referential_constraints WHERE "
                           "constraint_schema = " +
                           QuoteText(schema) + " AND constraint_name = " + QuoteText(key.name)));
  for (const auto& row : rows) {
    if (row[0] == key.table.name) return Taken::kByThisTable;
  }
  return rows.empty() ? Taken::kNo : Taken::kByAnother;
}

}  // namespace

std::string AddForeignKey::Sql() const {
  return "ALTER TABLE " + QuoteName(table) + " ADD CONSTRAINT " + QuoteName(name) + rest;
}

std::optional<AddForeignKey> ParseAddForeignKey(std::string_view sql) {
  AddForeignKey key;
  if (!Skip(sql, "ALTER TABLE ")) return std::nullopt;
  auto table = TakeName(sql);
  if (table && Skip(sql, ".")) {
    key.table.schema = *table;
    table = TakeName(sql);
  }
  if (!table || !Skip(sql, " ADD CONSTRAINT ")) return std::nullopt;
  const auto name = TakeName(sql);
  if (!name || !sql.starts_with(" FOREIGN KEY ")) return std::nullopt;
  key.table.name = *table;
  key.name = *name;
  key.rest = std::string(sql);
  return key;
}

Status ExecuteAddForeignKey(Session& session, const std::string& database, AddForeignKey statement) {
  const std::string wanted = statement.name;
  for (int attempt = 2;; ++attempt) {
    const Status added = session.Execute(statement.Sql());
    if (added || added.error().Is(codes::kConnLost) || added.error().Is(codes::kRunInterrupted)) return added;
    MIQ_ASSIGN(const Taken taken, WhoHas(session, database, statement));
    if (taken == Taken::kByThisTable) return {};
    if (taken == Taken::kNo || attempt > kMostTries) return added;
    statement.name = ShortenName(wanted + "_" + std::to_string(attempt));
  }
}

}  // namespace migrateiq::mysql
