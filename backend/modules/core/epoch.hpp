#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/error.hpp"
#include "base/time.hpp"
#include "platform/realtime/bus.hpp"
#include "platform/store/store.hpp"

/// What is remembered about who may do what, and how it is forgotten in time.
///
/// Every change that may take rights away raises the tenant's epoch in its own transaction. What was read under an
/// older epoch is not used. This process asks for the epoch again at once after its own changes, and twice a second
/// otherwise, so that a change of another process works within a second.
namespace migrateiq::core {

/// Part of the change's transaction; call AccessCache::Forget after it.
Status RaiseEpoch(store::Session& session, const std::string& tenant_id);

/// Thread-safe.
class AccessCache {
 public:
  /// `bus`: tells the other processes; may be null.
  AccessCache(store::Store& store, const Clock& clock, realtime::Bus* bus = nullptr)
      : store_(store), clock_(clock), bus_(bus) {}

  /// The value under `key`, read by `load` unless it is remembered under the present epoch and not older than a
  /// minute. One key always has one type.
  template <class T>
  Result<std::shared_ptr<const T>> Get(const std::string& tenant_id, const std::string& key,
                                       const std::function<Result<T>()>& load) {
    MIQ_ASSIGN(const int64_t epoch, EpochOf(tenant_id));
    if (auto found = Find(tenant_id, key, epoch)) return std::static_pointer_cast<const T>(found);
    MIQ_ASSIGN(T value, load());
    // Shared by the cache and the requests that use it.
    auto shared = std::make_shared<const T>(std::move(value));
    Keep(tenant_id, key, epoch, shared);
    return shared;
  }
  /// After a change: the next Get asks the store for the epoch, here and (soon) in the other processes.
  void Forget(const std::string& tenant_id);
  /// Another process changed something: what Forget does, for this process alone. True when the event says so.
  bool Hear(const realtime::Event& event);

 private:
  struct Entry {
    int64_t epoch = 0;
    Micros read_at = 0;
    std::shared_ptr<const void> value;
  };
  struct Tenant {
    int64_t epoch = -1;
    Micros asked_at = 0;
    std::map<std::string, Entry> entries;
    size_t sweep_at = 64;  ///< entries; then those that are of no more use go
  };
  Result<int64_t> EpochOf(const std::string& tenant_id);
  std::shared_ptr<const void> Find(const std::string& tenant_id, const std::string& key, int64_t epoch);
  void Keep(const std::string& tenant_id, const std::string& key, int64_t epoch, std::shared_ptr<const void> value);
  void Sweep(Tenant& tenant) const;

  store::Store& store_;
  const Clock& clock_;
  realtime::Bus* bus_;
  std::mutex mutex_;
  std::map<std::string, Tenant> tenants_;
};

}  // namespace migrateiq::core
