#include "apps/migrateiq/remote/server_address.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "base/errors/run.hpp"

namespace migrateiq::cli {

namespace {

constexpr std::string_view kPlain = "http://", kSecure = "https://";

std::unexpected<Error> Bad(const std::string& why) {
  return Fail(Error(codes::kUsage, "--server: " + why)
                  .Fix("Write it as https://HOST[:PORT], or http://127.0.0.1:8080 for a server on this machine."));
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

void RemoveEnd(std::string& text, std::string_view end) {
  if (text.ends_with(end)) text.resize(text.size() - end.size());
}

std::string HostOf(const std::string& address) {
  const size_t begin = address.find("://") + 3;
  const std::string authority = address.substr(begin, address.find('/', begin) - begin);
  if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace

Result<std::string> NormalAddress(const std::string& text) {
  const size_t slashes = text.find("://");
  if (slashes == std::string::npos) return Bad("'" + text + "' has no scheme");
  const size_t path = std::min(text.find('/', slashes + 3), text.size());
  std::string address = Lower(text.substr(0, path));
  if (!address.starts_with(kPlain) && !address.starts_with(kSecure)) return Bad("the scheme is neither http nor https");
  if (address.contains('@')) return Bad("no user and no password belong there; `migrateiq login` asks for them");
  if (text.find_first_of("?# \t\r\n") != std::string::npos) return Bad("no parameters and no blanks belong there");
  RemoveEnd(address, address.starts_with(kPlain) ? ":80" : ":443");
  address += text.substr(path);
  while (address.ends_with('/')) address.pop_back();
  if (HostOf(address + "/").empty() || address.size() <= kPlain.size()) return Bad("there is no host in it");
  return address;
}

bool IsOpenToReaders(const std::string& address) {
  const std::string host = HostOf(address);
  return address.starts_with(kPlain) && host != "localhost" && host != "::1" && !host.starts_with("127.");
}

}  // namespace migrateiq::cli
