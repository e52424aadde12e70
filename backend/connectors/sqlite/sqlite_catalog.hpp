#pragma once

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::sqlite {

/// What the main database holds. A constant number of queries, plus one look at the rows of each table when
/// `probe_values` is set and one for the next number of each identity column.
Result<Catalog> DiscoverCatalog(const Database& database, const DiscoverOptions& options);

/// The columns a query yields. Refuses what is not one reading statement (kReadUnsupported).
Result<Table> DescribeSelect(const Database& database, const std::string& sql);

}  // namespace migrateiq::sqlite
