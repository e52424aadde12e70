#pragma once

#include <functional>
#include <memory>
#include <string>

#include "modules/orchestrator/run_repository.hpp"
#include "modules/orchestrator/run_service.hpp"
#include "modules/orchestrator/schedule.hpp"
#include "platform/http/router.hpp"

namespace migrateiq::orchestrator {

/// What the module's resources need.
struct ApiParts {
  store::Store& store;
  queue::Queue& queue;
  RunService& runs;
  projects::PlanSource& plans;
  const Clock& clock;
  std::function<Result<std::shared_ptr<RunRepository>>(const std::string& tenant_id)> records;
};

/// runs, runs/{run_id}/..., approvals
void AddRunRoutes(http::Router& router, ApiParts parts);
/// runs/{run_id}/quarantine
void AddQuarantineRoutes(http::Router& router, ApiParts parts);
/// runs/{run_id}/repair-sql
void AddRepairRoutes(http::Router& router, ApiParts parts);
/// plans/{plan_id}/proposal, projects/{project_id}/plans/propose: here, for they ask the engine
void AddProposalRoutes(http::Router& router, ApiParts parts);
/// projects/{project_id}/plans/sample: what a plan makes of some rows
void AddSampleRoutes(http::Router& router, ApiParts parts);
/// plans/{plan_id}/lineage, plans/{plan_id}/columns
void AddOutlineRoutes(http::Router& router, ApiParts parts);
/// expressions/functions, expressions/check
void AddExpressionRoutes(http::Router& router);
/// schedules, maintenance-windows
void AddScheduleRoutes(http::Router& router, ApiParts parts);
/// maintenance-windows alone
void AddWindowRoutes(http::Router& router, ApiParts parts);
/// monitor/workers, monitor/queues, monitor/tasks
void AddMonitorRoutes(http::Router& router, ApiParts parts);

}  // namespace migrateiq::orchestrator
