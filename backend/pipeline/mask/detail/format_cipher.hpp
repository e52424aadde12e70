#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/mask/detail/ff1.hpp"
#include "pipeline/mask/detail/keyed_hash.hpp"

namespace migrateiq::detail {

/// Replaces digits by digits and letters A to Z by letters of the same case, a permutation of all texts of one
/// format (length, signs, where the upper and lower case letters are). Not thread-safe.
class FormatCipher {
 public:
  FormatCipher(std::string_view key, std::string_view purpose);

  /// What comes before `from` stays.
  void Encrypt(std::string& text, size_t from) { Run(text, from, true); }
  void Decrypt(std::string& text, size_t from) { Run(text, from, false); }

 private:
  struct Parts;
  void Run(std::string& text, size_t from, bool forward);
  void Permute(Ff1& cipher, std::vector<uint8_t>& numerals, uint16_t radix, const std::string& tweak, bool forward);

  Ff1 digits_, letters_;
  KeyedHash orders_;
};

}  // namespace migrateiq::detail
