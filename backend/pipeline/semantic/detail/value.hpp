#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace migrateiq::detail {

class Vocabulary;

/// Which sorts of characters a text holds.
enum CharClass : uint32_t {
  kDigits = 1U << 0U,
  kUpper = 1U << 1U,
  kLower = 1U << 2U,
  kSpace = 1U << 3U,
  kDash = 1U << 4U,
  kDot = 1U << 5U,
  kSlash = 1U << 6U,
  kColon = 1U << 7U,
  kAt = 1U << 8U,
  kPlus = 1U << 9U,
  kParenthesis = 1U << 10U,
  kComma = 1U << 11U,
  kUnderscore = 1U << 12U,
  kAngle = 1U << 13U,
  kBrace = 1U << 14U,
  kNonAscii = 1U << 15U,
  kOther = 1U << 16U,
};

/// How well a value fits a kind: its shape only, or more than chance would give.
enum class Fit : uint8_t { kNo, kWeak, kStrong };

/// A sampled value with what every check asks of it.
struct Value {
  std::string_view text;  ///< without blanks around it
  std::string compact;    ///< upper case without " -./"; empty when `text` is long or holds other characters than these
                          ///< and letters and digits of ASCII
  std::string folded;     ///< see Fold; empty for long texts
  uint32_t classes = 0;
  uint32_t digits = 0;
  const Vocabulary* words = nullptr;

  bool Has(uint32_t any_of) const { return (classes & any_of) != 0; }
  bool Only(uint32_t all_of) const { return (classes & ~all_of) == 0; }
};

Value MakeValue(std::string_view text, const Vocabulary& words);

}  // namespace migrateiq::detail
