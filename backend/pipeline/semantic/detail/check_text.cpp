// What stands in longer texts, and phone numbers.
#include <algorithm>
#include <array>
#include <utility>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/free_text.hpp"

namespace migrateiq::detail::check {

using namespace checksum;

namespace {

bool IsTag(std::string_view text, std::string_view tag) {
  return text.contains("<" + std::string(tag) + ">") || text.contains("<" + std::string(tag) + " ") ||
         text.contains("<" + std::string(tag) + "/>");
}

/// Quotes closed, brackets in balance.
bool Balances(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted) {
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (depth < 0) return false;
    }
  }
  return depth == 0 && !quoted;
}

/// Groups of digits as they are written: "(030) 123-4567" is 3, 3, 4.
std::string Groups(std::string_view text) {
  std::string groups;
  char length = '0';
  for (const char c : text) {
    if (IsDigit(c))
      length = length < '9' + 6 ? static_cast<char>(length + 1) : length;
    else if (length > '0')
      groups += std::exchange(length, '0');
  }
  if (length > '0') groups += length;
  return groups;
}

std::string_view WithoutExtension(std::string_view text) {
  for (const std::string_view mark : {" x", "x", " ext", " Ext"}) {
    const size_t at = text.rfind(mark);
    if (at != std::string_view::npos && at > 6) return text.substr(0, at);
  }
  return text;
}

}  // namespace

Fit Phone(const Value& value) {
  const std::string_view t = WithoutExtension(value.text);
  const auto plain = [](char c) { return IsDigit(c) || std::string_view(" +-./()").contains(c); };
  if (!std::ranges::all_of(t, plain) || value.digits < 6 || value.digits > 18 || value.Has(kComma | kColon))
    return Fit::kNo;
  if (t[0] == '+')
    return StrongOrNo(value.digits >= 7 && value.digits <= 16 && t.find('+', 1) == std::string_view::npos);
  if (Date(value) != Fit::kNo || t.find('+') != std::string_view::npos || std::ranges::count(t, '.') > 4)
    return Fit::kNo;
  const std::string groups = Groups(t);
  if (groups.size() > 6) return Fit::kNo;
  if (t[0] == '(') return StrongOrNo(groups.size() >= 2 && value.digits >= 7);
  const bool american = (groups == "334" || groups == "1334") && t[0] != '0';
  const bool national =
      t[0] == '0' && groups.size() >= 2 && t.find('.') != 1 && value.digits >= 8 && groups != "54" && t[1] != ' ';
  const bool local = groups.size() >= 3 && groups != "324" && groups != "333" && value.digits >= 9 &&
                     !t.contains('.') && groups[0] <= '3';
  if (groups.size() > 1) return american || national ? Fit::kStrong : WeakIf(local || value.digits >= 7);
  return WeakIf(value.digits >= 7 && value.digits <= 15 && value.Only(kDigits));
}

Fit Json(const Value& value) {
  const std::string_view t = value.text;
  const bool object = t.front() == '{' && t.back() == '}' && (t.contains(':') || t.size() == 2);
  const bool array =
      t.front() == '[' && t.back() == ']' && (t.size() == 2 || std::string_view("\"{[0123456789-tfn").contains(t[1]));
  if (!(object || array) || !Balances(t)) return Fit::kNo;
  return object && t.size() > 2 ? StrongOrNo(t[1] == '"' || t[1] == ' ' || t[1] == '\n')
                                : StrongIf(t.size() > 2 && (t.contains('"') || t.contains(',') || IsDigit(t[1])));
}

Fit Html(const Value& value) {
  if (!value.Has(kAngle)) return Fit::kNo;
  constexpr std::array<std::string_view, 20> kTags = {"html", "body", "div",    "p",  "span", "a",   "br",
                                                      "b",    "i",    "strong", "em", "ul",   "li",  "table",
                                                      "td",   "h1",   "h2",     "h3", "img",  "font"};
  if (value.text.starts_with("<?xml")) return Fit::kNo;
  return StrongOrNo(value.text.starts_with("<!DOCTYPE html") ||
                    std::ranges::any_of(kTags, [&](std::string_view tag) { return IsTag(value.text, tag); }));
}

Fit Xml(const Value& value) {
  const std::string_view t = value.text;
  if (t.front() != '<' || t.back() != '>' || t.size() < 7 || Html(value) == Fit::kStrong) return Fit::kNo;
  return StrongOrNo(t.starts_with("<?xml") ||
                    ((IsAsciiLetter(t[1]) || t[1] == '_') && (t.contains("</") || t.contains("/>"))));
}

Fit Base64(const Value& value) {
  std::string_view t = value.text;
  if (t.size() % 4 != 0 || t.size() < 16 || !value.Has(kUpper) || !value.Has(kLower) || value.digits == 0)
    return Fit::kNo;
  while (t.size() > value.text.size() - 2 && t.back() == '=') t.remove_suffix(1);
  const bool letters = std::ranges::all_of(t, [](char c) { return IsAlnum(c) || c == '+' || c == '/'; });
  return letters
             ? StrongIf(t.size() < value.text.size() || (value.Has(kPlus | kSlash) && t.size() >= 20) || t.size() >= 64)
             : Fit::kNo;
}

Fit FreeTextPii(const Value& value) { return IsProse(value.text) ? StrongIf(!FindPersonal(value).empty()) : Fit::kNo; }

}  // namespace migrateiq::detail::check
