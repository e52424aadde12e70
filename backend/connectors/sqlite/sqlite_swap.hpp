#pragma once

#include <vector>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::sqlite {

/// Both run inside an open transaction on a connection with legacy_alter_table=ON: views, triggers and foreign keys
/// refer to tables by name and so follow the name. Indexes take their table's prefix off or on, as their names are
/// shared by the whole database. The live table's triggers stay on the live name. Both may be repeated.
Status SwapTables(const Database& database, const std::vector<SwapTable>& tables);
Status SwapTablesBack(const Database& database, const std::vector<SwapTable>& tables);

}  // namespace migrateiq::sqlite
