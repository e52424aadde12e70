#pragma once

#include "base/error.hpp"
#include "pipeline/profile/analysis.hpp"
#include "pipeline/suite/suite.hpp"

namespace migrateiq {

/// Checks the suite at the analysed system and puts what came of it into the tables' `rules`; checks of tables that
/// were not analysed become notes. Errors: kRunInterrupted.
Status CountRules(const Suite& suite, const AnalysisRequest& request, Profile& profile);

}  // namespace migrateiq
