#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/mysql/load_data.hpp"
#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

/// Upsert's temporary table, from which rows are merged into the real one inside the chunk's transaction: rows whose
/// key exists are updated, the others inserted. ON DUPLICATE KEY UPDATE is not used, as it would also update a row that
/// merely collides in another unique index; here such a collision is an error of the row.
class UpsertStage {
 public:
  /// Errors: kSchemaUnsupported when no unique index covers exactly the key.
  static Result<std::unique_ptr<UpsertStage>> Make(Session& session, const std::string& database,
                                                   const TableName& table, const std::vector<std::string>& key,
                                                   const std::vector<SendColumn>& columns);

  const std::string& quoted_name() const { return name_; }
  std::string EmptySql() const { return "DELETE FROM " + name_; }
  std::string UpdateSql() const;  ///< "" when all columns belong to the key
  std::string InsertSql() const;

 private:
  UpsertStage(const TableName& table, std::vector<std::string> key, const std::vector<SendColumn>& columns);
  std::string CreateSql() const;

  std::string table_, name_;
  std::vector<std::string> key_, columns_;
};

}  // namespace migrateiq::mysql
