#pragma once

#include <optional>
#include <string_view>

namespace migrateiq::store {

/// A schema change of one module, applied once, in order; numbers begin at 1 and have no gap. Never change one that was
/// released.
///
/// In `sql`, `{bytes}` becomes BLOB or BYTEA, `{serial}` the type of a primary key that counts upwards by itself, and
/// `{clustered}` (behind a table's closing parenthesis) keeps rows in the order of the primary key where that is to be
/// had.
/// `tenant_tables` (names apart by spaces) get row-level security in PostgreSQL: they have a column `tenant_id` that
/// must equal the session's tenant.
struct Migration {
  int number;
  std::string_view sql;
  std::string_view tenant_tables = {};
  std::optional<std::string_view> postgres = {};  ///< instead of `sql`, where PostgreSQL needs another text
};

}  // namespace migrateiq::store
