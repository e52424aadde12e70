#include "platform/http/detail/target.hpp"

#include <algorithm>

namespace migrateiq::http::detail {
namespace {

constexpr size_t kMaxMembers = 100;

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// How many bytes follow a lead byte; -1 for a byte that cannot lead.
int Continuations(unsigned char lead) {
  if (lead < 0x80) return 0;
  if (lead >= 0xc2 && lead <= 0xdf) return 1;
  if (lead >= 0xe0 && lead <= 0xef) return 2;
  return lead >= 0xf0 && lead <= 0xf4 ? 3 : -1;
}

/// The bounds of the second byte, which keep out overlong forms, surrogates and what is above U+10FFFF.
bool GoodSecond(unsigned char lead, unsigned char second) {
  const unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

/// Folds "//", "/./" and "/../"; nothing when the path leads above the root.
std::optional<std::string> Normalise(std::string_view path) {
  std::string result;
  size_t at = 1;
  while (at <= path.size()) {
    const size_t end = std::min(path.find('/', at), path.size());
    const std::string_view segment = path.substr(at, end - at);
    const bool last = end == path.size();
    at = end + 1;
    if (segment == "..") {
      if (result.empty()) return std::nullopt;
      result.resize(result.rfind('/'));
    } else if (!segment.empty() && segment != ".") {
      (result += '/') += segment;
      continue;
    }
    if (last) result += '/';
  }
  return result.empty() ? "/" : result;
}

bool HasEscapedSlash(std::string_view path) {
  for (size_t at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1)) {
    const std::string_view code = path.substr(at + 1, 2);
    if (code == "2f" || code == "2F" || code == "5c" || code == "5C") return true;
  }
  return path.find('\\') != std::string_view::npos;
}

bool DecodeQuery(std::string_view text, Target& target) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('&'), text.size());
    const std::string_view member = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (member.empty()) continue;
    const size_t equals = std::min(member.find('='), member.size());
    auto name = DecodePercent(member.substr(0, equals), true);
    auto value = DecodePercent(member.substr(std::min(equals + 1, member.size())), true);
    if (!name || !value || target.query.size() == kMaxMembers) return false;
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return true;
}

/// Takes "http://host" off an absolute target.
bool SplitAuthority(std::string_view& text, Target& target) {
  if (text.starts_with('/')) return true;
  const size_t scheme = text.starts_with("http://") ? 7 : text.starts_with("https://") ? 8 : 0;
  if (scheme == 0) return false;
  const size_t end = std::min(text.find_first_of("/?", scheme), text.size());
  target.authority = text.substr(scheme, end - scheme);
  text.remove_prefix(end);
  return !target.authority.empty() && target.authority.find('@') == std::string::npos;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    const int more = Continuations(lead);
    if (more < 0 || at + static_cast<size_t>(more) > text.size()) return false;
    if (more > 0 && !GoodSecond(lead, static_cast<unsigned char>(text[at]))) return false;
    for (int i = 1; i < more; ++i) {
      if ((static_cast<unsigned char>(text[at + static_cast<size_t>(i)]) & 0xc0) != 0x80) return false;
    }
    at += static_cast<size_t>(more);
  }
  return true;
}

std::optional<std::string> DecodePercent(std::string_view text, bool plus_is_space) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      const int high = at + 2 < text.size() ? HexValue(text[at + 1]) : -1;
      const int low = high >= 0 ? HexValue(text[at + 2]) : -1;
      if (low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      at += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (IsControl(c)) return std::nullopt;
    result += c;
  }
  return IsUtf8(result) ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<Target> DecodeTarget(std::string_view text) {
  Target target;
  if (!SplitAuthority(text, target)) return std::nullopt;
  const size_t end = std::min(text.find('?'), text.size());
  const std::string_view path = text.substr(0, end);
  const std::string_view query = text.substr(std::min(end + 1, text.size()));
  if (text.find('#') != std::string_view::npos || HasEscapedSlash(path)) return std::nullopt;
  const auto decoded = DecodePercent(path, false);
  auto normal = decoded ? Normalise(decoded->empty() ? "/" : *decoded) : std::nullopt;
  if (!normal || !DecodeQuery(query, target)) return std::nullopt;
  target.path = std::move(*normal);
  return target;
}

}  // namespace migrateiq::http::detail
