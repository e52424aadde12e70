#pragma once

#include <memory>

#include "modules/analyzer/analyses.hpp"
#include "platform/http/router.hpp"

namespace migrateiq::analyzer {

/// Everything this module does, put together. Thread-safe; made once by `serve` and the workers.
struct AnalyzerServices {
  /// Brings the tables up to date (after those of projects). Errors: those of Store::Migrate.
  static Result<std::unique_ptr<AnalyzerServices>> Make(Analyses::Parts parts);
  explicit AnalyzerServices(const Analyses::Parts& parts)
      : analyses(parts), connections(parts.connections), clock(parts.clock) {}
  AnalyzerServices(const AnalyzerServices&) = delete;

  Analyses analyses;
  projects::Connections& connections;
  const Clock& clock;
};

/// connections/{connection_id}/analyses, analyses/...
void AddAnalysisRoutes(http::Router& router, AnalyzerServices& services);
/// analyses/{analysis_id}/tables/..., personal-data, drift: what was found
void AddFindingRoutes(http::Router& router, AnalyzerServices& services);

inline void AddAnalyzerRoutes(http::Router& router, AnalyzerServices& services) {
  AddAnalysisRoutes(router, services);
  AddFindingRoutes(router, services);
}

}  // namespace migrateiq::analyzer
