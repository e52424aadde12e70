#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What a single value looks like.
namespace migrateiq::match {

enum class ValueKind : uint8_t {
  kInteger,
  kDecimal,
  kMoney,
  kPercent,
  kBool,
  kDate,
  kDateTime,
  kTime,
  kEmail,
  kUrl,
  kIp,
  kUuid,
  kHex,
  kPhone,
  kJson,
  kPath,
  kCode,
  kWord,
  kWords,
  kSentence
};
inline constexpr int kValueKinds = 20;

const char* NameOf(ValueKind kind);

ValueKind KindOf(std::string_view value);

/// The number that a value writes: digits with signs, separators of thousands, a currency or percent sign around it.
std::optional<double> NumberOf(std::string_view value);

/// Seconds since 1970 that a date or date with time writes, in one of the usual orders; `day_first` decides 03/04/2020.
std::optional<double> MomentOf(std::string_view value, bool day_first = false);

/// Runs of letters, digits and others: "AB-1234" -> "A-9"; at most 24 long.
std::string PatternOf(std::string_view value);

}  // namespace migrateiq::match
