#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstdint>

#include "pipeline/schema/convert.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq {
namespace {

bool IsSeparator(UChar32 c) { return c == ' ' || c == '-' || c == '.' || c == '_'; }

/// A new word begins at `i`: customerId, HTTPServer, preisÄnderung.
bool BeginsWord(const icu::UnicodeString& name, int32_t i) {
  if (i == 0 || u_isupper(name.char32At(i)) == 0) return false;
  const UChar32 before = name.char32At(name.moveIndex32(i, -1));
  const int32_t next = name.moveIndex32(i, 1);
  const bool before_word = next < name.length() && u_islower(name.char32At(next)) != 0;
  return u_islower(before) != 0 || u_isdigit(before) != 0 || (u_isupper(before) != 0 && before_word);
}

/// Letters of any script, the same on every machine.
std::string LowerLetters(icu::UnicodeString name) {
  std::string lower;
  return name.toLower(icu::Locale::getRoot()).toUTF8String(lower);
}

std::string Snake(const icu::UnicodeString& name) {
  icu::UnicodeString snake;
  for (int32_t i = 0; i < name.length(); i = name.moveIndex32(i, 1)) {
    const UChar32 c = name.char32At(i);
    const bool separator = IsSeparator(c);
    const bool after_word = snake.isEmpty() ? separator : !snake.endsWith(u'_');
    if ((separator || BeginsWord(name, i)) && after_word) snake += u'_';
    if (!separator) snake += c;
  }
  return LowerLetters(std::move(snake));
}

/// FNV-1a: stable for ever, because names in the target depend on it.
std::string HashSuffix(std::string_view name) {
  uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  std::string suffix = "_";
  for (int shift = 28; shift >= 0; shift -= 4) suffix += "0123456789abcdef"[(hash >> shift) & 15U];
  return suffix;
}

bool BeginsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// Cuts to at most `bytes` without splitting a UTF-8 character.
std::string Cut(std::string_view name, size_t bytes) {
  while (bytes > 0 && !BeginsCharacter(name[bytes])) --bytes;
  return std::string(name.substr(0, bytes));
}

/// Where the first `characters` end; the size when there are no more.
size_t BytesOf(std::string_view name, size_t characters) {
  size_t count = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    if (BeginsCharacter(name[i]) && count++ == characters) return i;
  }
  return name.size();
}

}  // namespace

std::string ConvertName(std::string_view name, NameCase name_case, int max_bytes) {
  std::string converted(name);
  if (name_case == NameCase::kSnake) converted = Snake(icu::UnicodeString::fromUTF8(name));
  if (name_case == NameCase::kLower) converted = LowerLetters(icu::UnicodeString::fromUTF8(name));
  const auto limit = static_cast<size_t>(max_bytes);
  if (max_bytes <= 0 || converted.size() <= limit) return converted;
  const std::string suffix = HashSuffix(name);
  return Cut(converted, limit > suffix.size() ? limit - suffix.size() : 0) + suffix;
}

std::string ConvertName(std::string_view name, NameCase name_case, const Dialect& to) {
  const int limit = to.max_identifier_bytes();
  if (!to.limits_characters()) return ConvertName(name, name_case, limit);
  const std::string converted = ConvertName(name, name_case, 0);
  const std::string suffix = HashSuffix(name);
  if (BytesOf(converted, static_cast<size_t>(limit)) == converted.size()) return converted;
  return converted.substr(0, BytesOf(converted, static_cast<size_t>(limit) - suffix.size())) + suffix;
}

bool MatchesGlob(std::string_view pattern, std::string_view text) {
  const std::string p = detail::Lower(pattern);
  const std::string t = detail::Lower(text);
  size_t at = 0, in = 0, star = std::string::npos, resume = 0;
  while (in < t.size()) {
    if (at < p.size() && p[at] == '*') {
      star = at++;
      resume = in;
    } else if (at < p.size() && (p[at] == '?' || p[at] == t[in])) {
      ++at, ++in;
    } else if (star != std::string::npos) {
      at = star + 1;
      in = ++resume;
    } else {
      return false;
    }
  }
  while (at < p.size() && p[at] == '*') ++at;
  return at == p.size();
}

}  // namespace migrateiq
