#include "modules/projects/connections/url_text.hpp"

#include <fmt/format.h>

#include <cctype>

namespace migrateiq::projects {

namespace {

std::string Encode(std::string_view text, std::string_view plain) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").contains(c) || plain.contains(c))
      out += c;
    else
      out += fmt::format("%{:02X}", byte);
  }
  return out;
}

std::string Authority(const Url& url) {
  std::string out = Encode(url.user, "");
  if (!url.password.empty()) out += ":" + Encode(url.password, "");
  if (!out.empty()) out += '@';
  const std::vector<std::string> hosts = SplitList(url.host), ports = SplitList(url.port);
  for (size_t i = 0; i < hosts.size(); ++i) {
    if (i > 0) out += ',';
    out += hosts[i].contains(':') ? "[" + hosts[i] + "]" : hosts[i];
    const std::string port = ports.empty() ? "" : ports[std::min(i, ports.size() - 1)];
    if (!port.empty()) out += ":" + port;
  }
  return out;
}

bool IsServer(const Url& url) { return !url.host.empty() || !url.user.empty(); }

}  // namespace

std::vector<std::string> SplitList(const std::string& text) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  size_t from = 0;
  for (size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', from)) {
    parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  parts.push_back(text.substr(from));
  return parts;
}

std::string UrlText(const Url& url) {
  std::string out = url.scheme + ":";
  if (IsServer(url)) {
    out += "//" + Authority(url);
    if (!url.path.empty()) out += "/" + Encode(url.path, "");
  } else {
    out += Encode(url.path, "/:");
  }
  char separator = '?';
  for (const auto& [name, value] : url.parameters) {
    out += separator + name + "=" + Encode(value, "/:,");
    separator = '&';
  }
  return out;
}

std::string Scrub(std::string text, const Url& url) {
  std::vector<std::string> secrets = {url.password};
  for (const auto& [name, value] : url.parameters) {
    if (url.redacted.contains(name + "=***")) secrets.push_back(value);
  }
  for (const std::string& secret : secrets) {
    if (secret.size() < 4) continue;
    for (size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
      text.replace(at, secret.size(), "***");
  }
  return text;
}

}  // namespace migrateiq::projects
