#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/batch/column.hpp"

namespace migrateiq::text {

// Text forms of values, one way for all connectors. Parsers take the whole text or fail (nullopt); none allocates.

std::optional<int64_t> ParseInt(std::string_view text);  ///< optional '-' or '+', digits, in range
std::optional<uint64_t> ParseUInt(std::string_view text);
std::optional<double> ParseDouble(std::string_view text);  ///< also nan, inf, infinity in any case
std::optional<bool> ParseBool(std::string_view text);      ///< t f true false yes no on off y n 1 0, any case

/// Days since 1970-01-01 in the proleptic Gregorian calendar. Year may be negative or above 9999.
int32_t DaysFromCivil(int64_t year, unsigned month, unsigned day);
void CivilFromDays(int32_t days, int64_t& year, unsigned& month, unsigned& day);
bool IsValidDate(int64_t year, unsigned month, unsigned day);

enum class DateState : uint8_t { kValid, kZeroOrImpossible, kNotADate };
/// "YYYY-MM-DD" (also longer years, and a trailing " BC"); 0000-00-00, 1989-00-00, 2001-02-30 are kZeroOrImpossible.
DateState ParseDate(std::string_view text, int32_t& days);
/// "HH:MM[:SS[.ffffff]]", also "-838:59:59" when `allow_long` (then the result may be negative or above 24 h).
bool ParseTime(std::string_view text, int64_t& micros, bool allow_long = false);
/// Date, then 'T' or blank, then time; optional zone "Z", "+02", "+02:00", "+0200" whose offset is subtracted when
/// `zone_seconds` is given and refused otherwise. "infinity" and "-infinity" are understood. More than six fraction
/// digits are kNotADate unless the rest are zeros.
DateState ParseTimestamp(std::string_view text, int64_t& micros, std::optional<int32_t>* zone_seconds = nullptr);
std::optional<Interval> ParseInterval(
    std::string_view text);  ///< PostgreSQL style "1 year 2 mons 3 days 04:05:06.7", or long time
bool ParseUuid(std::string_view text, uint8_t out[16]);  ///< with or without dashes or braces

/// Puts decimal text into Column form: no exponent, no '+', no leading zeros, "-0" becomes "0"; keeps trailing zeros.
/// Exponents are expanded. Returns false when it is no number. `out` is replaced.
bool NormalizeDecimal(std::string_view text, std::string& out);
/// Digits before and after the point of normalized decimal text.
void DecimalDigits(std::string_view decimal, int& integer_digits, int& fraction_digits);

void AppendDate(std::string& out, int32_t days);               ///< 2001-02-03, 0044-03-15 BC, infinity
void AppendTime(std::string& out, int64_t micros);             ///< 04:05:06[.700000], fraction only when not zero
void AppendTimestamp(std::string& out, int64_t micros);        ///< 2001-02-03 04:05:06[.700000]
void AppendTimestampTz(std::string& out, int64_t micros);      ///< ... +00:00
void AppendInterval(std::string& out, const Interval& value);  ///< PostgreSQL "postgres" style
void AppendUuid(std::string& out, const uint8_t* bytes);
void AppendDouble(std::string& out, double value);  ///< shortest text that reads back the same; NaN, Infinity
void AppendFloat(std::string& out, float value);
void AppendHex(std::string& out, std::string_view bytes);  ///< lower case, no prefix

/// The value as text, whatever its type (bytes and geometry as \x...); used by text formats, samples and quarantine.
void AppendValue(std::string& out, const Column& column, int64_t row);

/// Number of characters of valid UTF-8.
int64_t CountCharacters(std::string_view utf8);
/// Position of the first byte that is not valid UTF-8, or npos.
size_t FindInvalidUtf8(std::string_view bytes);

}  // namespace migrateiq::text
