#include "connectors/mysql/mysql_address.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <cctype>

#include "base/errors/server.hpp"

namespace migrateiq::mysql {

namespace {

std::vector<std::string> Addresses(const Url& url) {
  std::vector<std::string> addresses;
  std::string text = url.Parameter("hostaddr");
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) addresses.push_back(text.substr(0, comma));
    text.erase(0, comma + 1);
  }
  return addresses;
}

/// IPv4 also when it came over an IPv6 socket.
std::string PeerOf(MYSQL* mysql) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (getpeername(static_cast<int>(mysql_get_socket(mysql)), reinterpret_cast<sockaddr*>(&peer), &size) != 0) return "";
  char text[INET6_ADDRSTRLEN] = "";
  if (peer.ss_family == AF_INET)
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(&peer)->sin_addr, text, sizeof text);
  if (peer.ss_family == AF_INET6)
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_addr, text, sizeof text);
  const std::string address = text;
  return address.starts_with("::ffff:") ? address.substr(7) : address;
}

}  // namespace

std::string SslMode(const Url& url) {
  std::string mode = url.Parameter("ssl-mode", "preferred");
  std::ranges::transform(mode, mode.begin(), [](unsigned char c) { return c == '-' ? '_' : std::tolower(c); });
  return mode;
}

bool VerifiesName(const Url& url) {
  const std::string mode = SslMode(url);
  return mode == "verify_ca" || mode == "verify_identity" || mode == "verify_full";
}

std::vector<std::string> HostsToTry(const Url& url) {
  if (!url.Parameter("socket").empty()) return {"localhost"};
  std::vector<std::string> addresses = Addresses(url);
  if (!addresses.empty() && !VerifiesName(url)) return addresses;
  return {url.host.empty() ? "localhost" : url.host};
}

Status CheckPeer(MYSQL* mysql, const Url& url) {
  const std::vector<std::string> addresses = Addresses(url);
  if (addresses.empty()) return {};
  if (std::ranges::find(addresses, PeerOf(mysql)) != addresses.end()) return {};
  return Fail(codes::kConnectionReach, "the name '" + url.host + "' now leads to an address that was not checked");
}

}  // namespace migrateiq::mysql
