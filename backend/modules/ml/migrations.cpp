#include "modules/ml/migrations.hpp"

namespace migrateiq::ml {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE matching (
  matching_id TEXT PRIMARY KEY,        -- its job's id too
  tenant_id TEXT NOT NULL,
  project_id TEXT NOT NULL REFERENCES project (project_id) ON DELETE CASCADE,
  source_connection_id TEXT NOT NULL,
  target_connection_id TEXT NOT NULL,
  source_connection TEXT NOT NULL,     -- their names then
  target_connection TEXT NOT NULL,
  name TEXT NOT NULL,
  options TEXT NOT NULL,               -- JSON
  model_id TEXT NOT NULL,              -- which weighed; empty: the shipped one
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  finished_at BIGINT,
  unmatched TEXT NOT NULL              -- JSON: tables without a partner
);
CREATE INDEX matching_page ON matching (tenant_id, matching_id);
CREATE TABLE matched_table (
  matching_id TEXT NOT NULL REFERENCES matching (matching_id) ON DELETE CASCADE,
  number BIGINT NOT NULL,              -- from 1, best first
  tenant_id TEXT NOT NULL,
  source_table TEXT NOT NULL,
  target_table TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  regime TEXT NOT NULL,                -- which kind of evidence there was
  target_columns TEXT NOT NULL,        -- JSON list
  PRIMARY KEY (matching_id, number)
);
CREATE TABLE suggestion (
  matching_id TEXT NOT NULL REFERENCES matching (matching_id) ON DELETE CASCADE,
  number BIGINT NOT NULL,              -- from 1, table by table
  tenant_id TEXT NOT NULL,
  table_number BIGINT NOT NULL,
  source_column TEXT NOT NULL,         -- empty: made of several
  target_column TEXT NOT NULL,         -- empty: no match
  confidence DOUBLE PRECISION NOT NULL,
  sure INTEGER NOT NULL,
  details TEXT NOT NULL,               -- JSON: evidence, transformation, alternatives
  decision TEXT NOT NULL,              -- open | accepted | changed | rejected
  decided_target TEXT NOT NULL,
  decided_expr TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_by_name TEXT NOT NULL,
  decided_at BIGINT,
  PRIMARY KEY (matching_id, number)
);
CREATE INDEX suggestion_decided ON suggestion (tenant_id, decided_at);
CREATE TABLE model (
  model_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  number BIGINT NOT NULL,              -- version, from 1
  state TEXT NOT NULL,                 -- active | retired | refused
  lineage TEXT NOT NULL,               -- JSON
  metrics TEXT NOT NULL,               -- JSON
  body {bytes} NOT NULL,               -- the model's text, packed
  created_at BIGINT NOT NULL,
  created_by_name TEXT NOT NULL,
  promoted_at BIGINT,
  UNIQUE (tenant_id, number)
);
)sql";

/// What a suggestion says may quote values (code lists): sealed from here on. `details` is that of earlier rows.
constexpr std::string_view kSealed = R"sql(
ALTER TABLE suggestion ADD COLUMN sealed {bytes};  -- the details, by the tenant's keys
)sql";

/// What the model weighed of a suggestion: decisions teach by it.
constexpr std::string_view kSignals = R"sql(
ALTER TABLE suggestion ADD COLUMN signals {bytes};  -- packed JSON; numbers and names of columns
)sql";

/// Suggestions that are left are counted without reading what they say.
constexpr std::string_view kByDecision = R"sql(
CREATE INDEX suggestion_by_decision ON suggestion (matching_id, decision, tenant_id);
)sql";

constexpr store::Migration kMigrations[] = {
    {.number = 1, .sql = kTables, .tenant_tables = "matching matched_table suggestion model"},
    {.number = 2, .sql = kSealed},
    {.number = 3, .sql = kSignals},
    {.number = 4, .sql = kByDecision}};

}  // namespace

std::span<const store::Migration> MlMigrations() { return kMigrations; }

}  // namespace migrateiq::ml
