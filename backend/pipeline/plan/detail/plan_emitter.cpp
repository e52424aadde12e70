#include "pipeline/plan/detail/plan_emitter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace migrateiq::detail {

namespace {

// Words that some YAML reader or other takes for a value that is no text.
constexpr std::array<std::string_view, 9> kReserved = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};

bool IsReserved(std::string_view text) {
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return std::ranges::any_of(kReserved, [&](std::string_view word) { return std::ranges::equal(text, word, same); });
}

bool IsPlain(std::string_view text) {
  const auto safe = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '.' || c == '/' || c == '-'; };
  return !text.empty() && (std::isalpha(static_cast<unsigned char>(text[0])) || text[0] == '_') &&
         std::ranges::all_of(text, safe) && !IsReserved(text);
}

void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f')
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  else
    out += c;
}

}  // namespace

std::string YamlScalar(std::string_view text) {
  if (IsPlain(text)) return std::string(text);
  std::string out = "\"";
  for (const char c : text) AppendEscaped(out, c);
  return out + '"';
}

std::string YamlList(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ", ";
    out += YamlScalar(text);
  }
  return out + "]";
}

void YamlFlowMap::Raw(std::string_view key, std::string_view value) {
  if (!text_.empty()) text_ += ", ";
  text_.append(key).append(": ").append(value);
}

}  // namespace migrateiq::detail
