#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/job.hpp"
#include "modules/orchestrator/report_view.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/run_service.hpp"
#include "modules/orchestrator/run_watch.hpp"
#include "modules/projects/job_view.hpp"
#include "platform/http/router.hpp"

/// Runs as the API tells them, and how its handlers come by them.
namespace migrateiq::orchestrator {

BOOST_DESCRIBE_ENUM(RunState, queued, running, paused, succeeded, failed, cancelled, undone)

struct RunView {
  std::string run_id, project_id, plan_id;
  int64_t plan_version = 0;
  std::string kind, name;
  RunState state = RunState::queued;
  std::optional<std::string> waiting_for, result, pending;
  int64_t priority = 0;
  std::string requested_by, requested_by_name;
  Moment created_at;
  std::optional<Moment> started_at, finished_at, not_before, approved_at;
  int64_t timeout_seconds = 0, attempt = 0, max_attempts = 0;
  bool needs_approval = false;
  std::optional<std::string> approved_by, approved_by_name, schedule_id;
  std::string source_connection_id, target_connection_id;
  std::vector<std::string> depends_on;
  bool accepted = false;
  std::optional<std::string> asked_to;
  std::optional<projects::FaultView> error;
  std::optional<RunProgressView> progress;
  std::optional<RunFigures> figures;  ///< of a run that wrote, with what is unusual about them
  int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(RunView, (),
                      (run_id, project_id, plan_id, plan_version, kind, name, state, waiting_for, result, pending,
                       priority, requested_by, requested_by_name, created_at, started_at, finished_at, not_before,
                       approved_at, timeout_seconds, attempt, max_attempts, needs_approval, approved_by,
                       approved_by_name, schedule_id, source_connection_id, target_connection_id, depends_on, accepted,
                       asked_to, error, progress, figures, version))

RunView ViewOf(const RunJob& run);

/// The permission for a run, or for a job of that kind: of jobs, their kinds say what they need.
std::string PermissionFor(const projects::JobKind* kind, std::string_view of_runs);
/// The run or job that the path's {run_id} names, when the caller holds the permission for it.
Result<RunJob> LoadRun(http::Context& context, RunService& runs, std::string_view permission);
/// With its ETag.
RunView ShowRun(http::Context& context, const RunJob& run);

/// A route of the tag "runs" whose handler asks for the permission.
http::Route RunRoute(http::Method method, const std::string& path, const char* name, const char* summary,
                     const char* permission);

/// runs/{run_id}/tasks, events, logs, report, throughput
void AddRunHistoryRoutes(http::Router& router, ApiParts parts);
/// runs/{run_id}/pause, resume..., undo-preview
void AddRunSteeringRoutes(http::Router& router, ApiParts parts);

}  // namespace migrateiq::orchestrator
