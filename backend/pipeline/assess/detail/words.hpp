#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace migrateiq::assess {

// Numbers and their units hold together by a no-break space.

/// "4,112"; "unknown" below zero.
std::string Number(int64_t value);
/// "4,112 rows", "1 row". The plural of "index" and "entry" is known.
std::string Count(int64_t value, std::string_view noun);
std::string Plural(std::string_view noun);
/// "12.3 MB"; "unknown" below zero.
std::string Bytes(int64_t value);
/// "12.3 %"; what is not all or nothing is never shown as 100 % or 0 %.
std::string Percent(double share);
std::string Percent(int64_t part, int64_t whole);
/// "40 s", "3 min", "2.5 h", "3 days".
std::string Seconds(double seconds);
/// "12.5 h" or, from 16 hours on, "3 days" of eight hours.
std::string Hours(double hours);
/// At most two decimals, no trailing zeros: "1.25", "3".
std::string Decimal(double value, int digits = 2);
/// "PostgreSQL" for "postgresql": how a dialect's system is called by people.
std::string SystemName(std::string_view dialect);
/// At most so many characters, "..." at the end when cut. Never cuts a character in two.
std::string Shorten(std::string_view text, size_t characters);
std::string Lower(std::string_view ascii);
bool ContainsWord(std::string_view lower_text, std::string_view word);  ///< with no letter or digit beside it

}  // namespace migrateiq::assess
