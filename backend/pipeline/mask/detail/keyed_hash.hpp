#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::detail {

/// 32 bytes that belong to one purpose: what is learnt of one kind's results tells nothing about another's.
std::string MaskSubkey(std::string_view key, std::string_view purpose);

/// HMAC-SHA-256 under one key, set up once. Not thread-safe.
class KeyedHash {
 public:
  using Bytes = std::array<uint8_t, 32>;

  KeyedHash(std::string_view key, std::string_view purpose);
  Bytes Of(std::string_view value);

 private:
  struct Free {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
  };
  std::unique_ptr<EVP_MAC_CTX, Free> context_;
};

/// Numbers without end that depend on key and value.
class KeyedNumbers {
 public:
  KeyedNumbers(KeyedHash& hash, std::string_view value) : hash_(hash), value_(value) {}
  /// Below `bound` (at most 2^48, so that none is likelier than another by more than one in 65,536).
  uint64_t Below(uint64_t bound);

 private:
  uint64_t Next();

  KeyedHash& hash_;
  std::string value_;
  KeyedHash::Bytes bytes_{};
  uint32_t blocks_ = 0;
  size_t used_ = sizeof(bytes_);
};

/// An order of 0 .. size-1 that depends on key and label: a permutation of a set too small for a cipher.
std::vector<uint16_t> KeyedOrder(KeyedHash& hash, std::string_view label, uint16_t size);

}  // namespace migrateiq::detail
