#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

/// Check digits. Texts of digits hold digits only, unless said otherwise.
namespace migrateiq::detail::checksum {

inline int Digit(char c) { return c - '0'; }
/// 0 to 9, then A = 10 to Z = 35.
inline int Letter(char c) { return c <= '9' ? c - '0' : c - 'A' + 10; }

bool AllSame(std::string_view text);
bool AllDigits(std::string_view text);
bool AllLetters(std::string_view text);  ///< A to Z
/// The number that the digits spell; at most 18 of them.
int64_t Number(std::string_view digits);

/// Sum of digit times weight over the shorter of both.
int Weighted(std::string_view digits, std::initializer_list<int> weights);

bool Luhn(std::string_view digits);
/// The check digit that makes `digits` + it pass.
int LuhnDigit(std::string_view digits);
/// ISO 7064 mod 11,10 (German and Croatian tax ids).
bool Mod11And10(std::string_view digits);
/// ISO 7064 mod 97 of digits and capitals; the remainder.
int Mod97(std::string_view alnum);
bool Verhoeff(std::string_view digits);
/// EAN-13 and its kin: weights 1 and 3 from the right.
bool Ean(std::string_view digits);

bool IsDate(int year, int month, int day);
/// Two digits each from `at` on, in the order of `order` ("ymd", "dmy"); true when it is a day of some century.
bool HoldsDate(std::string_view digits, size_t at, std::string_view order);

}  // namespace migrateiq::detail::checksum
