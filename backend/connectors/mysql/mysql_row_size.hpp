#pragma once

#include "base/error.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::mysql {

inline constexpr size_t kMostColumns = 1017;  ///< of an InnoDB table

/// Bytes that a row takes inside its page when all columns are filled: no more than InnoDB reckons in strict mode.
int64_t LeastRowBytes(const Table& table);

/// kSchemaUnsupported when InnoDB would refuse the table with pages of this size.
Status CheckRowSize(const Table& table, int64_t page_bytes);

}  // namespace migrateiq::mysql
