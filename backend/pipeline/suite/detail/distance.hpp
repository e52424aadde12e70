#pragma once

#include <optional>
#include <vector>

#include "pipeline/suite/suite.hpp"

namespace migrateiq::detail {

/// Makes the sum 1; leaves nothing but zeros alone.
void Normalize(std::vector<double>& shares);

/// How far two distributions over the same bins are apart; nullopt when one of them is empty. The population
/// stability index, which knows no zero, takes a share of less than 0.0001 for that much.
std::optional<double> DistanceOf(Distance distance, std::vector<double> found, std::vector<double> expected);

}  // namespace migrateiq::detail
