#pragma once

#include <string>
#include <vector>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

/// Takes named locks of this session for the tables, which the server frees when the session ends; kRunHeld when
/// another session has one. A server that has no such locks protects nothing.
Status ClaimTables(Session& session, const std::vector<TableName>& tables, const std::string& database);

}  // namespace migrateiq::mysql
