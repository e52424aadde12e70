#pragma once

#include <memory>

#include "modules/ml/matchings.hpp"
#include "platform/http/router.hpp"

namespace migrateiq::ml {

/// Everything this module does, put together. Thread-safe; made once by `serve` and the workers.
struct MlServices {
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    projects::Connections& connections;
    projects::Plans& plans;
    projects::JobQueue& jobs;
    analyzer::Analyses& analyses;
    realtime::Bus* bus = nullptr;
    const Clock& clock;
  };
  /// Brings the tables up to date (after those of projects). Errors: those of Store::Migrate.
  static Result<std::unique_ptr<MlServices>> Make(const Parts& parts);
  explicit MlServices(const Parts& parts);
  MlServices(const MlServices&) = delete;

  /// Its kinds of jobs.
  std::vector<projects::JobKind> Kinds();

  store::Store& store;
  projects::JobQueue& jobs;
  const Clock& clock;
  Models models;
  const Matchings::Parts matching_parts;
  Matchings matchings;
};

/// projects/{project_id}/matchings, matchings/...
void AddMatchingRoutes(http::Router& router, MlServices& services);
/// models/..., predictions
void AddModelRoutes(http::Router& router, MlServices& services);

inline void AddMlRoutes(http::Router& router, MlServices& services) {
  AddMatchingRoutes(router, services);
  AddModelRoutes(router, services);
}

}  // namespace migrateiq::ml
