#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "platform/http/message.hpp"

namespace migrateiq::http::detail {

/// An address as 16 bytes; IPv4 as ::ffff:a.b.c.d.
using AddressBytes = std::array<unsigned char, 16>;
std::optional<AddressBytes> ParseAddress(std::string_view text);
std::string AddressText(const AddressBytes& address);
/// Whom to count as one client: an IPv4 address, or an IPv6 network of 64 bits, of whose addresses a client has its
/// choice.
AddressBytes NetworkOf(AddressBytes address);

/// The proxies in front of the server, whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody else's are.
class TrustedProxies {
 public:
  /// `cidrs`: "10.0.0.0/8", "::1", ... Errors: kSettingValue.
  static Result<TrustedProxies> Make(const std::vector<std::string>& cidrs);
  bool Trust(const AddressBytes& address) const;

 private:
  struct Network {
    AddressBytes address;
    int bits;
  };
  std::vector<Network> networks_;
};

struct Client {
  std::string address;
  bool secure = false;
};
/// Who really asks: the rightmost address that is not a trusted proxy's.
Client ClientOf(const TrustedProxies& proxies, const std::string& peer, bool tls, const Headers& headers);

}  // namespace migrateiq::http::detail
