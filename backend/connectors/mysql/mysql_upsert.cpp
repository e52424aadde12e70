#include "connectors/mysql/mysql_upsert.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/errors/plan.hpp"
#include "connectors/mysql/mysql_dialect.hpp"

namespace migrateiq::mysql {

namespace {

std::string List(const std::vector<std::string>& names, const std::string& prefix = "") {
  std::string sql;
  for (const std::string& name : names) sql += (sql.empty() ? "" : ", ") + prefix + QuoteName(name);
  return sql;
}

Result<bool> HasUniqueIndex(Session& session, const std::string& database, const TableName& table,
                            const std::vector<std::string>& key) {
  const std::string& schema = table.schema.empty() ? database : table.schema;
  MIQ_ASSIGN(const QueryRows rows,
             session.Query("SELECT index_name, column_name FROM information_schema.statistics WHERE table_schema = " +
                           QuoteText(schema) + " AND table_name = " + QuoteText(table.name) + " AND non_unique = 0"));
  std::map<std::string, std::set<std::string>> indexes;
  for (const auto& row : rows) indexes[row[0].value_or("")].insert(row[1].value_or(""));
  const std::set<std::string> wanted(key.begin(), key.end());
  return std::ranges::any_of(indexes, [&](const auto& index) { return index.second == wanted; });
}

}  // namespace

UpsertStage::UpsertStage(const TableName& table, std::vector<std::string> key, const std::vector<SendColumn>& columns)
    : table_(QuoteName(table)),
      name_(QuoteName(TableName{table.schema, DerivedName("_miq_tmp_", table.name, table.ToString())})),
      key_(std::move(key)) {
  for (const SendColumn& column : columns) columns_.push_back(column.name);
}

std::string UpsertStage::CreateSql() const {
  return "CREATE TEMPORARY TABLE " + name_ + " (UNIQUE KEY miq_key (" + List(key_) + ")) ENGINE=InnoDB SELECT " +
         List(columns_) + " FROM " + table_ + " LIMIT 0";
}

Result<std::unique_ptr<UpsertStage>> UpsertStage::Make(Session& session, const std::string& database,
                                                       const TableName& table, const std::vector<std::string>& key,
                                                       const std::vector<SendColumn>& columns) {
  MIQ_ASSIGN(const bool unique, HasUniqueIndex(session, database, table, key));
  if (!unique) {
    return Fail(
        Error(codes::kSchemaUnsupported, "upsert needs a primary key or unique index over exactly (" + List(key) + ")")
            .Table(table.ToString()));
  }
  std::unique_ptr<UpsertStage> stage(new UpsertStage(table, key, columns));
  MIQ_TRY(session.Execute(stage->CreateSql()));
  return stage;
}

std::string UpsertStage::UpdateSql() const {
  std::string on, sets;
  for (const std::string& name : columns_) {
    const std::string column = QuoteName(name);
    const bool in_key = std::ranges::find(key_, name) != key_.end();
    if (in_key)
      on += (on.empty() ? "t." : " AND t.") + column + " = s." + column;
    else
      sets += (sets.empty() ? "t." : ", t.") + column + " = s." + column;
  }
  return sets.empty() ? "" : "UPDATE " + table_ + " AS t JOIN " + name_ + " AS s ON " + on + " SET " + sets;
}

std::string UpsertStage::InsertSql() const {
  std::string on;
  for (const std::string& name : key_) {
    on += (on.empty() ? "t." : " AND t.") + QuoteName(name) + " = s." + QuoteName(name);
  }
  return "INSERT INTO " + table_ + " (" + List(columns_) + ") SELECT " + List(columns_, "s.") + " FROM " + name_ +
         " AS s LEFT JOIN " + table_ + " AS t ON " + on + " WHERE t." + QuoteName(key_.front()) + " IS NULL";
}

}  // namespace migrateiq::mysql
