#include "pipeline/assess/html/markup.hpp"

#include <fmt/format.h>

#include <cassert>

#include "pipeline/batch/text.hpp"

namespace migrateiq::html {

namespace {

/// U+2400 and on, the pictures of the control characters; DEL has its own.
void AppendControl(std::string& out, unsigned char c) {
  const unsigned picture = c == 0x7f ? 0x2421 : 0x2400 + c;
  out += static_cast<char>(0xE2);
  out += static_cast<char>(0x80 | ((picture >> 6) & 0x3F));
  out += static_cast<char>(0x80 | (picture & 0x3F));
}

void AppendAscii(std::string& out, char c) {
  switch (c) {
    case '&': out += "&amp;"; return;
    case '<': out += "&lt;"; return;
    case '>': out += "&gt;"; return;
    case '"': out += "&quot;"; return;
    case '\'': out += "&#39;"; return;
    case '\n': out += '\n'; return;
    case '\t': out += '\t'; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || byte == 0x7f)
    AppendControl(out, byte);
  else
    out += c;
}

/// C1 control characters and the two code points that HTML forbids are no text either.
bool IsForbidden(std::string_view text, size_t at) {
  const std::string_view two = text.substr(at, 2), three = text.substr(at, 3);
  return (two.size() == 2 && two[0] == '\xC2' && static_cast<unsigned char>(two[1]) < 0xA0) ||
         three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF";
}

void AppendValid(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      AppendAscii(out, text[at]);
    } else if (IsForbidden(text, at)) {
      out += "\xEF\xBF\xBD";
      at += text[at] == '\xC2' ? 1 : 2;
    } else {
      out += text[at];
    }
  }
}

constexpr size_t kShortName = 12;

bool HasNoValue(std::string_view name) { return name == "open" || name == "checked" || name == "hidden"; }

bool IsLeftOut(std::string_view name, std::string_view value) {
  return value.empty() && name != "value" && name != "alt" && !HasNoValue(name);
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const size_t bad = text::FindInvalidUtf8(text);
    AppendValid(out, text.substr(0, bad));
    if (bad >= text.size()) break;
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[bad]));
    text.remove_prefix(bad + 1);
  }
  return out;
}

void Markup::Tag(std::string_view tag, Attributes attributes, std::string_view end) {
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    if (IsLeftOut(name, value)) continue;
    out_ += ' ';
    out_ += name;
    if (!HasNoValue(name)) out_ += "=\"" + Escape(value) + "\"";
  }
  out_ += end;
}

Markup& Markup::Open(std::string_view tag, Attributes attributes) {
  Tag(tag, attributes, ">");
  open_.emplace_back(tag);
  return *this;
}

Markup& Markup::Close() {
  assert(!open_.empty());
  out_ += "</" + open_.back() + ">";
  open_.pop_back();
  return *this;
}

Markup::Scope Markup::In(std::string_view tag, Attributes attributes) {
  Open(tag, attributes);
  return Scope(*this);
}

Markup& Markup::Text(std::string_view text) {
  out_ += Escape(text);
  return *this;
}

Markup& Markup::Element(std::string_view tag, std::string_view text, Attributes attributes) {
  return Open(tag, attributes).Text(text).Close();
}

Markup& Markup::Void(std::string_view tag, Attributes attributes) {
  Tag(tag, attributes, "/>");
  return *this;
}

/// Long names may be broken after a point or underscore, before they are broken anywhere.
Markup& Markup::Name(std::string_view name) {
  Open("bdi", {{"class", "name"}});
  while (name.size() > kShortName) {
    const size_t at = name.find_first_of("._", 1);
    if (at >= name.size() - 1) break;
    Text(name.substr(0, at + 1)).Void("wbr");
    name.remove_prefix(at + 1);
  }
  return Text(name).Close();
}

Markup& Markup::Heading(int level, std::string_view text, std::string_view id) {
  return Element("h" + std::to_string(level), text, {{"id", id}});
}

Markup& Markup::Prose(std::string_view text) {
  bool code = false;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('`', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    if (code)
      Element("code", part);
    else
      Text(part);
    code = !code;
    at = end + 1;
  }
  return *this;
}

Markup& Markup::Raw(std::string_view trusted) {
  out_ += trusted;
  return *this;
}

}  // namespace migrateiq::html
