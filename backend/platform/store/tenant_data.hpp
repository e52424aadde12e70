#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "platform/store/store.hpp"

/// What a tenant has in the store, whichever modules' tables it is in: found by the column `tenant_id`.
namespace migrateiq::store {

/// The tables that have the column; those that refer to others stand before those.
Result<std::vector<std::string>> TenantTables(Session& session);

/// Rows by table; tables without any are left out. `session` must see the tenant's rows.
Result<std::map<std::string, int64_t>> CountTenantRows(Session& session, const std::string& tenant_id);

/// Removes every row of the tenant, from the table `last` (which may be empty) after all others.
Status DeleteTenantRows(Session& session, const std::string& tenant_id, const std::string& last);

}  // namespace migrateiq::store
