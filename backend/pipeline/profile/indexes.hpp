#pragma once

#include <vector>

#include "pipeline/profile/profile.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq {

/// The table's indexes and unique constraints as the catalog declares them, in its order, without the primary key.
std::vector<IndexProfile> DescribeIndexes(const Table& table);

}  // namespace migrateiq
