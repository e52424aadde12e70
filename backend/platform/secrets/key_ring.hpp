#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "platform/secrets/master_key.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::secrets::detail {

/// A tenant's key that seals values.
struct DataKey {
  std::string id;  ///< 16 bytes as hexadecimal text
  Key key;
};

/// The data keys of all tenants, unwrapped when needed and remembered. Thread-safe.
class KeyRing {
 public:
  KeyRing(store::Store& store, std::string setting, std::vector<MasterKey> masters)
      : store_(store), setting_(std::move(setting)), masters_(std::move(masters)) {}

  /// The first master key becomes the store's if it has none. Errors: kSecretKey when the store's is another.
  Status CheckMaster();
  /// Made at first use.
  Result<DataKey> Newest(const std::string& tenant_id);
  Result<DataKey> ById(const std::string& tenant_id, const std::string& key_id);
  Status Add(const std::string& tenant_id);
  Status Rewrap(MasterKey fresh);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Current {
    DataKey key;
    Moment read;
  };

  std::optional<DataKey> Remembered(const std::string& tenant_id);
  void Remember(const std::string& tenant_id, const DataKey& key, bool newest);
  Result<std::optional<DataKey>> ReadNewest(const std::string& tenant_id);
  Result<DataKey> Unwrap(const std::string& tenant_id, const store::Row& row);
  Result<MasterKey> Master(const std::string& id);
  std::optional<MasterKey> KnownMaster(const std::string& id);
  Status RewrapOne(store::Session& session, const store::Row& row, const MasterKey& fresh);

  store::Store& store_;
  const std::string setting_;
  std::mutex mutex_;
  std::vector<MasterKey> masters_;
  std::map<std::string, Current> newest_;                              ///< by tenant
  std::map<std::pair<std::string, std::string>, DataKey> known_keys_;  ///< by tenant and key id
};

}  // namespace migrateiq::secrets::detail
