#pragma once

#include <string>
#include <string_view>

#include "connectors/mysql/mysql_session.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::mysql {

inline constexpr std::string_view kChunkTable = "migrateiq_chunk";
inline constexpr std::string_view kJournalTable = "migrateiq_journal";
inline constexpr std::string_view kAsideSuffix = "_gone";  ///< of both, on the way to their end

/// Reads information_schema with a constant number of queries, however many tables there are; only MariaDB sequences,
/// routines, and tables with TIME or NOT NULL date columns cost one more each. The connected database is schema "".
Result<Catalog> ReadCatalog(Session& session, const std::string& database, const DiscoverOptions& options);

/// A column from what information_schema says of it. Pure.
struct ColumnFacts {
  std::string name, data_type, column_type, extra, charset, collation, comment, generation;
  std::optional<std::string> default_text;
  bool nullable = true;
  bool json_check = false;  ///< MariaDB: a CHECK (json_valid(column)) of the column itself
};
CatalogColumn MakeColumn(const ColumnFacts& facts, bool mariadb);

/// Ledger, journal, shadow and kept-aside tables.
bool IsOurs(std::string_view table);

/// What a query's result columns are, as far as the protocol tells.
Result<Table> DescribeResult(Session& session, const std::string& sql);

}  // namespace migrateiq::mysql
