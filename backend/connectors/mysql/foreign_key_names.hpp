#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

/// The dialect's "ALTER TABLE `t` ADD CONSTRAINT `name` FOREIGN KEY ...", taken apart.
struct AddForeignKey {
  TableName table;
  std::string name;
  std::string rest;  ///< from " FOREIGN KEY" on

  std::string Sql() const;
};
std::optional<AddForeignKey> ParseAddForeignKey(std::string_view sql);

/// Foreign key names are unique in a database, and a table put aside keeps its own. Runs the statement; when the name
/// is taken by another table, with "_2", "_3" ... behind it; when this table has a key of the name, it is there
/// already.
Status ExecuteAddForeignKey(Session& session, const std::string& database, AddForeignKey statement);

}  // namespace migrateiq::mysql
