#pragma once

#include "modules/analyzer/analyzer_services.hpp"

namespace migrateiq::analyzer {

/// Analyses as a kind of jobs. `services` outlives it.
projects::JobKind AnalyzeKind(AnalyzerServices& services);

}  // namespace migrateiq::analyzer
