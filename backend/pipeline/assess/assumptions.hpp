#pragma once

#include <string>

#include "base/error.hpp"
#include "pipeline/assess/assess.hpp"

namespace migrateiq {

/// Overrides what an assessment assumes of speed and of people's hours, from YAML (or JSON):
///
///     speed: {megabytes_per_second: 40, rows_per_second: 200000, factor: 1.5}
///     effort: {set_up: 16, rehearsals: 3, manual: {view: [1, 3, 8], other: [1, 2, 4]}}
///
/// `manual` gives hours for a simple, a moderate and a complex object of a kind. What is not named keeps its value.
/// Errors: kPlanSyntax, kPlanUnknownKey with the nearest known key, kPlanValue.
Status ReadAssumptions(const std::string& yaml, EffortRates& effort, Speed& speed);

}  // namespace migrateiq
