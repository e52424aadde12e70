#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace migrateiq::detail {

/// The next code point of UTF-8 from `at`, which moves past it; a byte that begins none counts
/// as Latin-1.
uint32_t NextCodePoint(std::string_view text, size_t& at);

/// Lower case, Latin letters without their marks ("Straße" -> "strasse", "İzmir" -> "izmir"); other scripts as they
/// are.
std::string Fold(std::string_view text);

/// Chinese, Japanese and Korean writing.
bool IsEastAsian(uint32_t code_point);

/// Letters of any script, as far as names need them.
bool IsLetter(uint32_t code_point);

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
inline bool IsAsciiLetter(char c) { return IsUpper(c) || IsLower(c); }
inline bool IsAlnum(char c) { return IsDigit(c) || IsAsciiLetter(c); }
inline bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
inline char ToLower(char c) { return IsUpper(c) ? static_cast<char>(c + 32) : c; }
inline char ToUpper(char c) { return IsLower(c) ? static_cast<char>(c - 32) : c; }

}  // namespace migrateiq::detail
