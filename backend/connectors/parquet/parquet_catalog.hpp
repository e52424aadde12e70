#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/connector/files/listing.hpp"
#include "pipeline/duck/database.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::parquet {

/// SQL for the rows of the files, columns united by name.
std::string ScanFiles(const std::vector<std::filesystem::path>& files);

/// The columns that a statement yields, with the types they are read as. kReadMalformed naming `subject`.
Result<std::vector<CatalogColumn>> DescribeColumns(const duck::Connection& connection, const std::string& sql,
                                                   const std::string& subject);

Result<Table> DescribeTable(const duck::Connection& connection, const files::FileTable& files);

struct RowGroup {
  int64_t rows = 0;
  int64_t bytes = 0;  ///< compressed
};
/// In file order; empty for a file without rows.
Result<std::vector<RowGroup>> RowGroups(const duck::Connection& connection, const std::filesystem::path& file);

}  // namespace migrateiq::parquet
