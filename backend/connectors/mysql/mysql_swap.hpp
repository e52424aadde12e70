#pragma once

#include <string>
#include <vector>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

/// Triggers stay with the table that is put aside, so they are named; views and foreign keys are taken along.
Result<std::vector<std::string>> FindSwapBlockers(Session& session, const std::string& database,
                                                  const std::vector<TableName>& live);

/// One RENAME TABLE for all, then the foreign keys that still refer to an aside table are pointed at the live one.
/// Can be repeated from any point it was interrupted at.
Status SwapTables(Session& session, const std::string& database, const std::vector<SwapTable>& tables);

/// Drops the live tables that have an aside one and renames those back. Can be repeated.
Status SwapTablesBack(Session& session, const std::string& database, const std::vector<SwapTable>& tables);

}  // namespace migrateiq::mysql
