#pragma once

#include <cstdint>
#include <string_view>

namespace migrateiq {

/// A decimal in Column form as mantissa / 10^scale without trailing zeros after the point.
struct SmallDecimal {
  int64_t mantissa = 0;
  int scale = 0;
  bool fits = false;  ///< it has at most 18 significant digits and is no NaN or infinity
  double value = 0;   ///< the nearest double, also when it does not fit
};
SmallDecimal ReadDecimal(std::string_view text);

/// -1, 0 or 1 by value, for decimals in Column form; NaN above everything.
int CompareDecimalTexts(std::string_view left, std::string_view right);

}  // namespace migrateiq
