#include "pipeline/mask/detail/keyed_hash.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <cstring>
#include <numeric>
#include <stdexcept>

#include "base/encoding.hpp"

namespace migrateiq::detail {

namespace {

EVP_MAC_CTX* NewHmac(std::string_view key) {
  const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free);
  EVP_MAC_CTX* context = mac ? EVP_MAC_CTX_new(mac.get()) : nullptr;
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
  const auto* bytes = reinterpret_cast<const unsigned char*>(key.data());
  if (context != nullptr && EVP_MAC_init(context, bytes, key.size(), parameters) == 1) return context;
  EVP_MAC_CTX_free(context);
  throw std::runtime_error("OpenSSL has no HMAC-SHA-256");
}

}  // namespace

std::string MaskSubkey(std::string_view key, std::string_view purpose) {
  return HmacSha256(key, "migrateiq mask 1 " + std::string(purpose));
}

KeyedHash::KeyedHash(std::string_view key, std::string_view purpose) : context_(NewHmac(MaskSubkey(key, purpose))) {}

KeyedHash::Bytes KeyedHash::Of(std::string_view value) {
  Bytes bytes{};
  size_t size = 0;
  const bool done =
      EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1 &&
      EVP_MAC_update(context_.get(), reinterpret_cast<const unsigned char*>(value.data()), value.size()) == 1 &&
      EVP_MAC_final(context_.get(), bytes.data(), &size, bytes.size()) == 1;
  if (!done) throw std::runtime_error("OpenSSL cannot compute HMAC-SHA-256");
  return bytes;
}

uint64_t KeyedNumbers::Next() {
  if (used_ + sizeof(uint64_t) > bytes_.size()) {
    bytes_ = hash_.Of(value_ + '\0' + std::to_string(blocks_++));
    used_ = 0;
  }
  uint64_t number = 0;
  for (size_t i = 0; i < sizeof(number); ++i) number = number << 8 | bytes_[used_++];
  return number;
}

uint64_t KeyedNumbers::Below(uint64_t bound) { return Next() % bound; }

std::vector<uint16_t> KeyedOrder(KeyedHash& hash, std::string_view label, uint16_t size) {
  std::vector<uint16_t> order(size);
  std::iota(order.begin(), order.end(), uint16_t{0});
  KeyedNumbers numbers(hash, label);
  for (size_t left = size; left > 1; --left) std::swap(order[left - 1], order[numbers.Below(left)]);
  return order;
}

}  // namespace migrateiq::detail
