#include "modules/orchestrator/migrations.hpp"

#include <string>

namespace migrateiq::detail {

namespace {

constexpr std::string_view kRuns = R"sql(
CREATE TABLE run (
  run_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  plan TEXT NOT NULL,            -- literal passwords masked
  sealed_urls BLOB,              -- both URLs, encrypted, when they hold literal passwords
  fingerprint TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  request TEXT NOT NULL DEFAULT '',
  accepted INTEGER NOT NULL DEFAULT 0,
  report TEXT
) STRICT;                        -- rows in the order of their making
CREATE TABLE event (
  run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  at TEXT NOT NULL,
  level TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE split (
  run_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  position INTEGER NOT NULL,     -- -1: the table was planned
  bounds TEXT NOT NULL,
  row_estimate INTEGER NOT NULL,
  byte_estimate INTEGER NOT NULL,
  PRIMARY KEY (run_id, table_name, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  chunk TEXT NOT NULL,
  code TEXT NOT NULL,
  column_name TEXT NOT NULL,
  state TEXT NOT NULL,
  sealed BLOB NOT NULL           -- reason and original values, encrypted
) STRICT;
CREATE INDEX quarantine_of_chunk ON quarantine (run_id, table_name, chunk);
CREATE TABLE fact (
  run_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kQuarantineEdits = R"sql(
ALTER TABLE quarantine ADD COLUMN sealed_edit BLOB;  -- corrected values, encrypted; NULL = as the source had them
)sql";

/// The same tables for many tenants, in what both engines understand.
constexpr std::string_view kTenantTables = R"sql(
CREATE TABLE run (
  run_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,       -- "default": of the command line
  created_at BIGINT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  plan TEXT NOT NULL,            -- literal passwords masked
  sealed_urls {bytes},           -- both URLs, encrypted, when they hold literal passwords
  fingerprint TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  request TEXT NOT NULL DEFAULT '',
  accepted INTEGER NOT NULL DEFAULT 0,
  report TEXT
);
CREATE INDEX run_of_tenant ON run (tenant_id, created_at);
CREATE TABLE event (
  run_id TEXT NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  sequence BIGINT NOT NULL,
  tenant_id TEXT NOT NULL,
  at TEXT NOT NULL,
  level TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, sequence)
){clustered};
CREATE TABLE split (
  run_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  position BIGINT NOT NULL,      -- -1: the table was planned
  tenant_id TEXT NOT NULL,
  bounds {bytes} NOT NULL,
  row_estimate BIGINT NOT NULL,
  byte_estimate BIGINT NOT NULL,
  PRIMARY KEY (run_id, table_name, position)
){clustered};
CREATE TABLE quarantine (
  id {serial},
  tenant_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  chunk TEXT NOT NULL,
  code TEXT NOT NULL,
  column_name TEXT NOT NULL,
  state TEXT NOT NULL,
  sealed {bytes} NOT NULL,       -- reason and original values, encrypted
  sealed_edit {bytes}            -- corrected values, encrypted; NULL = as the source had them
);
CREATE INDEX quarantine_of_chunk ON quarantine (run_id, table_name, chunk);
CREATE TABLE fact (
  run_id TEXT NOT NULL,
  name TEXT NOT NULL,
  tenant_id TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, name)
){clustered};
)sql";

/// In SQLite there may be runs already; their order was that of their making.
constexpr std::string_view kBeforeTenants = R"sql(
DROP INDEX quarantine_of_chunk;
ALTER TABLE run RENAME TO old_run;
ALTER TABLE event RENAME TO old_event;
ALTER TABLE split RENAME TO old_split;
ALTER TABLE quarantine RENAME TO old_quarantine;
ALTER TABLE fact RENAME TO old_fact;
)sql";
constexpr std::string_view kAfterTenants = R"sql(
INSERT INTO run SELECT run_id, 'default', coalesce(CAST(strftime('%s', started_at) AS INTEGER), 0) * 1000000 + rowid,
  name, status, started_at, finished_at, plan, sealed_urls, fingerprint, source, target, request, accepted, report
  FROM old_run;
INSERT INTO event SELECT run_id, sequence, 'default', at, level, text FROM old_event;
INSERT INTO split SELECT run_id, table_name, position, 'default', CAST(bounds AS BLOB), row_estimate, byte_estimate
  FROM old_split;
INSERT INTO quarantine SELECT id, 'default', run_id, table_name, chunk, code, column_name, state, sealed, sealed_edit
  FROM old_quarantine;
INSERT INTO fact SELECT run_id, name, 'default', value FROM old_fact;
DROP TABLE old_event;
DROP TABLE old_run;
DROP TABLE old_split;
DROP TABLE old_quarantine;
DROP TABLE old_fact;
)sql";

}  // namespace

// The first two are from the time when there was SQLite only.
std::span<const store::Migration> RunMigrations() {
  static const std::string move_to_tenants =
      std::string(kBeforeTenants) + std::string(kTenantTables) + std::string(kAfterTenants);
  static const store::Migration migrations[] = {
      {.number = 1, .sql = kRuns, .postgres = ""},
      {.number = 2, .sql = kQuarantineEdits, .postgres = ""},
      {.number = 3,
       .sql = move_to_tenants,
       .tenant_tables = "run event split quarantine fact",
       .postgres = kTenantTables},
      {.number = 4, .sql = "ALTER TABLE event ADD COLUMN task_id TEXT NOT NULL DEFAULT ''"},
  };
  return migrations;
}

}  // namespace migrateiq::detail
