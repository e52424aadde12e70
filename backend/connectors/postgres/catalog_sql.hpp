#pragma once

#include <string>

#include "connectors/postgres/postgres_catalog.hpp"

/// The texts of the discovery queries. Lists inside a field are separated by \x1f, parts of an item by \x1e.
namespace migrateiq::postgres::catalog_sql {

/// Condition on namespace `n` (and on relation `c` where there is one, against extensions' members and our own tables).
std::string InScope(const CatalogScope& scope);
std::string Tables(const CatalogScope& scope);
std::string Columns(const CatalogScope& scope, int version);
std::string Enums();
std::string Constraints(const CatalogScope& scope, int version);
std::string Indexes(const CatalogScope& scope, int version);
std::string Sequences(const CatalogScope& scope);
std::string Partitions(const CatalogScope& scope);
std::string Others(const CatalogScope& scope, int version);
std::string TypesOf(const std::string& columns_values);

}  // namespace migrateiq::postgres::catalog_sql
