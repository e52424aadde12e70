#include "platform/secrets/key_ring.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/errors/run.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "base/time.hpp"

namespace migrateiq::secrets::detail {

namespace {

using store::Rows;
using store::Scope;
using store::Session;

constexpr std::chrono::seconds kTrustNewest{60};  ///< another process may have made a newer one

std::string WrapContext(const std::string& tenant_id, const std::string& key_id) {
  return "data key\n" + key_id + "\n" + tenant_id;
}

Result<std::string> StoredMaster(Session& session) {
  MIQ_ASSIGN(const Rows rows,
             session.Query("SELECT master_id FROM secret_master WHERE id = 1" + std::string(session.ForUpdate())));
  return rows.empty() ? std::string() : rows[0].Text(0);
}

}  // namespace

Status KeyRing::CheckMaster() {
  const MasterKey& first = masters_.front();
  MIQ_ASSIGN(const std::string stored,
             store_.WriteFor<std::string>(Scope::System(), [&](Session& session) -> Result<std::string> {
               MIQ_TRY(session.Execute(
                   "INSERT INTO secret_master (id, master_id) VALUES (1, $1) ON CONFLICT (id) DO NOTHING", first.id));
               return StoredMaster(session);
             }));
  if (KnownMaster(stored)) return {};
  return Fail(Error(codes::kSecretKey, "the master key is not the one that this store's secrets are sealed with")
                  .Fix("Restore the right key (setting secrets.master_key); secrets cannot be read without it."));
}

// --- master keys

std::optional<MasterKey> KeyRing::KnownMaster(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(masters_, id, &MasterKey::id);
  return found == masters_.end() ? std::nullopt : std::optional(*found);
}

/// One that is not known may have been put into the file meanwhile.
Result<MasterKey> KeyRing::Master(const std::string& id) {
  if (auto known = KnownMaster(id)) return std::move(*known);
  if (Result<std::vector<MasterKey>> again = LoadMasterKeys(setting_, false)) {
    const std::scoped_lock lock(mutex_);
    for (const MasterKey& key : *again)
      if (std::ranges::find(masters_, key.id, &MasterKey::id) == masters_.end()) masters_.push_back(key);
  }
  if (auto known = KnownMaster(id)) return std::move(*known);
  return Fail(codes::kSecretOpen, "a key is wrapped by a master key that is not here");
}

Status KeyRing::Rewrap(MasterKey fresh) {
  MIQ_TRY(store_.Write(Scope::System(), [&](Session& session) -> Status {
    MIQ_TRY(StoredMaster(session));
    MIQ_ASSIGN(const Rows rows, session.Query("SELECT key_id, master_id, wrapped, tenant_id FROM secret_key"));
    for (const store::Row& row : rows) MIQ_TRY(RewrapOne(session, row, fresh));
    MIQ_TRY(session.Execute("UPDATE secret_master SET master_id = $1 WHERE id = 1", fresh.id));
    return {};
  }));
  const std::scoped_lock lock(mutex_);
  masters_.insert(masters_.begin(), std::move(fresh));
  return {};
}

Status KeyRing::RewrapOne(Session& session, const store::Row& row, const MasterKey& fresh) {
  const std::string tenant_id = row.Text(3);
  MIQ_ASSIGN(const DataKey key, Unwrap(tenant_id, row));
  MIQ_ASSIGN(std::string wrapped, SealBytes(fresh.key, key.key.view(), WrapContext(tenant_id, key.id)));
  MIQ_TRY(session.Execute("UPDATE secret_key SET wrapped = $1, master_id = $2 WHERE key_id = $3 AND tenant_id = $4",
                          store::Bytes{std::move(wrapped)}, fresh.id, key.id, tenant_id));
  return {};
}

// --- data keys

Result<DataKey> KeyRing::Unwrap(const std::string& tenant_id, const store::Row& row) {
  const std::string key_id = row.Text(0);
  MIQ_ASSIGN(const MasterKey master, Master(row.Text(1)));
  MIQ_ASSIGN(const std::string bytes, OpenBytes(master.key, row.Binary(2), WrapContext(tenant_id, key_id)));
  if (bytes.size() != Key::kSize) return Fail(codes::kSecretOpen, "a wrapped key is damaged");
  return DataKey{.id = key_id, .key = Key(bytes)};
}

std::optional<DataKey> KeyRing::Remembered(const std::string& tenant_id) {
  const std::scoped_lock lock(mutex_);
  const auto found = newest_.find(tenant_id);
  const bool fresh = found != newest_.end() && std::chrono::steady_clock::now() - found->second.read < kTrustNewest;
  return fresh ? std::optional(found->second.key) : std::nullopt;
}

void KeyRing::Remember(const std::string& tenant_id, const DataKey& key, bool newest) {
  const std::scoped_lock lock(mutex_);
  known_keys_.insert_or_assign({tenant_id, key.id}, key);
  if (newest) newest_.insert_or_assign(tenant_id, Current{key, std::chrono::steady_clock::now()});
}

Result<std::optional<DataKey>> KeyRing::ReadNewest(const std::string& tenant_id) {
  MIQ_ASSIGN(const Rows rows, store_.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return session.Query(
        "SELECT key_id, master_id, wrapped FROM secret_key WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1",
        tenant_id);
  }));
  if (rows.empty()) return std::optional<DataKey>();
  MIQ_ASSIGN(DataKey key, Unwrap(tenant_id, rows[0]));
  Remember(tenant_id, key, true);
  return std::optional(std::move(key));
}

Result<DataKey> KeyRing::Newest(const std::string& tenant_id) {
  if (auto remembered = Remembered(tenant_id)) return std::move(*remembered);
  MIQ_ASSIGN(std::optional<DataKey> newest, ReadNewest(tenant_id));
  if (newest) return std::move(*newest);
  const Status added = Add(tenant_id);
  if (!added && !added.error().Is(codes::kStateConflict)) return Fail(added.error());
  MIQ_ASSIGN(newest, ReadNewest(tenant_id));
  if (newest) return std::move(*newest);
  return Fail(codes::kSecretOpen, "the tenant's new key cannot be found");
}

Result<DataKey> KeyRing::ById(const std::string& tenant_id, const std::string& key_id) {
  {
    const std::scoped_lock lock(mutex_);
    const auto found = known_keys_.find({tenant_id, key_id});
    if (found != known_keys_.end()) return found->second;
  }
  MIQ_ASSIGN(const Rows rows, store_.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return session.Query("SELECT key_id, master_id, wrapped FROM secret_key WHERE tenant_id = $1 AND key_id = $2",
                         tenant_id, key_id);
  }));
  if (rows.empty()) return Fail(codes::kSecretOpen, "the tenant has no key with which this value was sealed");
  MIQ_ASSIGN(DataKey key, Unwrap(tenant_id, rows[0]));
  Remember(tenant_id, key, false);
  return key;
}

/// Under the master key that the store names, which another process may have changed.
Status KeyRing::Add(const std::string& tenant_id) {
  const DataKey key{.id = ToHexText(RandomBytes(16)), .key = Key::Random()};
  MIQ_TRY(store_.Write(Scope::Tenant(tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(const std::string master_id, StoredMaster(session));
    MIQ_ASSIGN(const MasterKey master, Master(master_id));
    MIQ_ASSIGN(std::string wrapped, SealBytes(master.key, key.key.view(), WrapContext(tenant_id, key.id)));
    MIQ_TRY(
        session.Execute("INSERT INTO secret_key (key_id, tenant_id, number, master_id, wrapped, created_at) "
                        "SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5 FROM secret_key "
                        "WHERE tenant_id = $2",
                        key.id, tenant_id, master.id, store::Bytes{std::move(wrapped)}, SystemClock().Now()));
    return {};
  }));
  const std::scoped_lock lock(mutex_);
  newest_.erase(tenant_id);
  return {};
}

}  // namespace migrateiq::secrets::detail
