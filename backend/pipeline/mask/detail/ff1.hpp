#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace migrateiq::detail {

__extension__ typedef unsigned __int128 Uint128;  // NOLINT(modernize-use-using): an alias has no __extension__

/// FF1 of NIST SP 800-38G: a permutation of the numeral strings of one length, which depends on a key (AES) and on a
/// tweak. For strings of 2 to `MostNumerals()` numerals; shorter domains than the standard's million are permuted as
/// well, but can be tried out. Not thread-safe.
class Ff1 {
 public:
  /// `key` has 16, 24 or 32 bytes; `radix` is 2 to 36.
  Ff1(std::string_view key, uint32_t radix);

  void Encrypt(std::span<uint8_t> numerals, std::string_view tweak);
  void Decrypt(std::span<uint8_t> numerals, std::string_view tweak);
  size_t MostNumerals() const { return most_; }

 private:
  using Number = Uint128;
  using Block = std::array<uint8_t, 16>;
  struct Round;
  struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };

  Round Begin(std::span<const uint8_t> numerals, std::string_view tweak);
  Number Mix(const Round& round, uint8_t number, Number half);
  void Chain(Block& state, const uint8_t* block);
  Number Value(std::span<const uint8_t> numerals) const;
  void Spell(Number value, std::span<uint8_t> numerals) const;
  Number Power(size_t exponent) const;

  std::unique_ptr<EVP_CIPHER_CTX, Free> cipher_;
  uint32_t radix_;
  size_t most_ = 0;
};

}  // namespace migrateiq::detail
