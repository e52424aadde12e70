#include <array>

#include "modules/orchestrator/job_repository.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr std::string_view kFirst = R"(
CREATE TABLE run_job (
  run_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  plan_version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  waiting_for TEXT NOT NULL,
  result TEXT NOT NULL,
  priority BIGINT NOT NULL,
  requested_by TEXT NOT NULL,
  requested_by_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  finished_at BIGINT,
  not_before BIGINT NOT NULL,
  timeout_seconds BIGINT NOT NULL,
  attempt BIGINT NOT NULL,
  max_attempts BIGINT NOT NULL,
  needs_approval INTEGER NOT NULL,
  pending TEXT NOT NULL,
  pending_input TEXT NOT NULL,
  pending_by TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  approved_by_name TEXT NOT NULL,
  approved_at BIGINT,
  source_connection_id TEXT NOT NULL,
  target_connection_id TEXT NOT NULL,
  schedule_id TEXT NOT NULL,
  options TEXT NOT NULL,
  control TEXT NOT NULL,
  error TEXT NOT NULL,
  progress TEXT NOT NULL,
  accepted INTEGER NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX run_job_list ON run_job (tenant_id, run_id);
CREATE INDEX run_job_state ON run_job (state, tenant_id);
CREATE INDEX run_job_project ON run_job (tenant_id, project_id, run_id);
CREATE TABLE run_dependency (
  tenant_id TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run_job (run_id) ON DELETE CASCADE,
  depends_on TEXT NOT NULL REFERENCES run_job (run_id) ON DELETE CASCADE,
  PRIMARY KEY (run_id, depends_on)
);
CREATE TABLE task (
  task_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run_job (run_id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  priority BIGINT NOT NULL,
  owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  attempt BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  finished_at BIGINT,
  input TEXT NOT NULL,
  error TEXT NOT NULL
);
CREATE INDEX task_due ON task (state, not_before);
CREATE INDEX task_run ON task (run_id);
CREATE INDEX task_list ON task (tenant_id, task_id);
CREATE TABLE worker (
  worker_id TEXT PRIMARY KEY,
  host TEXT NOT NULL,
  process BIGINT NOT NULL,
  slots BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  draining INTEGER NOT NULL,
  doing TEXT NOT NULL
);
CREATE TABLE leader (
  name TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL
);
CREATE TABLE schedule (
  schedule_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  cron TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  once_at BIGINT,
  enabled INTEGER NOT NULL,
  next_at BIGINT,
  last_at BIGINT,
  last_run_id TEXT NOT NULL,
  last_error TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX schedule_list ON schedule (tenant_id, schedule_id);
CREATE INDEX schedule_due ON schedule (enabled, next_at);
CREATE TABLE maintenance_window (
  window_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  name TEXT NOT NULL,
  mode TEXT NOT NULL,
  cron TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX maintenance_window_list ON maintenance_window (tenant_id, window_id);
)";

/// Schedules of before had been let through without a confirmation: they keep working.
constexpr std::string_view kSchedulePolicies = R"(
ALTER TABLE schedule ADD COLUMN missed TEXT NOT NULL DEFAULT 'once';
ALTER TABLE schedule ADD COLUMN overlap TEXT NOT NULL DEFAULT 'skip';
ALTER TABLE schedule ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 1;
CREATE INDEX run_job_schedule ON run_job (tenant_id, schedule_id, state);
)";

/// A run's chunks while several workers load them, and how much of a run each task did.
constexpr std::string_view kShares = R"(
CREATE TABLE chunk_offer (
  run_id TEXT PRIMARY KEY REFERENCES run_job (run_id) ON DELETE CASCADE,
  tenant_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  moment TEXT NOT NULL,
  fence BIGINT NOT NULL,
  tables TEXT NOT NULL,
  rejected BIGINT NOT NULL
);
CREATE TABLE chunk_work (
  run_id TEXT NOT NULL REFERENCES run_job (run_id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  tenant_id TEXT NOT NULL,
  state TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  task_id TEXT NOT NULL DEFAULT '',
  rows BIGINT NOT NULL DEFAULT 0,
  loaded_bytes BIGINT NOT NULL DEFAULT 0,
  rejected BIGINT NOT NULL DEFAULT 0,
  bypassed INTEGER NOT NULL DEFAULT 0,
  warnings TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (run_id, number)
);
CREATE INDEX chunk_work_state ON chunk_work (run_id, state, number);
ALTER TABLE task ADD COLUMN chunks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN rows_loaded BIGINT NOT NULL DEFAULT 0;
)";

/// Who changes a schedule answers for it from then on.
constexpr std::string_view kScheduleOwners = R"(
ALTER TABLE schedule RENAME COLUMN created_by TO acts_for;
ALTER TABLE schedule RENAME COLUMN created_by_name TO acts_for_name;
)";

/// Work that is no run of a plan: what its carrier answered, its history, and what schedules of it are about.
constexpr std::string_view kJobs = R"(
ALTER TABLE run_job ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE schedule ADD COLUMN subject TEXT NOT NULL DEFAULT '';
CREATE TABLE job_event (
  run_id TEXT NOT NULL REFERENCES run_job (run_id) ON DELETE CASCADE,
  sequence BIGINT NOT NULL,
  tenant_id TEXT NOT NULL,
  at TEXT NOT NULL,
  level TEXT NOT NULL,
  text TEXT NOT NULL,
  task_id TEXT NOT NULL,
  PRIMARY KEY (run_id, sequence)
);
)";

/// How fast a run went.
constexpr std::string_view kThroughput = R"(
CREATE TABLE run_throughput (
  run_id TEXT NOT NULL REFERENCES run_job (run_id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  tenant_id TEXT NOT NULL,
  rows_done BIGINT NOT NULL,
  bytes_done BIGINT NOT NULL,
  PRIMARY KEY (run_id, at)
);
)";

constexpr std::array<store::Migration, 6> kMigrations{
    {{.number = 1, .sql = kFirst, .tenant_tables = "run_job run_dependency task schedule maintenance_window"},
     {.number = 2, .sql = kSchedulePolicies},
     {.number = 3, .sql = kShares, .tenant_tables = "chunk_offer chunk_work"},
     {.number = 4, .sql = kScheduleOwners},
     {.number = 5, .sql = kJobs, .tenant_tables = "job_event"},
     {.number = 6, .sql = kThroughput, .tenant_tables = "run_throughput"}}};

}  // namespace

std::span<const store::Migration> JobMigrations() { return kMigrations; }

}  // namespace migrateiq::orchestrator
