#pragma once

#include <vector>

#include "pipeline/schema/catalog.hpp"

namespace migrateiq {

/// The order in which to load tables: indexes into `tables`, parents before children wherever the foreign keys form no
/// cycle, otherwise as given. A table that refers to itself is no cycle.
std::vector<size_t> LoadOrder(const std::vector<const Table*>& tables);

}  // namespace migrateiq
