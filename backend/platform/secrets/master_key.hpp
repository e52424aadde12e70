#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "platform/secrets/aead.hpp"

namespace migrateiq::secrets {

/// A key that wraps the tenants' data keys.
struct MasterKey {
  Key key;
  std::string id;  ///< made from the key; tells nothing about it
};

/// Makes the file with a new key (mode 0600), unless it is there.
Status CreateKeyFile(const std::string& path);
/// Errors: kSecretKey (missing, readable by others, not 32 bytes).
Result<MasterKey> LoadKeyFile(const std::string& path);

/// The keys that the setting names: "file:PATH" or "env:NAME" (base64). Several apart by commas while one is replaced
/// by another; then one is enough, as the other may not be there yet or no longer.
Result<std::vector<MasterKey>> LoadMasterKeys(std::string_view setting, bool may_create);

}  // namespace migrateiq::secrets
