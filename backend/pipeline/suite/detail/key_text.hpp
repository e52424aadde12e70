#pragma once

#include <vector>

#include "pipeline/batch/batch.hpp"
#include "pipeline/check/key_set.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::detail {

/// Which values are equal: those of one type, or those that say the same in whatever type two systems keep them
/// (1, 1.00 and "1"; a UUID and its text).
enum class KeyForm : bool { kOwnType, kAnyType };

/// Adds the rows that have a value in each column; answers how many.
Result<int64_t> AddKeys(const Batch& batch, const std::vector<const CatalogColumn*>& columns, KeyForm form,
                        KeySet& keys);

}  // namespace migrateiq::detail
