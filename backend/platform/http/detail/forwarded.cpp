#include "platform/http/detail/forwarded.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/errors/server.hpp"
#include "platform/http/detail/head.hpp"
#include "platform/http/detail/text.hpp"

namespace migrateiq::http::detail {
namespace {

constexpr AddressBytes kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};

bool IsMapped(const AddressBytes& address) {
  return std::equal(kMapped.begin(), kMapped.begin() + 12, address.begin());
}

/// Takes a port off: "1.2.3.4:567", "[::1]:80", "[::1]".
std::string_view WithoutPort(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') == std::string_view::npos ? 0 : text.find(']') - 1);
  return std::count(text.begin(), text.end(), ':') == 1 ? text.substr(0, text.find(':')) : text;
}

std::vector<std::string_view> ForwardedFor(const Headers& headers) {
  std::vector<std::string_view> entries;
  for (const auto& [name, value] : headers.all()) {
    if (!SameName(name, "x-forwarded-for")) continue;
    for (std::string_view rest = value; !rest.empty();) entries.push_back(TakeItem(rest));
  }
  return entries;
}

bool ForwardedSecure(const Headers& headers) {
  std::string_view last;
  for (const auto& [name, value] : headers.all()) {
    if (SameName(name, "x-forwarded-proto")) last = value;
  }
  const size_t comma = last.rfind(',');
  return SameName(Trim(comma == std::string_view::npos ? last : last.substr(comma + 1)), "https");
}

bool SameBits(const AddressBytes& a, const AddressBytes& b, int bits) {
  const auto whole = static_cast<size_t>(bits) / 8;
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  if (bits % 8 == 0) return true;
  const int mask = 0xff << (8 - bits % 8) & 0xff;
  return ((a.at(whole) ^ b.at(whole)) & mask) == 0;
}

}  // namespace

std::optional<AddressBytes> ParseAddress(std::string_view text) {
  const std::string copy(text);
  AddressBytes bytes = kMapped;
  if (inet_pton(AF_INET, copy.c_str(), bytes.data() + 12) == 1) return bytes;
  if (inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1) return bytes;
  return std::nullopt;
}

std::string AddressText(const AddressBytes& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (IsMapped(address)) return inet_ntop(AF_INET, address.data() + 12, text.data(), text.size());
  return inet_ntop(AF_INET6, address.data(), text.data(), text.size());
}

AddressBytes NetworkOf(AddressBytes address) {
  if (!IsMapped(address)) std::fill(address.begin() + 8, address.end(), 0);
  return address;
}

Result<TrustedProxies> TrustedProxies::Make(const std::vector<std::string>& cidrs) {
  TrustedProxies proxies;
  for (const std::string& cidr : cidrs) {
    const size_t slash = std::min(cidr.find('/'), cidr.size());
    const auto address = ParseAddress(std::string_view(cidr).substr(0, slash));
    const int offset = address && IsMapped(*address) ? 96 : 0;
    int bits = 128 - offset;
    const char* end = cidr.data() + cidr.size();
    const auto [stop, error] = slash < cidr.size() ? std::from_chars(cidr.data() + slash + 1, end, bits)
                                                   : std::from_chars_result{end, std::errc()};
    if (!address || error != std::errc() || stop != end || bits < 0 || bits > 128 - offset) {
      return Fail(codes::kSettingValue, "server.trusted_proxies: `" + cidr + "` is not an address or network");
    }
    proxies.networks_.push_back({*address, bits + offset});
  }
  return proxies;
}

bool TrustedProxies::Trust(const AddressBytes& address) const {
  return std::any_of(networks_.begin(), networks_.end(),
                     [&](const Network& network) { return SameBits(network.address, address, network.bits); });
}

Client ClientOf(const TrustedProxies& proxies, const std::string& peer, bool tls, const Headers& headers) {
  auto current = ParseAddress(peer);
  if (!current) return {peer, tls};
  if (!proxies.Trust(*current)) return {AddressText(*current), tls};
  const auto entries = ForwardedFor(headers);
  for (auto entry = entries.rbegin(); entry != entries.rend() && proxies.Trust(*current); ++entry) {
    const auto next = ParseAddress(WithoutPort(*entry));
    if (!next) break;
    current = next;
  }
  return {AddressText(*current), tls || ForwardedSecure(headers)};
}

}  // namespace migrateiq::http::detail
