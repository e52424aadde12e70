#include "modules/projects/migrations.hpp"

namespace migrateiq::projects {

namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE connection (
  connection_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,                  -- plans name it so
  kind TEXT NOT NULL,                  -- the connector
  description TEXT NOT NULL,
  shown_url TEXT NOT NULL,             -- secrets masked
  sealed_url {bytes} NOT NULL,
  production INTEGER NOT NULL,
  labels TEXT NOT NULL,                -- JSON list
  tested_at BIGINT,
  test_ok INTEGER,
  test_message TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE TABLE project (
  project_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  state TEXT NOT NULL,
  labels TEXT NOT NULL,                -- JSON list
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE INDEX project_page ON project (tenant_id, project_id);
CREATE TABLE plan (
  plan_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  project_id TEXT NOT NULL REFERENCES project (project_id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  version BIGINT NOT NULL,             -- number of the newest version
  source_connection_id TEXT NOT NULL,  -- of the newest version
  target_connection_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (tenant_id, project_id, name)
);
CREATE INDEX plan_source ON plan (tenant_id, source_connection_id);
CREATE INDEX plan_target ON plan (tenant_id, target_connection_id);
CREATE TABLE plan_version (
  tenant_id TEXT NOT NULL,
  plan_id TEXT NOT NULL REFERENCES plan (plan_id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  body TEXT NOT NULL,                  -- as written
  message TEXT NOT NULL,
  author_id TEXT NOT NULL,
  author TEXT NOT NULL,
  restored_from BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, plan_id, number)
);
CREATE TABLE project_comment (
  comment_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  project_id TEXT NOT NULL REFERENCES project (project_id) ON DELETE CASCADE,
  plan_id TEXT REFERENCES plan (plan_id) ON DELETE CASCADE,
  field TEXT NOT NULL,                 -- JSON pointer into the plan, or empty
  parent_id TEXT,                      -- first comment of the thread
  author_id TEXT NOT NULL,
  author TEXT NOT NULL,
  body TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  edited_at BIGINT,
  deleted INTEGER NOT NULL             -- the place in the thread stays
);
CREATE INDEX project_comment_page ON project_comment (tenant_id, project_id, comment_id);
CREATE TABLE plan_template (
  template_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  body TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE TABLE stored_file (
  file_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- csv, jsonl, parquet, sqlite
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  object_key TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX stored_file_page ON stored_file (tenant_id, file_id);
CREATE TABLE file_upload (
  upload_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,                -- as announced, or empty
  received BIGINT NOT NULL,
  object_key TEXT NOT NULL,
  object_upload_id TEXT NOT NULL,
  etags TEXT NOT NULL,                 -- JSON list of the parts
  busy_until BIGINT NOT NULL,          -- a part is being written; others wait
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX file_upload_age ON file_upload (created_at);
)sql";

constexpr std::string_view kMaskKeys = R"sql(
CREATE TABLE mask_key (
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  print TEXT NOT NULL,                 -- tells keys apart, and nothing about them
  sealed {bytes} NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, name)
);
)sql";

constexpr std::string_view kThreads = R"sql(
ALTER TABLE project_comment ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]';  -- JSON: user_id and name of each
ALTER TABLE project_comment ADD COLUMN resolved_at BIGINT;                   -- of the first comment of a thread
ALTER TABLE project_comment ADD COLUMN resolved_by_name TEXT;
)sql";

constexpr store::Migration kMigrations[] = {
    {1, kTables, "connection project plan plan_version project_comment plan_template stored_file file_upload"},
    {2, kMaskKeys, "mask_key"},
    {3, kThreads}};

}  // namespace

std::span<const store::Migration> ProjectMigrations() { return kMigrations; }

}  // namespace migrateiq::projects
