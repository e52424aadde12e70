#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/parquet/parquet_catalog.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/files/io.hpp"

namespace migrateiq::parquet {

/// Rows [first, end) of one file as it was then.
struct SplitBounds {
  std::filesystem::path file;
  files::FileIdentity identity;
  int64_t first = 0, end = 0;

  std::string ToText() const;
  static std::optional<SplitBounds> Parse(std::string_view text);
};

/// Cuts a file at borders of row groups into parts of about the size asked for; at least one part.
std::vector<Split> SplitFile(const std::filesystem::path& file, const files::FileIdentity& identity,
                             const std::vector<RowGroup>& groups, const SplitOptions& options);

}  // namespace migrateiq::parquet
