#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "platform/secrets/vault.hpp"

namespace migrateiq {

/// Encrypts what must not lie open beside a run: quarantined rows, and URLs with literal passwords. Thread-safe.
class Sealer {
 public:
  virtual ~Sealer() = default;
  /// `context` is not stored; Open needs the same.
  virtual Result<std::string> Seal(std::string_view plain, std::string_view context) = 0;
  virtual Result<std::string> Open(std::string_view sealed, std::string_view context) = 0;
};

/// By the key of the state folder, made at the first sealing. Errors: kStateKey.
std::unique_ptr<Sealer> SealByStateKey(std::string folder);
/// By the tenant's keys. Errors: kSecretOpen.
std::unique_ptr<Sealer> SealByVault(secrets::Vault& vault, std::string tenant_id);

}  // namespace migrateiq
