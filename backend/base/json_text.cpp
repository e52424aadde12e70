#include "base/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

namespace migrateiq {

namespace {

namespace json = boost::json;

bool IsContinuation(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

/// Length of the well-formed UTF-8 character at `at`, 0 when it is none.
size_t CharacterLength(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return 1;
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  for (size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text, at + i)) return 0;
  }
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool outside = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
  return overlong || outside ? 0 : length;
}

void AppendAscii(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  if (static_cast<unsigned char>(c) < 0x20)
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  else
    out += c;
}

/// How many bytes at `at` are written as they are: ASCII without quotes, backslashes and control characters.
size_t PlainLength(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size()) {
    const auto byte = static_cast<unsigned char>(text[end]);
    if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') break;
    ++end;
  }
  return end - at;
}

/// The character at `at`, which needs an escape or has several bytes; its length.
size_t AppendCharacter(std::string& out, std::string_view text, size_t at) {
  const size_t length = CharacterLength(text, at);
  if (length == 0)
    out += fmt::format("\\\\x{:02x}", static_cast<unsigned char>(text[at]));
  else if (length == 1)
    AppendAscii(out, text[at]);
  else
    out += text.substr(at, length);
  return std::max<size_t>(1, length);
}

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (size_t at = 0; at < text.size();) {
    const size_t plain = PlainLength(text, at);
    out.append(text, at, plain);
    at += plain;
    if (at < text.size()) at += AppendCharacter(out, text, at);
  }
  out += '"';
}

void Append(std::string& out, const json::value& value);

void AppendArray(std::string& out, const json::array& items) {
  out += '[';
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ", ";
    Append(out, items[i]);
  }
  out += ']';
}

void AppendObject(std::string& out, const json::object& members) {
  out += '{';
  bool first = true;
  for (const auto& member : members) {
    if (!first) out += ", ";
    first = false;
    AppendQuoted(out, member.key());
    out += ": ";
    Append(out, member.value());
  }
  out += '}';
}

void Append(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: out += "null"; return;
    case json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case json::kind::int64: out += fmt::format("{}", value.get_int64()); return;
    case json::kind::uint64: out += fmt::format("{}", value.get_uint64()); return;
    case json::kind::double_:
      out += std::isfinite(value.get_double()) ? fmt::format("{}", value.get_double()) : "null";
      return;
    case json::kind::string: AppendQuoted(out, value.get_string()); return;
    case json::kind::array: AppendArray(out, value.get_array()); return;
    case json::kind::object: AppendObject(out, value.get_object()); return;
  }
}

}  // namespace

std::string JsonText(const boost::json::value& value) {
  std::string out;
  Append(out, value);
  return out;
}

void AppendJson(std::string& out, const json::value& value) { Append(out, value); }

void AppendJsonQuoted(std::string& out, std::string_view text) { AppendQuoted(out, text); }

std::string JsonQuoted(std::string_view text) {
  std::string out;
  AppendQuoted(out, text);
  return out;
}

}  // namespace migrateiq
