#pragma once

#include <string_view>

namespace migrateiq::store {

/// A schema change of one module, applied once, in order; numbers begin at 1 and have no gap. Never change one that was
/// released.
///
/// In `sql`, `{bytes}` becomes BLOB or BYTEA. `tenant_tables` (names apart by spaces) get row-level security in
/// PostgreSQL: they have a column `tenant_id` that must equal the session's tenant.
struct Migration {
  int number;
  std::string_view sql;
  std::string_view tenant_tables = {};
};

}  // namespace migrateiq::store
