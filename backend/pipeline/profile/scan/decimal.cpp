#include "pipeline/profile/scan/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace migrateiq {

namespace {

constexpr int kMostDigits = 18;
constexpr std::array<double, 19> kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                            1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};

double NearestDouble(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) value = std::numeric_limits<double>::infinity();
  return error == std::errc::result_out_of_range && text.starts_with('-') ? -value : value;
}

struct Parts {
  bool negative = false;
  std::string_view whole, fraction;
};

Parts Split(std::string_view text) {
  Parts parts;
  parts.negative = text.starts_with('-');
  if (parts.negative) text.remove_prefix(1);
  const size_t point = text.find('.');
  parts.whole = text.substr(0, point);
  if (point != std::string_view::npos) parts.fraction = text.substr(point + 1);
  while (!parts.whole.empty() && parts.whole[0] == '0') parts.whole.remove_prefix(1);
  while (!parts.fraction.empty() && parts.fraction.back() == '0') parts.fraction.remove_suffix(1);
  return parts;
}

int Sign(int64_t difference) { return difference < 0 ? -1 : (difference > 0 ? 1 : 0); }

int CompareSizes(const Parts& left, const Parts& right) {
  if (left.whole.size() != right.whole.size()) return left.whole.size() < right.whole.size() ? -1 : 1;
  if (const int order = left.whole.compare(right.whole); order != 0) return Sign(order);
  return Sign(left.fraction.compare(right.fraction));
}

/// 0 for numbers, -1 and 1 for the infinities, 2 for NaN.
int Special(std::string_view text) {
  if (text.empty() || text.back() <= '9') return 0;
  return text == "NaN" ? 2 : (text[0] == '-' ? -1 : 1);
}

}  // namespace

SmallDecimal ReadDecimal(std::string_view text) {
  SmallDecimal decimal;
  const bool negative = !text.empty() && text[0] == '-';
  int digits = 0, scale = 0;
  bool point = false;
  int64_t mantissa = 0;
  for (size_t i = negative ? 1 : 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (letter == '.') {
      point = true;
      continue;
    }
    if (letter < '0' || letter > '9' || digits >= kMostDigits) return {.value = NearestDouble(text)};
    mantissa = mantissa * 10 + (letter - '0');
    digits += mantissa != 0 ? 1 : 0;
    scale += point ? 1 : 0;
  }
  if (scale > kMostDigits) return {.value = NearestDouble(text)};
  while (scale > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    --scale;
  }
  decimal.mantissa = negative ? -mantissa : mantissa;
  decimal.scale = scale;
  decimal.fits = true;
  decimal.value = static_cast<double>(decimal.mantissa) / kPowers[static_cast<size_t>(scale)];
  return decimal;
}

int CompareDecimalTexts(std::string_view left, std::string_view right) {
  const int left_special = Special(left), right_special = Special(right);
  if (left_special != 0 || right_special != 0) return Sign(left_special - right_special);
  const Parts a = Split(left), b = Split(right);
  const bool zero_a = a.whole.empty() && a.fraction.empty(), zero_b = b.whole.empty() && b.fraction.empty();
  const int sign_a = zero_a ? 0 : (a.negative ? -1 : 1), sign_b = zero_b ? 0 : (b.negative ? -1 : 1);
  if (sign_a != sign_b) return Sign(sign_a - sign_b);
  return sign_a < 0 ? -CompareSizes(a, b) : CompareSizes(a, b);
}

}  // namespace migrateiq
