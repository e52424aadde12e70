#pragma once

#include <vector>

#include "base/error.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq {

/// What a Target is as well when several processes could write to the same tables through it.
class TableClaims {
 public:
  virtual ~TableClaims() = default;
  /// From here until the Target is closed, or the process ends in whatever way, no other Target may claim the tables
  /// (by the names users know): kRunHeld then, with the table. Writes nothing into the database. What is held already
  /// may be claimed again.
  virtual Status Claim(const std::vector<TableName>& tables) = 0;
};

/// The refusal; `holder` is empty or " (server process 123)".
Error TableIsHeld(const TableName& table, const std::string& holder);

}  // namespace migrateiq
