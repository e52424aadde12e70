#pragma once

#include "pipeline/connector/url.hpp"
#include "pipeline/profile/profiler.hpp"

namespace migrateiq {

struct AnalysisRequest {
  Url url;
  std::vector<std::string> include, exclude;  ///< shell patterns; no `include` = all tables
  bool others = true;                         ///< list views, triggers, routines and so on in the catalog as well
  ProfileOptions options;
};

struct Analysis {
  Catalog catalog;  ///< all of it, also the tables that were not chosen
  Profile profile;
};

/// Opens the source, discovers what it holds and profiles the chosen tables. Errors: those of connecting, SelectTables
/// and MakeProfile.
Result<Analysis> Analyze(const AnalysisRequest& request, ProfileObserver& observer);

}  // namespace migrateiq
