#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "platform/secrets/aead.hpp"

namespace migrateiq {

/// Encrypts what must not lie open in the state folder: quarantined rows, and URLs with literal passwords.
class StateKey {
 public:
  /// The key in `folder`/key. Made when absent (mode 0600), unless `must_exist`. Errors: kStateKey (missing,
  /// ill-formed, readable by others).
  static Result<StateKey> Load(const std::string& folder, bool must_exist);

  /// `context` is not stored; Open needs the same. Errors: kStateKey.
  Result<std::string> Seal(std::string_view plain, std::string_view context) const;
  /// Errors: kStateKey when the key, the context or the bytes are not those of the sealing.
  Result<std::string> Open(std::string_view sealed, std::string_view context) const;

 private:
  explicit StateKey(const secrets::Key& key) : key_(key) {}
  secrets::Key key_;
};

}  // namespace migrateiq
