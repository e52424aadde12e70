#include "modules/orchestrator/migrations.hpp"

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

constexpr store::Migration kMigrations[] = {{1, kRuns}, {2, kQuarantineEdits}};

}  // namespace

std::span<const store::Migration> RunMigrations() { return kMigrations; }

}  // namespace migrateiq::detail
