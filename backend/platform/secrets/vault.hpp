#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::secrets {

/// Envelope encryption: values under a tenant's data key (AES-256-GCM, random nonce, key id in the sealed bytes), data
/// keys wrapped by the master key. Thread-safe.
class Vault {
 public:
  virtual ~Vault() = default;
  /// `context` (e.g. "connection:<id>") is authenticated with the value: sealed bytes cannot be moved to another row or
  /// tenant. The tenant's data key is made at first use.
  virtual Result<std::string> Seal(const std::string& tenant_id, std::string_view plain, std::string_view context) = 0;
  /// Errors: kSecretOpen.
  virtual Result<std::string> Open(const std::string& tenant_id, std::string_view sealed, std::string_view context) = 0;
  /// A new data key for the tenant; old values stay readable. Rewrapping under a new master key: RotateMaster.
  virtual Status RotateTenantKey(const std::string& tenant_id) = 0;
  virtual Status RotateMaster(const std::string& new_key_file) = 0;
};

/// `master`: "file:PATH" (32 raw bytes; made with mode 0600 when absent and `may_create`) or "env:NAME" (base64).
Result<std::unique_ptr<Vault>> OpenVault(store::Store& store, const std::string& master, bool may_create);

}  // namespace migrateiq::secrets
