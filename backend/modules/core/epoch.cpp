#include "modules/core/epoch.hpp"

#include <algorithm>

namespace migrateiq::core {

namespace {

constexpr Micros kEpochLife = 500 * kMillisecond, kEntryLife = kMinute;
constexpr size_t kFewEntries = 64, kMostEntries = 20'000;
/// No client may hear this topic.
const std::string kTopic = "access:", kChanged = "access.changed";

}  // namespace

Status RaiseEpoch(store::Session& session, const std::string& tenant_id) {
  MIQ_TRY(
      session.Execute("INSERT INTO access_epoch (tenant_id, epoch) VALUES ($1, 1) "
                      "ON CONFLICT (tenant_id) DO UPDATE SET epoch = access_epoch.epoch + 1",
                      tenant_id));
  return {};
}

void AccessCache::Forget(const std::string& tenant_id) {
  {
    const std::lock_guard lock(mutex_);
    tenants_[tenant_id].epoch = -1;
  }
  if (bus_ == nullptr) return;
  // Who misses it learns of the change at the next look at the epoch: the event only makes it faster.
  static_cast<void>(bus_->Publish({.topic = kTopic + tenant_id, .type = kChanged, .data = "{}", .ephemeral = true}));
}

bool AccessCache::Hear(const realtime::Event& event) {
  if (event.type != kChanged || !event.topic.starts_with(kTopic)) return false;
  const std::lock_guard lock(mutex_);
  const auto tenant = tenants_.find(event.topic.substr(kTopic.size()));
  if (tenant != tenants_.end()) tenant->second.epoch = -1;
  return true;
}

Result<int64_t> AccessCache::EpochOf(const std::string& tenant_id) {
  const Micros now = clock_.Now();
  {
    const std::lock_guard lock(mutex_);
    const Tenant& tenant = tenants_[tenant_id];
    if (tenant.epoch >= 0 && now - tenant.asked_at < kEpochLife) return tenant.epoch;
  }
  MIQ_ASSIGN(const int64_t epoch,
             store_.ReadFor<int64_t>(store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<int64_t> {
               MIQ_ASSIGN(const store::Rows rows,
                          session.Query("SELECT COALESCE((SELECT epoch FROM access_epoch WHERE tenant_id = $1), CASE "
                                        "WHEN $1 = '' OR EXISTS (SELECT 1 FROM tenant WHERE tenant_id = $1) THEN 0 "
                                        "ELSE -1 END)",
                                        tenant_id));
               return rows.at(0).Integer(0);  // -1: of a tenant that was removed nothing is remembered
             }));
  const std::lock_guard lock(mutex_);
  Tenant& tenant = tenants_[tenant_id];
  tenant.epoch = epoch;
  tenant.asked_at = now;
  return epoch;
}

std::shared_ptr<const void> AccessCache::Find(const std::string& tenant_id, const std::string& key, int64_t epoch) {
  const std::lock_guard lock(mutex_);
  const Tenant& tenant = tenants_[tenant_id];
  const auto found = tenant.entries.find(key);
  if (found == tenant.entries.end() || found->second.epoch != epoch) return nullptr;
  return clock_.Now() - found->second.read_at < kEntryLife ? found->second.value : nullptr;
}

void AccessCache::Keep(const std::string& tenant_id, const std::string& key, int64_t epoch,
                       std::shared_ptr<const void> value) {
  const std::lock_guard lock(mutex_);
  Tenant& tenant = tenants_[tenant_id];
  if (tenant.entries.size() >= tenant.sweep_at) Sweep(tenant);
  tenant.entries[key] = {epoch, clock_.Now(), std::move(value)};
}

void AccessCache::Sweep(Tenant& tenant) const {
  const Micros now = clock_.Now();
  std::erase_if(tenant.entries, [&](const auto& entry) {
    return entry.second.epoch != tenant.epoch || now - entry.second.read_at >= kEntryLife;
  });
  if (tenant.entries.size() >= kMostEntries) tenant.entries.clear();
  tenant.sweep_at = std::max(kFewEntries, tenant.entries.size() * 2);
}

}  // namespace migrateiq::core
