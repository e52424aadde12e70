#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::secrets {

/// Envelope encryption: values under a tenant's data key (AES-256-GCM, random nonce, key id in the sealed bytes), data
/// keys wrapped by the master key. Thread-safe; several processes may use one store.
class Vault {
 public:
  virtual ~Vault() = default;
  /// `context` (e.g. "connection:<id>") is authenticated with the value: sealed bytes cannot be moved to another row or
  /// tenant. The tenant's data key is made at first use. The result is bytes, not text.
  virtual Result<std::string> Seal(const std::string& tenant_id, std::string_view plain, std::string_view context) = 0;
  /// Errors: kSecretOpen.
  virtual Result<std::string> Open(const std::string& tenant_id, std::string_view sealed, std::string_view context) = 0;
  /// A new data key for the tenant; old values stay readable. Other processes seal with it within a minute.
  virtual Status RotateTenantKey(const std::string& tenant_id) = 0;
  /// Wraps all data keys by the key in that file (made when absent) from now on; the values themselves stay as they
  /// are. Without a pause: first give every process both keys ("file:OLD,file:NEW"), then rotate, then drop the old.
  /// A process with one key only goes on with what it has opened, and reads its key file again when it needs another.
  virtual Status RotateMaster(const std::string& new_key_file) = 0;
};

/// `master`: "file:PATH" (32 raw bytes, mode 0600; made when absent, `may_create`, and nothing was sealed yet) or
/// "env:NAME" (base64); several apart by commas. Errors: kSecretKey, also for a key that is not this store's.
Result<std::unique_ptr<Vault>> OpenVault(store::Store& store, const std::string& master, bool may_create);

}  // namespace migrateiq::secrets
