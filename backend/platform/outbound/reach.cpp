#include "platform/outbound/reach.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>

#include "base/errors/connect.hpp"
#include "base/errors/server.hpp"

namespace migrateiq {

namespace {

using Address = std::array<unsigned char, 16>;  ///< IPv4 as ::ffff:a.b.c.d

constexpr int kMappedBits = 96;

std::optional<Address> ParseAddress(const std::string& text) {
  Address address{};
  if (inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
  if (inet_pton(AF_INET, text.c_str(), address.data() + 12) != 1) return std::nullopt;
  address[10] = address[11] = 0xff;
  return address;
}

bool Within(const Address& address, const unsigned char* network, int bits) {
  const auto whole = static_cast<size_t>(bits / 8);
  if (std::memcmp(address.data(), network, whole) != 0) return false;
  const int rest = bits % 8;
  return rest == 0 || ((address[whole] ^ network[whole]) >> (8 - rest)) == 0;
}

bool WithinText(const Address& address, const char* network, int bits) {
  const auto parsed = ParseAddress(network);
  const bool four = std::strchr(network, ':') == nullptr;
  return Within(address, parsed->data(), bits + (four ? kMappedBits : 0));
}

struct Range {
  const char* network;
  int bits;
};

bool WithinAny(const Address& address, std::initializer_list<Range> ranges) {
  return std::ranges::any_of(ranges,
                             [&](const Range& range) { return WithinText(address, range.network, range.bits); });
}

/// Link-local (with the clouds' metadata services), unspecified, multicast, broadcast, and forms that embed an IPv4
/// address and would hide it (IPv4-compatible, NAT64, 6to4, Teredo).
bool IsForbidden(const Address& address) {
  return WithinAny(address, {{"169.254.0.0", 16},
                             {"0.0.0.0", 8},
                             {"224.0.0.0", 3},
                             {"fe80::", 10},
                             {"ff00::", 8},
                             {"64:ff9b::", 96},
                             {"64:ff9b:1::", 48},
                             {"2002::", 16},
                             {"2001::", 32},
                             {"fd00:ec2::254", 128}}) ||
         (WithinText(address, "::", 96) && !WithinText(address, "::1", 128));
}

bool IsLocal(const Address& address) {
  return WithinAny(address, {{"127.0.0.0", 8},
                             {"10.0.0.0", 8},
                             {"172.16.0.0", 12},
                             {"192.168.0.0", 16},
                             {"100.64.0.0", 10},
                             {"198.18.0.0", 15},
                             {"192.0.0.0", 24},
                             {"::1", 128},
                             {"fc00::", 7},
                             {"fec0::", 10}});
}

std::string ToText(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN] = "";
  const void* bytes = address->sa_family == AF_INET
                          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(address)->sin_addr)
                          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr);
  inet_ntop(address->sa_family, bytes, text, sizeof text);
  return text;
}

Result<std::vector<std::string>> Lookup(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int status = getaddrinfo(host.c_str(), nullptr, &hints, &found); status != 0)
    return Fail(codes::kConnUnreachable, "the name '" + host + "' does not resolve: " + gai_strerror(status));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    if (one->ai_family == AF_INET || one->ai_family == AF_INET6) addresses.push_back(ToText(one->ai_addr));
  }
  return addresses;
}

}  // namespace

Result<Reach> Reach::Make(const std::vector<std::string>& allow, bool loopback) {
  Reach reach;
  std::vector<std::string> networks = allow;
  if (loopback) networks.insert(networks.end(), {"127.0.0.0/8", "::1/128"});
  for (const std::string& text : networks) {
    const size_t slash = text.find('/');
    const auto address = ParseAddress(text.substr(0, slash));
    const int width = text.find(':') == std::string::npos ? 32 : 128;
    int bits = width;
    bool valid = address.has_value();
    if (slash != std::string::npos) {
      const auto [end, error] = std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
      valid = valid && error == std::errc() && end == text.data() + text.size() && bits >= 0 && bits <= width;
    }
    if (!valid)
      return Fail(
          Error(codes::kSettingValue, "'" + text + "' is not a network such as 10.0.0.0/8").At("connections.allow"));
    Network network{.bytes = {}, .bits = bits + (width == 32 ? kMappedBits : 0)};
    std::memcpy(network.bytes, address->data(), address->size());
    reach.allow_.push_back(network);
  }
  return reach;
}

bool Reach::Allows(const std::string& text) const {
  const auto address = ParseAddress(text);
  if (!address || IsForbidden(*address)) return false;
  if (!IsLocal(*address)) return true;
  return std::ranges::any_of(allow_,
                             [&](const Network& network) { return Within(*address, network.bytes, network.bits); });
}

Result<std::vector<std::string>> Reach::Resolve(const std::string& host) const {
  MIQ_ASSIGN(const std::vector<std::string> found, Lookup(host));
  std::vector<std::string> allowed;
  for (const std::string& address : found) {
    // One forbidden answer condemns the name: it may be an attempt at rebinding.
    if (!Allows(address))
      return Fail(codes::kConnectionReach, "'" + host + "' is at " + address + ", which this server may not reach");
    if (std::ranges::find(allowed, address) == allowed.end()) allowed.push_back(address);
  }
  if (allowed.empty()) return Fail(codes::kConnUnreachable, "the name '" + host + "' has no address");
  return allowed;
}

}  // namespace migrateiq
