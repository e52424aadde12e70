#include "modules/validation/migrations.hpp"

namespace migrateiq::validation {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE suite (
  suite_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  project_id TEXT REFERENCES project (project_id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  source_connection_id TEXT NOT NULL,  -- empty: it is about the target alone
  target_connection_id TEXT NOT NULL,
  text TEXT NOT NULL,                  -- YAML or JSON
  checks BIGINT NOT NULL,
  own_sql INTEGER NOT NULL,            -- it has SQL of its own
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX suite_page ON suite (tenant_id, suite_id);
CREATE TABLE suite_version (
  suite_id TEXT NOT NULL REFERENCES suite (suite_id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  tenant_id TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  author_id TEXT NOT NULL,
  author TEXT NOT NULL,
  PRIMARY KEY (suite_id, number)
){clustered};
CREATE TABLE check_run (
  check_run_id TEXT PRIMARY KEY,       -- its job's id too
  tenant_id TEXT NOT NULL,
  suite_id TEXT NOT NULL REFERENCES suite (suite_id) ON DELETE CASCADE,
  suite_version BIGINT NOT NULL,
  project_id TEXT,
  name TEXT NOT NULL,                  -- the suite's then
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  finished_at BIGINT,                  -- everything is here
  passed BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  has_failed INTEGER NOT NULL,         -- a check of severity error failed
  quality DOUBLE PRECISION,            -- 0 .. 1
  seconds DOUBLE PRECISION NOT NULL,
  document {bytes}                     -- JSON of the result, sealed
);
CREATE INDEX check_run_page ON check_run (tenant_id, check_run_id);
CREATE INDEX check_run_of_suite ON check_run (tenant_id, suite_id, check_run_id);
CREATE TABLE check_result (
  check_run_id TEXT NOT NULL REFERENCES check_run (check_run_id) ON DELETE CASCADE,
  number BIGINT NOT NULL,              -- from 1, in the order of the suite
  tenant_id TEXT NOT NULL,
  suite_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  measured DOUBLE PRECISION,
  rows_checked BIGINT NOT NULL,
  rows_broken BIGINT NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (check_run_id, number)
){clustered};
CREATE INDEX check_result_of_check ON check_result (tenant_id, suite_id, name, check_run_id);
CREATE TABLE check_alert (
  alert_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  suite_id TEXT NOT NULL REFERENCES suite (suite_id) ON DELETE CASCADE,
  project_id TEXT,
  check_name TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- failed | error | unusual
  severity TEXT NOT NULL,
  state TEXT NOT NULL,                 -- open | acknowledged | resolved
  reason TEXT NOT NULL,                -- in words, without values of the data
  times BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  check_run_id TEXT NOT NULL,          -- the last one
  changed_by TEXT NOT NULL,            -- who acknowledged or resolved it; empty: nobody
  changed_by_name TEXT NOT NULL,
  note TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX check_alert_page ON check_alert (tenant_id, alert_id);
CREATE INDEX check_alert_of_check ON check_alert (tenant_id, suite_id, check_name, kind, state);
CREATE TABLE check_mute (
  suite_id TEXT NOT NULL REFERENCES suite (suite_id) ON DELETE CASCADE,
  check_name TEXT NOT NULL,
  tenant_id TEXT NOT NULL,
  until_at BIGINT NOT NULL,            -- nobody is told before
  PRIMARY KEY (suite_id, check_name)
){clustered};
)sql";

/// Alerts also of runs, which no suite is about.
constexpr std::string_view kAlerts = R"sql(
CREATE TABLE alert (
  alert_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  source TEXT NOT NULL,                -- suite: a check of one | run: the runs of a plan
  suite_id TEXT REFERENCES suite (suite_id) ON DELETE CASCADE,
  plan_id TEXT REFERENCES plan (plan_id) ON DELETE CASCADE,
  project_id TEXT,
  subject TEXT NOT NULL,               -- the check's name; of runs: rows | duration | throughput | error_rate | bytes
  kind TEXT NOT NULL,                  -- failed | error | unusual
  severity TEXT NOT NULL,
  state TEXT NOT NULL,                 -- open | acknowledged | resolved
  reason TEXT NOT NULL,                -- in words, without values of the data
  times BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  run_id TEXT NOT NULL,                -- the last check run, or run
  changed_by TEXT NOT NULL,            -- who acknowledged or resolved it; empty: nobody
  changed_by_name TEXT NOT NULL,
  note TEXT NOT NULL,
  version BIGINT NOT NULL
);
INSERT INTO alert (alert_id, tenant_id, source, suite_id, project_id, subject, kind, severity, state, reason, times,
                   first_at, last_at, run_id, changed_by, changed_by_name, note, version)
  SELECT alert_id, tenant_id, 'suite', suite_id, project_id, check_name, kind, severity, state, reason, times,
         first_at, last_at, check_run_id, changed_by, changed_by_name, note, version FROM check_alert;
DROP TABLE check_alert;
CREATE INDEX alert_page ON alert (tenant_id, alert_id);
CREATE INDEX alert_of_check ON alert (tenant_id, suite_id, subject, kind, state);
CREATE INDEX alert_of_plan ON alert (tenant_id, plan_id, state);
CREATE TABLE alert_mute (
  suite_id TEXT REFERENCES suite (suite_id) ON DELETE CASCADE,
  plan_id TEXT REFERENCES plan (plan_id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  tenant_id TEXT NOT NULL,
  until_at BIGINT NOT NULL             -- nobody is told before
);
INSERT INTO alert_mute (suite_id, subject, tenant_id, until_at)
  SELECT suite_id, check_name, tenant_id, until_at FROM check_mute;
DROP TABLE check_mute;
CREATE INDEX alert_mute_of ON alert_mute (tenant_id, suite_id, plan_id);
)sql";

constexpr store::Migration kMigrations[] = {
    {.number = 1, .sql = kTables, .tenant_tables = "suite suite_version check_run check_result check_alert check_mute"},
    {.number = 2, .sql = kAlerts, .tenant_tables = "alert alert_mute"}};

}  // namespace

std::span<const store::Migration> ValidationMigrations() { return kMigrations; }

}  // namespace migrateiq::validation
