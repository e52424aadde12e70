#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "connectors/postgres/postgres_session.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::postgres {

struct CatalogScope {
  std::vector<std::string> schemas;  ///< empty = all that are not the system's own
  bool others = true;
};

/// Reads everything with a number of queries that does not depend on the number of tables.
Result<Catalog> ReadCatalog(Session& session, const CatalogScope& scope);

/// The columns a query yields, as a table without keys.
Result<Table> DescribeColumns(Session& session, const std::string& sql);

/// Comment by which our own tables are known in whatever schema they live.
inline constexpr std::string_view kOwnComment = "MigrateIQ bookkeeping; dropped by `migrateiq accept` or `undo`";

}  // namespace migrateiq::postgres
