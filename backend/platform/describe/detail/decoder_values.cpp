#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json/string.hpp>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/nearest.hpp"
#include "platform/describe/detail/decoder.hpp"
#include "platform/describe/detail/utf8.hpp"

namespace migrateiq::detail {

namespace {

namespace json = boost::json;

std::optional<std::string_view> AsText(const json::value& value) {
  const json::string* text = value.if_string();
  if (text == nullptr) return std::nullopt;
  return std::string_view(text->data(), text->size());
}

/// The text of a query member that stands for a value of another type.
std::optional<std::string_view> WrittenText(const Decoder& decoder, const json::value& value) {
  return decoder.from_text() ? AsText(value) : std::nullopt;
}

template <class T>
std::optional<T> Parsed(std::string_view text) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<int64_t> WholeNumber(const Decoder& decoder, const json::value& value) {
  if (const auto text = WrittenText(decoder, value)) return Parsed<int64_t>(*text);
  if (value.is_int64()) return value.get_int64();
  return std::nullopt;
}

bool IsLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool IsSlug(std::string_view text) {
  if (text.empty() || text.size() > 63 || text.front() < 'a' || text.front() > 'z' || text.back() == '-') return false;
  if (text.find("--") != text.npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return IsLowerOrDigit(c) || c == '-'; });
}

bool IsDomain(std::string_view domain) {
  if (domain.empty() || domain.front() == '.' || domain.back() == '.' || domain.find("..") != domain.npos) return false;
  return std::all_of(domain.begin(), domain.end(), [](char c) {
    return IsLowerOrDigit(c) || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool IsLocalPart(std::string_view part) {
  constexpr std::string_view kForbidden = " \t\n()<>[]:;,\\\"";
  return !part.empty() && part.size() <= 64 && part.find_first_of(kForbidden) == part.npos;
}

bool IsEmail(std::string_view text) {
  const size_t at = text.find('@');
  if (at == text.npos || text.size() > 254 || text.find('@', at + 1) != text.npos) return false;
  return IsLocalPart(text.substr(0, at)) && IsDomain(text.substr(at + 1));
}

std::string InLowerCase(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string LengthMessage(size_t least, size_t most, size_t count) {
  if (least == 1 && count == 0) return "may not be empty";
  return fmt::format("must have {} to {} characters, not {}", least, most, count);
}

}  // namespace

void TakeBoolean(Decoder& decoder, const json::value& value, bool& out) {
  const auto text = WrittenText(decoder, value);
  if (value.is_bool())
    out = value.get_bool();
  else if (text == "true" || text == "false")
    out = text == "true";
  else
    decoder.Fault("must be true or false");
}

void TakeInteger(Decoder& decoder, const json::value& value, int64_t least, int64_t most, int64_t& out) {
  const auto number = WholeNumber(decoder, value);
  if (!number && !value.is_uint64()) return decoder.Fault("must be a whole number");
  if (!number || *number < least || *number > most)
    return decoder.Fault(fmt::format("must be from {} to {}", least, most));
  out = *number;
}

void TakeReal(Decoder& decoder, const json::value& value, double& out) {
  std::optional<double> number;
  if (const auto text = WrittenText(decoder, value))
    number = Parsed<double>(*text);
  else if (value.is_number())
    number = value.to_number<double>();
  if (!number || !std::isfinite(*number)) return decoder.Fault("must be a number");
  out = *number;
}

void TakeMoment(Decoder& decoder, const json::value& value, Moment& out) {
  const auto text = AsText(value);
  const auto time = text ? ParseTime(*text) : std::nullopt;
  if (!time) return decoder.Fault("must be a time as in RFC 3339, such as 2026-11-22T08:30:00Z");
  out.micros = *time;
}

size_t TakeWord(Decoder& decoder, const json::value& value, std::span<const std::string_view> words) {
  const auto text = AsText(value);
  const auto found = text ? std::find(words.begin(), words.end(), *text) : words.end();
  if (found == words.end()) {
    const std::vector<std::string> names(words.begin(), words.end());
    decoder.Fault(fmt::format("must be one of {}{}", fmt::join(words, ", "),
                              text && text->size() <= 64 ? DidYouMean(*text, names) : ""));
  }
  return static_cast<size_t>(found - words.begin());
}

void TakeString(Decoder& decoder, const json::value& value, size_t most_bytes, std::string& out) {
  const auto text = AsText(value);
  if (!text) return decoder.Fault("must be a text");
  if (text->size() > most_bytes) return decoder.Fault(fmt::format("must have at most {} bytes", most_bytes));
  if (!CountCharacters(*text)) return decoder.Fault("must be valid UTF-8");
  if (text->find('\0') != text->npos) return decoder.Fault("may not hold the character U+0000");
  out = *text;
}

void TakeText(Decoder& decoder, const json::value& value, size_t least, size_t most, std::string& out) {
  const auto text = AsText(value);
  if (!text) return decoder.Fault("must be a text");
  const auto count = CountCharacters(*text);
  if (!count) return decoder.Fault("must be valid UTF-8");
  if (*count < least || *count > most) return decoder.Fault(LengthMessage(least, most, *count));
  if (HasControlCharacter(*text)) return decoder.Fault("may not hold control characters");
  out = *text;
}

void TakeEmail(Decoder& decoder, const json::value& value, std::string& out) {
  std::string text;
  TakeText(decoder, value, 0, 254, text);
  text = InLowerCase(std::move(text));
  if (!IsEmail(text)) return decoder.Fault("must be an e-mail address");
  out = std::move(text);
}

void TakeSlug(Decoder& decoder, const json::value& value, std::string& out) {
  const auto text = AsText(value);
  if (!text || !IsSlug(*text))
    return decoder.Fault("must be 1 to 63 lower-case letters, digits and single hyphens, beginning with a letter");
  out = *text;
}

}  // namespace migrateiq::detail
