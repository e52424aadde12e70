#include "pipeline/batch/any_value.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include "pipeline/batch/text.hpp"

namespace migrateiq::any {

namespace {

constexpr std::string_view kInfinity = "9e999";
constexpr std::string_view kCastBegin = "CAST(x'";
constexpr std::string_view kCastEnd = "' AS TEXT)";

std::string Tagged(Class type, std::string_view bytes) {
  std::string stored(1, static_cast<char>(type));
  stored += bytes;
  return stored;
}

bool IsPlain(std::string_view text) {
  return text.find('\0') == std::string_view::npos && text::FindInvalidUtf8(text) == std::string_view::npos;
}

std::string Hex(std::string_view begin, std::string_view bytes, std::string_view end) {
  std::string literal(begin);
  text::AppendHex(literal, bytes);
  return literal += end;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<std::string> FromHex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (size_t i = 0; i < hex.size(); i += 2) {
    const int high = HexDigit(hex[i]);
    const int low = HexDigit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

/// What stands between `begin` and `end`.
std::optional<std::string_view> Inside(std::string_view text, std::string_view begin, std::string_view end) {
  if (text.size() < begin.size() + end.size() || !text.starts_with(begin) || !text.ends_with(end)) return std::nullopt;
  return text.substr(begin.size(), text.size() - begin.size() - end.size());
}

std::optional<std::string> Unquoted(std::string_view literal) {
  const auto inside = Inside(literal, "'", "'");
  if (!inside) return std::nullopt;
  std::string text;
  for (size_t i = 0; i < inside->size(); ++i) {
    text += (*inside)[i];
    if ((*inside)[i] != '\'') continue;
    if (++i == inside->size() || (*inside)[i] != '\'') return std::nullopt;
  }
  return text;
}

std::optional<std::string> FromNumber(std::string_view literal) {
  if (literal.empty() || literal.find_first_not_of("+-.0123456789eE") != std::string_view::npos) return std::nullopt;
  if (literal == kInfinity) return OfReal(HUGE_VAL);
  if (literal.starts_with('-') && literal.substr(1) == kInfinity) return OfReal(-HUGE_VAL);
  if (const auto integer = text::ParseInt(literal)) return OfInteger(*integer);
  const auto real = text::ParseDouble(literal);
  return real ? std::optional(OfReal(*real)) : std::nullopt;
}

std::string RealLiteral(std::string_view digits) {
  if (digits == "Infinity") return std::string(kInfinity);
  if (digits == "-Infinity") return "-" + std::string(kInfinity);
  std::string literal(digits);
  if (literal.find_first_of(".e") == std::string::npos) literal += ".0";
  return literal;
}

}  // namespace

std::string OfInteger(int64_t value) { return Tagged(Class::kInteger, std::to_string(value)); }

std::string OfReal(double value) {
  std::string stored(1, static_cast<char>(Class::kReal));
  text::AppendDouble(stored, value);
  return stored;
}

std::string OfText(std::string_view text) { return Tagged(Class::kText, text); }
std::string OfBlob(std::string_view bytes) { return Tagged(Class::kBlob, bytes); }

Value Read(std::string_view stored) {
  if (stored.empty()) return {};
  return {static_cast<Class>(stored.front()), stored.substr(1)};
}

int64_t IntegerOf(const Value& value) { return text::ParseInt(value.bytes).value_or(0); }
double RealOf(const Value& value) { return text::ParseDouble(value.bytes).value_or(0); }

std::string Literal(std::string_view stored) {
  const Value value = Read(stored);
  switch (value.type) {
    case Class::kInteger: return std::string(value.bytes);
    case Class::kReal: return RealLiteral(value.bytes);
    case Class::kBlob: return Hex("x'", value.bytes, "'");
    case Class::kText: break;
  }
  if (!IsPlain(value.bytes)) return Hex(kCastBegin, value.bytes, kCastEnd);
  std::string literal = "'";
  for (const char c : value.bytes) literal.append(c == '\'' ? 2 : 1, c);
  return literal + "'";
}

std::string FromLiteral(std::string_view literal) {
  if (const auto number = FromNumber(literal)) return *number;
  if (const auto text = Unquoted(literal)) return OfText(*text);
  if (const auto hex = Inside(literal, "x'", "'")) {
    if (const auto bytes = FromHex(*hex)) return OfBlob(*bytes);
  }
  if (const auto hex = Inside(literal, kCastBegin, kCastEnd)) {
    if (const auto bytes = FromHex(*hex)) return OfText(*bytes);
  }
  return OfText(literal);
}

}  // namespace migrateiq::any
