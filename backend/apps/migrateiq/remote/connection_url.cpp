#include "apps/migrateiq/remote/connection_url.hpp"

#include <cctype>

#include "pipeline/connector/url.hpp"

namespace migrateiq::cli {

namespace {

constexpr size_t kLongestName = 100;

void AppendEncoded(std::string& out, std::string_view text, std::string_view plain) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool as_it_is = std::isalnum(byte) != 0 || std::string_view("-._~").contains(c) || plain.contains(c);
    if (as_it_is)
      out += c;
    else
      (((out += '%') += kHex[byte >> 4]) += kHex[byte & 15]);
  }
}

/// "a,b" with ports "1,2" is written a:1,b:2.
void AppendHosts(std::string& out, std::string_view hosts, std::string_view ports) {
  const bool several = hosts.contains(',');
  while (true) {
    const size_t host_end = std::min(hosts.find(','), hosts.size()), port_end = std::min(ports.find(','), ports.size());
    const std::string_view host = hosts.substr(0, host_end), port = ports.substr(0, port_end);
    out += host.contains(':') ? "[" + std::string(host) + "]" : std::string(host);
    if (!port.empty()) out += ":" + std::string(port);
    if (!several || host_end == hosts.size()) return;
    out += ',';
    hosts.remove_prefix(host_end + 1);
    ports.remove_prefix(std::min(port_end + 1, ports.size()));
  }
}

/// The parts put together again, every value in its place.
std::string TextOf(const Url& url) {
  std::string text = url.scheme + ":";
  const bool server = !url.host.empty() || !url.user.empty();
  if (server) {
    text += "//";
    AppendEncoded(text, url.user, "");
    if (!url.password.empty()) AppendEncoded(text += ':', url.password, "");
    if (!url.user.empty() || !url.password.empty()) text += '@';
    AppendHosts(text, url.host, url.port);
    if (!url.path.empty()) AppendEncoded(text += '/', url.path, "");
  } else {
    AppendEncoded(text, url.path, "/:*");
  }
  char separator = '?';
  for (const auto& [name, value] : url.parameters) {
    AppendEncoded(text += separator + name + "=", value, "/:,");
    separator = '&';
  }
  return text;
}

std::string LastPart(const std::string& path) {
  const size_t end = path.find_last_not_of('/');
  const size_t slash = path.find_last_of("/:", end);
  return path.substr(slash == std::string::npos ? 0 : slash + 1, end - (slash == std::string::npos ? -1 : slash));
}

}  // namespace

std::string NameOf(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view(" ._").contains(c);
    const bool first = name.empty() && std::isalnum(static_cast<unsigned char>(c)) == 0;
    if (!first && (plain || name.back() != '-')) name += plain ? c : '-';
  }
  name.resize(std::min(name.size(), kLongestName));
  while (!name.empty() && (name.back() == ' ' || name.back() == '-')) name.pop_back();
  return name.empty() ? "plan" : name;
}

Result<ConnectionUrl> ConnectionUrlOf(const std::string& url) {
  MIQ_ASSIGN(const Url parsed, ParseUrl(url, Secrets::kResolve));
  ConnectionUrl out{.text = TextOf(parsed)};
  MIQ_ASSIGN(const Url sent, ParseUrl(out.text, Secrets::kRefuse));
  out.redacted = sent.redacted;
  out.has_secret = !SecretSpans(out.text).empty();
  const std::string where = parsed.host.empty() ? parsed.scheme : parsed.host;
  out.name = NameOf(parsed.path.empty() ? where : LastPart(parsed.path) + (parsed.host.empty() ? " " : " on ") + where);
  return out;
}

}  // namespace migrateiq::cli
