#include <cstdint>

#include "pipeline/schema/convert.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq {
namespace {

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool IsSeparator(char c) { return c == ' ' || c == '-' || c == '.' || c == '_'; }

/// A new word begins at `i`: customerId, HTTPServer.
bool BeginsWord(std::string_view name, size_t i) {
  if (i == 0 || !IsUpper(name[i])) return false;
  const bool before_word = i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
  return IsLowerOrDigit(name[i - 1]) || (IsUpper(name[i - 1]) && before_word);
}

std::string Snake(std::string_view name) {
  std::string snake;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool separator = IsSeparator(name[i]);
    if ((separator || BeginsWord(name, i)) && (snake.empty() ? separator : snake.back() != '_')) snake += '_';
    if (!separator) snake += name[i];
  }
  return detail::Lower(snake);
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
  if (name_case == NameCase::kSnake) converted = Snake(name);
  if (name_case == NameCase::kLower) converted = detail::Lower(name);
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
