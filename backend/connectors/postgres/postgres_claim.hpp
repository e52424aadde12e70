#pragma once

#include <string>
#include <vector>

#include "connectors/postgres/postgres_session.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::postgres {

/// Takes advisory locks of this session for the tables, which the server frees when the session ends; kRunHeld
/// when another session has one. Somebody who wants more tables than a server has locks for excludes all others from
/// the database instead.
Status ClaimTables(Session& session, const std::vector<TableName>& tables, const std::string& default_schema);

}  // namespace migrateiq::postgres
