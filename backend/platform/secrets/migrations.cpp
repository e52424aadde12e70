#include "platform/secrets/migrations.hpp"

namespace migrateiq::secrets::detail {

namespace {

constexpr std::string_view kKeys = R"sql(
CREATE TABLE secret_master (   -- one row: the key that wraps now
  id INTEGER PRIMARY KEY,
  master_id TEXT NOT NULL
);
CREATE TABLE secret_key (      -- the newest number seals, all open
  key_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  master_id TEXT NOT NULL,
  wrapped {bytes} NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (tenant_id, number)
);
)sql";

constexpr store::Migration kMigrations[] = {{1, kKeys, "secret_key"}};

}  // namespace

std::span<const store::Migration> VaultMigrations() { return kMigrations; }

}  // namespace migrateiq::secrets::detail
