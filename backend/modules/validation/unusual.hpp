#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/validation/rows.hpp"

namespace migrateiq::validation {

/// Is a result unusual against the results of the same check before it? In words why; nothing when it is usual, or when
/// there are too few results to tell. Rows and the share of them that broke are judged as those of runs are (with the
/// week's rhythm); rates, ages, distances and numbers by their distance from the median of the last ones.
std::optional<std::string> WhyUnusual(const std::vector<CheckResultRow>& history, const CheckResultRow& result);

}  // namespace migrateiq::validation
