#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace migrateiq::file {

static_assert(std::endian::native == std::endian::little, "the digit tricks below load bytes as little-endian words");

/// Eight characters as a number when all are digits. Reads eight bytes from `text`, of which the first `count` (1..8)
/// belong to it.
inline bool EightDigits(const char* text, size_t count, uint64_t& value) {
  uint64_t word;
  std::memcpy(&word, text, 8);
  if (count < 8) word = (word << (64 - 8 * count)) | (0x3030303030303030ULL >> (8 * count));
  const uint64_t high = (word & 0xF0F0F0F0F0F0F0F0ULL) ^ 0x3030303030303030ULL;
  const uint64_t carry = ((word + 0x0606060606060606ULL) & 0xF0F0F0F0F0F0F0F0ULL) ^ 0x3030303030303030ULL;
  if ((high | carry) != 0) return false;
  word = (word & 0x0F0F0F0F0F0F0F0FULL) * 2561 >> 8;
  word = (word & 0x00FF00FF00FF00FFULL) * 6553601 >> 16;
  value = (word & 0x0000FFFF0000FFFFULL) * 42949672960001ULL >> 32;
  return true;
}

/// 1 to 18 digits; at least eight bytes behind `text` must be readable.
inline bool Digits(const char* text, size_t count, uint64_t& value) {
  value = 0;
  while (count > 0) {
    const size_t take = count % 8 == 0 ? 8 : count % 8;
    uint64_t part;
    if (!EightDigits(text, take, part)) return false;
    value = value * 100000000ULL + part;
    text += take;
    count -= take;
  }
  return true;
}

/// A plain integer: '-'? digits, up to 18, no leading zero, not "-0".
inline bool PlainInteger(std::string_view text, int64_t& value) {
  const bool negative = !text.empty() && text[0] == '-';
  const char* digits = text.data() + (negative ? 1 : 0);
  const size_t count = text.size() - (negative ? 1 : 0);
  if (count == 0 || count > 18) return false;
  if (digits[0] == '0' && (count > 1 || negative)) return false;
  uint64_t magnitude;
  if (!Digits(digits, count, magnitude)) return false;
  value = negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude);
  return true;
}

/// How many integer digits a plain decimal with exactly `scale` (at least 1) digits behind its point has; 0 when the
/// text is another: '-'? digits '.' digits, up to 16 digits on each side, no leading zero but one, not "-0". At least
/// eight bytes behind the text must be readable.
inline int PlainDecimal(std::string_view text, size_t scale) {
  const size_t negative = !text.empty() && text[0] == '-' ? 1 : 0;
  if (text.size() < negative + scale + 2 || scale > 16) return 0;
  const char* digits = text.data() + negative;
  const size_t count = text.size() - negative - scale - 1;
  if (digits[count] != '.' || count > 16 || (digits[0] == '0' && (count > 1 || negative != 0))) return 0;
  uint64_t value;
  return Digits(digits, count, value) && Digits(digits + count + 1, scale, value) ? static_cast<int>(count) : 0;
}

/// The parts of a number as JSON and CSV write it.
struct NumberShape {
  bool valid = false;
  bool negative = false;
  bool point = false;
  bool exponent = false;
  bool zero = true;           ///< every digit of the mantissa is 0
  bool leading_zero = false;  ///< "007"
  int integer_digits = 0;
  int fraction_digits = 0;
};

/// '-'? digits ('.' digits)? ([eE] [+-]? digits)?, the integer digits may be missing before a point.
inline NumberShape ShapeOf(std::string_view text) {
  NumberShape shape;
  const char* at = text.data();
  const char* const end = at + text.size();
  if (at < end && *at == '-') shape.negative = true, ++at;
  const char* const first = at;
  for (; at < end && *at >= '0' && *at <= '9'; ++at) shape.zero &= *at == '0';
  shape.integer_digits = static_cast<int>(at - first);
  shape.leading_zero = shape.integer_digits > 1 && *first == '0';
  if (at < end && *at == '.') {
    shape.point = true;
    const char* const fraction = ++at;
    for (; at < end && *at >= '0' && *at <= '9'; ++at) shape.zero &= *at == '0';
    shape.fraction_digits = static_cast<int>(at - fraction);
    if (shape.fraction_digits == 0) return shape;
  }
  if (shape.integer_digits + shape.fraction_digits == 0) return shape;
  if (at < end && (*at == 'e' || *at == 'E')) {
    shape.exponent = true;
    if (++at < end && (*at == '+' || *at == '-')) ++at;
    const char* const digits = at;
    while (at < end && *at >= '0' && *at <= '9') ++at;
    if (at == digits) return shape;
  }
  shape.valid = at == end;
  return shape;
}

}  // namespace migrateiq::file
