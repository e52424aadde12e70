#pragma once

#include <string_view>

#include "pipeline/assess/assess.hpp"
#include "pipeline/profile/analysis.hpp"

namespace migrateiq {

/// Assesses the tables that an analysis was asked for. `target`: the scheme of what the source shall become; empty: the
/// systems that one would usually move to are compared. Errors: kUrlScheme for a system that is not known.
Result<Assessment> AssessAnalysis(const Analysis& analysis, std::string_view source, std::string_view target,
                                  const AssessOptions& options);

}  // namespace migrateiq
