#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq::secrets {

/// A key of AES-256, wiped from memory with the object.
class Key {
 public:
  static constexpr size_t kSize = 32;
  /// `bytes` has kSize bytes.
  explicit Key(std::string_view bytes);
  ~Key();
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  static Key Random();

  const unsigned char* data() const { return bytes_.data(); }
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }

 private:
  std::array<unsigned char, kSize> bytes_;
};

/// AES-256-GCM: a fresh random nonce, the ciphertext, the tag. `authenticated` is not stored; OpenBytes needs the same.
Result<std::string> SealBytes(const Key& key, std::string_view plain, std::string_view authenticated);
/// Errors: kSecretOpen when the key, `authenticated` or the bytes are not those of the sealing.
Result<std::string> OpenBytes(const Key& key, std::string_view sealed, std::string_view authenticated);

}  // namespace migrateiq::secrets
