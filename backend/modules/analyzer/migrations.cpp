#include "modules/analyzer/migrations.hpp"

namespace migrateiq::analyzer {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE analysis (
  analysis_id TEXT PRIMARY KEY,        -- its job's id too
  tenant_id TEXT NOT NULL,
  project_id TEXT REFERENCES project (project_id) ON DELETE CASCADE,
  connection_id TEXT NOT NULL,
  connection TEXT NOT NULL,            -- its name then
  name TEXT NOT NULL,
  options TEXT NOT NULL,               -- JSON
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  finished_at BIGINT,                  -- everything is here
  summary TEXT NOT NULL,               -- JSON, empty until then
  head {bytes},                        -- the profile but for its tables, packed and sealed
  assessment {bytes}                   -- JSON, packed and sealed
);
CREATE INDEX analysis_page ON analysis (tenant_id, analysis_id);
CREATE INDEX analysis_of_connection ON analysis (tenant_id, connection_id, analysis_id);
CREATE TABLE analysis_table (
  analysis_id TEXT NOT NULL REFERENCES analysis (analysis_id) ON DELETE CASCADE,
  number BIGINT NOT NULL,              -- from 1, in the order of the profile
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  byte_count BIGINT NOT NULL,          -- -1: unknown
  column_count BIGINT NOT NULL,
  personal_columns BIGINT NOT NULL,
  quality DOUBLE PRECISION,            -- 0 .. 1
  profile {bytes} NOT NULL,            -- JSON, packed and sealed
  PRIMARY KEY (analysis_id, number)
){clustered};
)sql";

constexpr std::string_view kPage = R"sql(
ALTER TABLE analysis ADD COLUMN page {bytes};  -- the assessment as HTML, packed and sealed
)sql";

constexpr store::Migration kMigrations[] = {
    {.number = 1, .sql = kTables, .tenant_tables = "analysis analysis_table"},
    {.number = 2, .sql = kPage},
};

}  // namespace

std::span<const store::Migration> AnalyzerMigrations() { return kMigrations; }

}  // namespace migrateiq::analyzer
