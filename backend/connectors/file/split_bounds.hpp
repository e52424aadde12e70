#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/connector/files/io.hpp"

namespace migrateiq::file {

/// A split's bounds: a byte range of one file between two row borders, with what tells that the file is still the same.
/// As text: `begin=0 end=99 line=2 size=99 mtime=1700000000000000000 hash=00ab.. layout=2c220a0a file=orders.csv`.
struct SplitBounds {
  int64_t begin = 0, end = 0;
  int64_t line = 1;  ///< of the first row
  files::FileIdentity identity;
  std::string layout;
  std::string file;  ///< name without folders; last, because it may hold anything
};

std::string ToText(const SplitBounds& bounds);
std::optional<SplitBounds> ParseBounds(std::string_view text);

}  // namespace migrateiq::file
