#pragma once

#include <memory>

#include "modules/analyzer/analyses.hpp"
#include "modules/validation/alerts.hpp"
#include "modules/validation/check_runs.hpp"
#include "modules/validation/suites.hpp"
#include "platform/http/router.hpp"

namespace migrateiq::validation {

/// Everything this module does, put together. Thread-safe; made once by `serve` and the workers.
struct ValidationServices {
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    projects::Connections& connections;
    projects::JobQueue& jobs;
    analyzer::Analyses& analyses;
    realtime::Bus* bus = nullptr;
    const Clock& clock;
  };
  /// Brings the tables up to date (after those of projects). Errors: those of Store::Migrate.
  static Result<std::unique_ptr<ValidationServices>> Make(Parts parts);
  explicit ValidationServices(const Parts& parts)
      : suites({parts.store, parts.connections, parts.clock}),
        runs({parts.store, parts.vault, parts.jobs, parts.bus, parts.clock}),
        alerts({parts.store, parts.bus, parts.clock}),
        connections(parts.connections),
        jobs(parts.jobs),
        analyses(parts.analyses),
        clock(parts.clock) {}
  ValidationServices(const ValidationServices&) = delete;

  Suites suites;
  CheckRuns runs;
  Alerts alerts;
  projects::Connections& connections;
  projects::JobQueue& jobs;
  analyzer::Analyses& analyses;
  const Clock& clock;
};

/// suites/...
void AddSuiteRoutes(http::Router& router, ValidationServices& services);
/// suites/{suite_id}/check-runs, check-runs/..., history, metrics
void AddCheckRunRoutes(http::Router& router, ValidationServices& services);
/// check-alerts/...
void AddAlertRoutes(http::Router& router, ValidationServices& services);

inline void AddValidationRoutes(http::Router& router, ValidationServices& services) {
  AddSuiteRoutes(router, services);
  AddCheckRunRoutes(router, services);
  AddAlertRoutes(router, services);
}

}  // namespace migrateiq::validation
