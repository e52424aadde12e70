#include "connectors/file/json_text.hpp"

#include <cstdint>
#include <cstring>

namespace migrateiq::file {

namespace {

constexpr int kMostLevels = 1000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

uint32_t FourHex(const char* at) {
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 4 | static_cast<uint32_t>(HexDigit(at[i]));
  return value;
}

char* PutUtf8(uint32_t point, char* out) {
  if (point < 0x80) {
    *out++ = static_cast<char>(point);
    return out;
  }
  if (point < 0x800) {
    *out++ = static_cast<char>(0xC0 | point >> 6);
  } else {
    if (point >= 0x10000) *out++ = static_cast<char>(0xF0 | point >> 18);
    *out++ = static_cast<char>(point >= 0x10000 ? 0x80 | (point >> 12 & 63) : 0xE0 | point >> 12);
    *out++ = static_cast<char>(0x80 | (point >> 6 & 63));
  }
  *out++ = static_cast<char>(0x80 | (point & 63));
  return out;
}

char Unescaped(char c) {
  switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c;
  }
}

/// `at` stands behind "\u"; moved behind the digits (and behind the second half of a pair).
char* DecodeUnicode(const char*& at, const char* end, char* out) {
  uint32_t point = FourHex(at);
  at += 4;
  const bool pair = point >= 0xD800 && point <= 0xDBFF && end - at >= 6 && at[0] == '\\' && at[1] == 'u';
  if (pair) {
    const uint32_t low = FourHex(at + 2);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    }
  }
  return PutUtf8(point, out);
}

}  // namespace

const char* JsonText::SkipBlanks(const char* at) const {
  while (at < end_ && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) ++at;
  return at;
}

const char* JsonText::SkipEscape(const char* at) const {
  if (at >= end_) return nullptr;
  if (*at != 'u') return std::strchr("\"\\/bfnrt", *at) != nullptr && *at != 0 ? at + 1 : nullptr;
  if (end_ - at < 5) return nullptr;
  for (int i = 1; i <= 4; ++i) {
    if (HexDigit(at[i]) < 0) return nullptr;
  }
  return at + 5;
}

const char* JsonText::SkipString(const char* at, bool& escaped) const {
  for (++at; at < end_; ++at) {
    const auto c = static_cast<unsigned char>(*at);
    if (c == '"') return at + 1;
    if (c < 0x20) return nullptr;
    if (c != '\\') continue;
    escaped = true;
    at = SkipEscape(at + 1);
    if (at == nullptr) return nullptr;
    --at;
  }
  return nullptr;
}

const char* JsonText::SkipWord(const char* at, std::string_view word) const {
  const bool there = static_cast<size_t>(end_ - at) >= word.size() && std::memcmp(at, word.data(), word.size()) == 0;
  return there ? at + word.size() : nullptr;
}

const char* JsonText::SkipNumber(const char* at) const {
  if (at < end_ && *at == '-') ++at;
  if (at >= end_ || !IsDigit(*at)) return nullptr;
  if (*at == '0')
    ++at;
  else
    while (at < end_ && IsDigit(*at)) ++at;
  if (at < end_ && *at == '.') {
    if (++at >= end_ || !IsDigit(*at)) return nullptr;
    while (at < end_ && IsDigit(*at)) ++at;
  }
  if (at < end_ && (*at == 'e' || *at == 'E')) {
    if (++at < end_ && (*at == '+' || *at == '-')) ++at;
    if (at >= end_ || !IsDigit(*at)) return nullptr;
    while (at < end_ && IsDigit(*at)) ++at;
  }
  return at;
}

const char* JsonText::SkipContainer(const char* at, char close, bool keyed, int depth) const {
  if (depth >= kMostLevels) return nullptr;
  at = SkipBlanks(at + 1);
  if (at < end_ && *at == close) return at + 1;
  for (;;) {
    if (keyed) {
      bool escaped = false;
      if (at >= end_ || *at != '"' || (at = SkipString(at, escaped)) == nullptr) return nullptr;
      at = SkipBlanks(at);
      if (at >= end_ || *at != ':') return nullptr;
      at = SkipBlanks(at + 1);
    }
    at = SkipValue(at, depth + 1);
    if (at == nullptr) return nullptr;
    at = SkipBlanks(at);
    if (at >= end_) return nullptr;
    if (*at == close) return at + 1;
    if (*at != ',') return nullptr;
    at = SkipBlanks(at + 1);
  }
}

const char* JsonText::SkipValue(const char* at, int depth) const {
  if (at >= end_) return nullptr;
  bool escaped = false;
  switch (*at) {
    case '"': return SkipString(at, escaped);
    case '{': return SkipContainer(at, '}', true, depth);
    case '[': return SkipContainer(at, ']', false, depth);
    case 't': return SkipWord(at, "true");
    case 'f': return SkipWord(at, "false");
    case 'n': return SkipWord(at, "null");
    default: return SkipNumber(at);
  }
}

size_t DecodeJsonString(std::string_view text, char* out) {
  const char* at = text.data();
  const char* const end = at + text.size();
  char* to = out;
  while (at < end) {
    if (*at != '\\') {
      *to++ = *at++;
    } else if (at[1] != 'u') {
      *to++ = Unescaped(at[1]);
      at += 2;
    } else {
      at += 2;
      to = DecodeUnicode(at, end, to);
    }
  }
  return static_cast<size_t>(to - out);
}

}  // namespace migrateiq::file
