#include "modules/core/migrations.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kPeople = R"sql(
CREATE TABLE tenant (
  tenant_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  plan TEXT NOT NULL,
  state TEXT NOT NULL,                 -- active, suspended
  quotas TEXT NOT NULL,                -- JSON object: what differs from the plan
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE user_account (
  user_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL REFERENCES tenant (tenant_id),
  email TEXT NOT NULL UNIQUE,          -- lower case
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,         -- argon2id, encoded with its parameters
  state TEXT NOT NULL,                 -- active, disabled
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_login_at BIGINT
);
CREATE INDEX user_account_tenant ON user_account (tenant_id, created_at, user_id);
CREATE TABLE role (
  role_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  permissions TEXT NOT NULL,           -- JSON list
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE TABLE user_role (
  tenant_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES user_account (user_id) ON DELETE CASCADE,
  role_id TEXT NOT NULL,               -- of `role`, or a built-in role's name
  PRIMARY KEY (tenant_id, user_id, role_id)
);
CREATE TABLE team (
  team_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE TABLE team_member (
  tenant_id TEXT NOT NULL,
  team_id TEXT NOT NULL REFERENCES team (team_id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user_account (user_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, team_id, user_id)
);
CREATE TABLE project_grant (
  grant_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  subject_kind TEXT NOT NULL,          -- user, team
  subject_id TEXT NOT NULL,
  role_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (tenant_id, project_id, subject_kind, subject_id, role_id)
);
CREATE INDEX project_grant_subject ON project_grant (tenant_id, subject_id);
)sql";

constexpr std::string_view kSignIn = R"sql(
CREATE TABLE access_epoch (
  tenant_id TEXT PRIMARY KEY,
  epoch BIGINT NOT NULL                -- raised by everything that may take rights away
);
CREATE TABLE signing_key (
  key_id TEXT PRIMARY KEY,
  public_jwk TEXT NOT NULL,
  sealed_jwk {bytes} NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE user_session (
  session_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES user_account (user_id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  stepped_up_at BIGINT NOT NULL,
  csrf_token TEXT NOT NULL,            -- empty: not of a browser
  address TEXT NOT NULL,
  agent TEXT NOT NULL,
  ended_at BIGINT,
  end_reason TEXT
);
CREATE INDEX user_session_user ON user_session (tenant_id, user_id);
CREATE TABLE refresh_token (
  token_hash TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES user_session (session_id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX refresh_token_session ON refresh_token (session_id);
CREATE TABLE api_key (
  key_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES user_account (user_id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  permissions TEXT NOT NULL,           -- JSON list; what the user has lost does not work either
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX api_key_tenant ON api_key (tenant_id, created_at, key_id);
CREATE TABLE user_totp (
  user_id TEXT PRIMARY KEY REFERENCES user_account (user_id) ON DELETE CASCADE,
  tenant_id TEXT NOT NULL,
  sealed_secret {bytes} NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL            -- of the newest code that was used
);
CREATE TABLE recovery_code (
  tenant_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES user_account (user_id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (tenant_id, user_id, code_hash)
);
CREATE TABLE one_time_token (
  token_hash TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  purpose TEXT NOT NULL,               -- setup, reset, invitation, websocket
  subject TEXT NOT NULL,               -- the user or invitation
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX one_time_token_subject ON one_time_token (tenant_id, purpose, subject);
CREATE TABLE login_failure (
  subject TEXT PRIMARY KEY,            -- account:<hash of the e-mail> or address:<address>
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
);
CREATE TABLE invitation (
  invitation_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  email TEXT NOT NULL,
  roles TEXT NOT NULL,                 -- JSON list
  invited_by TEXT NOT NULL,
  state TEXT NOT NULL,                 -- open, accepted, revoked
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX invitation_tenant ON invitation (tenant_id, created_at, invitation_id);
)sql";

constexpr std::string_view kRecords = R"sql(
CREATE TABLE audit_head (
  tenant_id TEXT PRIMARY KEY,
  sequence BIGINT NOT NULL,
  hash TEXT NOT NULL
);
CREATE TABLE audit_entry (
  tenant_id TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  address TEXT NOT NULL,
  request_id TEXT NOT NULL,
  details TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (tenant_id, sequence)
);
CREATE INDEX audit_entry_object ON audit_entry (tenant_id, object_id, sequence);
CREATE TABLE idempotency (
  tenant_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  request_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,             -- 0: still at work
  body TEXT NOT NULL,
  etag TEXT NOT NULL,
  location TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, subject, request_key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
CREATE TABLE feature_flag (
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  percentage INTEGER NOT NULL,
  user_ids TEXT NOT NULL,              -- JSON list: always on for them
  version BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, name)
);
CREATE TABLE notification (
  notification_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES user_account (user_id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  link TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  read_at BIGINT
);
CREATE INDEX notification_user ON notification (tenant_id, user_id, created_at, notification_id);
CREATE TABLE notification_channel (
  channel_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- webhook, email
  name TEXT NOT NULL,
  target TEXT NOT NULL,                -- URL or address
  sealed_secret {bytes},               -- of webhooks: signs what is sent
  events TEXT NOT NULL,                -- JSON list; empty: all
  enabled INTEGER NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE outbox (
  outbox_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  channel_id TEXT,                     -- null: a mail of the server itself
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  subject TEXT NOT NULL,
  sealed_payload {bytes} NOT NULL,     -- may hold links that sign in
  attempts INTEGER NOT NULL,
  next_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  outcome TEXT NOT NULL                -- waiting, delivered, failed
);
CREATE INDEX outbox_due ON outbox (outcome, next_at);
)sql";

/// What is written once cannot be changed, by the program's own mistakes either.
constexpr std::string_view kAppendOnly = R"sql(
CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql";
constexpr std::string_view kAppendOnlyPostgres = R"sql(
CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
)sql";

constexpr std::string_view kNotices = R"sql(
CREATE TABLE notice (                  -- what shall be told, until it has been handed to people and channels
  notice_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  event TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  link TEXT NOT NULL,
  project_id TEXT NOT NULL,
  user_ids TEXT NOT NULL,              -- JSON list
  created_at BIGINT NOT NULL
);
CREATE INDEX notice_age ON notice (created_at);
CREATE TABLE notification_preference (
  tenant_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES user_account (user_id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  in_app INTEGER NOT NULL,
  mail INTEGER NOT NULL,
  whose TEXT NOT NULL,                 -- own, all
  PRIMARY KEY (tenant_id, user_id, event)
);
DELETE FROM idempotency;               -- bodies are sealed from here on, and kept for a day only
ALTER TABLE outbox ADD COLUMN problem TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_channel ON outbox (tenant_id, channel_id, outbox_id);
)sql";

/// Tokens of a session count how often it was refreshed: two that come from the same one have the same number.
constexpr std::string_view kGenerations = R"sql(
ALTER TABLE refresh_token ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
)sql";

/// A tenant that is removed takes its log with it; the operators' own says with which hash it ended. As long as the
/// tenant or the head of its log is there, the log stays append-only.
constexpr std::string_view kGoneTenants = R"sql(
DROP TRIGGER audit_entry_delete;
CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry
WHEN EXISTS (SELECT 1 FROM tenant WHERE tenant_id = OLD.tenant_id)
  OR EXISTS (SELECT 1 FROM audit_head WHERE tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql";
constexpr std::string_view kGoneTenantsPostgres = R"sql(
DROP TRIGGER audit_entry_append_only ON audit_entry;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
CREATE FUNCTION audit_entry_keep() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM tenant WHERE tenant_id = OLD.tenant_id)
     OR EXISTS (SELECT 1 FROM audit_head WHERE tenant_id = OLD.tenant_id) THEN
    RAISE EXCEPTION 'the audit log is append-only';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER audit_entry_keep BEFORE DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_keep();
)sql";

constexpr store::Migration kMigrations[] = {
    {1, kPeople, "tenant user_account role user_role team team_member project_grant"},
    {2, kSignIn, "access_epoch user_session refresh_token api_key user_totp recovery_code one_time_token invitation"},
    {3, kRecords, "audit_head audit_entry idempotency feature_flag notification notification_channel outbox"},
    {4, kAppendOnly, {}, kAppendOnlyPostgres},
    {5, kNotices, "notice notification_preference"},
    {6, kGenerations},
    {7, kGoneTenants, {}, kGoneTenantsPostgres},
};

}  // namespace

std::span<const store::Migration> CoreMigrations() { return kMigrations; }

}  // namespace migrateiq::core
