#include <arpa/inet.h>

#include <array>
#include <vector>

#include "pipeline/mask/detail/ff1.hpp"
#include "pipeline/mask/detail/keyed_hash.hpp"
#include "pipeline/mask/detail/text_mask.hpp"

namespace migrateiq::detail {

namespace {

/// All bits of an address, permuted among the addresses of its version.
class IpMask : public TextMask {
 public:
  explicit IpMask(std::string_view key) : cipher_(MaskSubkey(key, "ip bits"), 2) {}

  bool Replace(std::string_view value, std::string& out) override {
    const size_t slash = std::min(value.find('/'), value.size());
    const std::string address(value.substr(0, slash)), rest(value.substr(slash));
    if (rest.find_first_not_of("0123456789", 1) != std::string::npos || rest.size() > 4) return false;
    for (const int family : {AF_INET, AF_INET6}) {
      std::array<uint8_t, 16> bytes{};
      if (inet_pton(family, address.c_str(), bytes.data()) != 1) continue;
      Permute(bytes, family == AF_INET ? 4 : 16);
      std::array<char, INET6_ADDRSTRLEN> text{};
      inet_ntop(family, bytes.data(), text.data(), text.size());
      out = text.data() + rest;
      return true;
    }
    return false;
  }

 private:
  void Permute(std::array<uint8_t, 16>& bytes, size_t size) {
    std::vector<uint8_t> bits(size * 8);
    for (size_t i = 0; i < bits.size(); ++i) bits[i] = bytes[i / 8] >> (7 - i % 8) & 1;
    cipher_.Encrypt(bits, "");
    bytes = {};
    for (size_t i = 0; i < bits.size(); ++i) bytes[i / 8] |= static_cast<uint8_t>(bits[i] << (7 - i % 8));
  }

  Ff1 cipher_;
};

}  // namespace

std::unique_ptr<TextMask> MakeIpMask(std::string_view key) { return std::make_unique<IpMask>(key); }

}  // namespace migrateiq::detail
