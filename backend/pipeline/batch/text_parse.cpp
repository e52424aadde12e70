// Parsers of pipeline/batch/text.hpp.
#include <charconv>
#include <cmath>
#include <limits>

#include "pipeline/batch/text.hpp"

namespace migrateiq::text {

namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMicrosPerHour = 3600 * kMicrosPerSecond;
constexpr int64_t kMicrosPerDay = 24 * kMicrosPerHour;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool EqualsIgnoreCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (Lower(text[i]) != lower[i]) return false;
  }
  return true;
}

template <class T>
std::optional<T> ParseWhole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Reads `count` to `most` digits at `at`; false when there are fewer.
bool TakeDigits(std::string_view text, size_t& at, size_t count, size_t most, int64_t& value) {
  const size_t begin = at;
  value = 0;
  while (at < text.size() && at - begin < most && IsDigit(text[at])) value = value * 10 + (text[at++] - '0');
  return at - begin >= count;
}

bool TakeChar(std::string_view text, size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

/// ".ffffff": up to six significant digits, further ones must be zero.
bool TakeFraction(std::string_view text, size_t& at, int64_t& micros) {
  micros = 0;
  if (!TakeChar(text, at, '.')) return true;
  int64_t unit = kMicrosPerSecond / 10;
  const size_t begin = at;
  for (; at < text.size() && IsDigit(text[at]); ++at, unit /= 10) {
    if (unit == 0 && text[at] != '0') return false;
    micros += (text[at] - '0') * unit;
  }
  return at > begin;
}

/// "HH:MM[:SS[.ffffff]]" at `at`.
bool TakeTime(std::string_view text, size_t& at, int64_t& micros, bool allow_long) {
  const bool negative = allow_long && TakeChar(text, at, '-');
  int64_t hours = 0;
  int64_t minutes = 0;
  int64_t seconds = 0;
  int64_t fraction = 0;
  if (!TakeDigits(text, at, 1, allow_long ? 9 : 2, hours) || !TakeChar(text, at, ':')) return false;
  if (!TakeDigits(text, at, 2, 2, minutes) || minutes > 59) return false;
  if (TakeChar(text, at, ':')) {
    if (!TakeDigits(text, at, 2, 2, seconds) || seconds > 59 || !TakeFraction(text, at, fraction)) return false;
  }
  micros = hours * kMicrosPerHour + minutes * 60 * kMicrosPerSecond + seconds * kMicrosPerSecond + fraction;
  if (negative) micros = -micros;
  return allow_long || micros <= kMicrosPerDay;
}

struct CivilDate {
  int64_t year = 0;
  int64_t month = 0;
  int64_t day = 0;
};

bool TakeDate(std::string_view text, size_t& at, CivilDate& date) {
  return TakeDigits(text, at, 4, 7, date.year) && TakeChar(text, at, '-') && TakeDigits(text, at, 1, 2, date.month) &&
         TakeChar(text, at, '-') && TakeDigits(text, at, 1, 2, date.day);
}

bool TakeBc(std::string_view& text) {
  if (text.size() < 3 || !EqualsIgnoreCase(text.substr(text.size() - 3), " bc")) return false;
  text.remove_suffix(3);
  return true;
}

DateState ToDays(CivilDate date, bool bc, int32_t& days) {
  if (bc) date.year = 1 - date.year;
  if (date.month == 0 || date.day == 0 || (date.year == 0 && !bc) ||
      !IsValidDate(date.year, static_cast<unsigned>(date.month), static_cast<unsigned>(date.day))) {
    return DateState::kZeroOrImpossible;
  }
  days = DaysFromCivil(date.year, static_cast<unsigned>(date.month), static_cast<unsigned>(date.day));
  return DateState::kValid;
}

/// "Z", "+02", "+02:00", "+0200", "+02:00:30" up to the end of the text.
bool TakeZone(std::string_view text, size_t& at, int32_t& seconds) {
  if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) {
    ++at;
    seconds = 0;
    return true;
  }
  const bool negative = TakeChar(text, at, '-');
  if (!negative && !TakeChar(text, at, '+')) return false;
  int64_t hours = 0;
  int64_t minutes = 0;
  int64_t rest = 0;
  if (!TakeDigits(text, at, 2, 2, hours) || hours > 15) return false;
  TakeChar(text, at, ':');
  if (at < text.size() && (!TakeDigits(text, at, 2, 2, minutes) || minutes > 59)) return false;
  if (TakeChar(text, at, ':') && (!TakeDigits(text, at, 2, 2, rest) || rest > 59)) return false;
  seconds = static_cast<int32_t>(hours * 3600 + minutes * 60 + rest);
  if (negative) seconds = -seconds;
  return true;
}

}  // namespace

std::optional<int64_t> ParseInt(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && IsDigit(text[1])) text.remove_prefix(1);
  return ParseWhole<int64_t>(text);
}

std::optional<uint64_t> ParseUInt(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && IsDigit(text[1])) text.remove_prefix(1);
  return ParseWhole<uint64_t>(text);
}

std::optional<double> ParseDouble(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  return ParseWhole<double>(text);
}

std::optional<bool> ParseBool(std::string_view text) {
  for (const std::string_view yes : {"t", "true", "1", "yes", "y", "on"}) {
    if (EqualsIgnoreCase(text, yes)) return true;
  }
  for (const std::string_view no : {"f", "false", "0", "no", "n", "off"}) {
    if (EqualsIgnoreCase(text, no)) return false;
  }
  return std::nullopt;
}

// Howard Hinnant's days_from_civil (public domain), http://howardhinnant.github.io/date_algorithms.html
int32_t DaysFromCivil(int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<int32_t>(era * 146097 + static_cast<int64_t>(day_of_era) - 719468);
}

void CivilFromDays(int32_t days, int64_t& year, unsigned& month, unsigned& day) {
  const int64_t shifted = static_cast<int64_t>(days) + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(shifted - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned month_index = (5 * day_of_year + 2) / 153;
  day = day_of_year - (153 * month_index + 2) / 5 + 1;
  month = month_index < 10 ? month_index + 3 : month_index - 9;
  year = static_cast<int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0);
}

bool IsValidDate(int64_t year, unsigned month, unsigned day) {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || year < -4713 || year > 5874897) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[month - 1] + (month == 2 && leap ? 1U : 0U);
}

DateState ParseDate(std::string_view text, int32_t& days) {
  if (EqualsIgnoreCase(text, "infinity")) {
    days = std::numeric_limits<int32_t>::max();
    return DateState::kValid;
  }
  if (EqualsIgnoreCase(text, "-infinity")) {
    days = std::numeric_limits<int32_t>::min();
    return DateState::kValid;
  }
  const bool bc = TakeBc(text);
  size_t at = 0;
  CivilDate date;
  if (!TakeDate(text, at, date) || at != text.size()) return DateState::kNotADate;
  return ToDays(date, bc, days);
}

bool ParseTime(std::string_view text, int64_t& micros, bool allow_long) {
  size_t at = 0;
  return TakeTime(text, at, micros, allow_long) && at == text.size();
}

DateState ParseTimestamp(std::string_view text, int64_t& micros, std::optional<int32_t>* zone_seconds) {
  if (EqualsIgnoreCase(text, "infinity")) {
    micros = std::numeric_limits<int64_t>::max();
    return DateState::kValid;
  }
  if (EqualsIgnoreCase(text, "-infinity")) {
    micros = std::numeric_limits<int64_t>::min();
    return DateState::kValid;
  }
  const bool bc = TakeBc(text);
  size_t at = 0;
  CivilDate date;
  if (!TakeDate(text, at, date)) return DateState::kNotADate;
  int64_t time = 0;
  if (at < text.size()) {
    if (text[at] != ' ' && text[at] != 'T' && text[at] != 't') return DateState::kNotADate;
    ++at;
    if (!TakeTime(text, at, time, false)) return DateState::kNotADate;
  }
  int32_t zone = 0;
  if (at < text.size()) {
    if (zone_seconds == nullptr) return DateState::kNotADate;
    TakeChar(text, at, ' ');
    if (!TakeZone(text, at, zone) || at != text.size()) return DateState::kNotADate;
    *zone_seconds = zone;
  } else if (zone_seconds != nullptr) {
    zone_seconds->reset();
  }
  int32_t days = 0;
  const DateState state = ToDays(date, bc, days);
  if (state != DateState::kValid) return state;
  if (days > 106'751'000 || days < -106'751'000) return DateState::kNotADate;
  micros = days * kMicrosPerDay + time - zone * kMicrosPerSecond;
  return DateState::kValid;
}

namespace {

/// Adds "<number> <unit>" to the interval; false when the unit is unknown.
bool AddUnit(Interval& interval, int64_t amount, std::string_view unit) {
  if (unit.starts_with("year"))
    interval.months += static_cast<int32_t>(amount * 12);
  else if (unit.starts_with("mon"))
    interval.months += static_cast<int32_t>(amount);
  else if (unit.starts_with("week"))
    interval.days += static_cast<int32_t>(amount * 7);
  else if (unit.starts_with("day"))
    interval.days += static_cast<int32_t>(amount);
  else if (unit.starts_with("hour"))
    interval.micros += amount * kMicrosPerHour;
  else if (unit.starts_with("min"))
    interval.micros += amount * 60 * kMicrosPerSecond;
  else if (unit.starts_with("sec"))
    interval.micros += amount * kMicrosPerSecond;
  else
    return false;
  return true;
}

std::string_view TakeWord(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  const size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

}  // namespace

std::optional<Interval> ParseInterval(std::string_view text) {
  Interval interval;
  bool any = false;
  for (std::string_view word = TakeWord(text); !word.empty(); word = TakeWord(text)) {
    any = true;
    if (word.find(':') != std::string_view::npos) {
      int64_t micros = 0;
      if (word.front() == '+') word.remove_prefix(1);
      if (!ParseTime(word, micros, true)) return std::nullopt;
      interval.micros += micros;
      continue;
    }
    const auto amount = ParseInt(word);
    if (!amount || !AddUnit(interval, *amount, TakeWord(text))) return std::nullopt;
  }
  return any ? std::optional(interval) : std::nullopt;
}

namespace {

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

bool ParseUuid(std::string_view text, uint8_t out[16]) {
  if (text.size() >= 2 && text.front() == '{' && text.back() == '}') text = text.substr(1, text.size() - 2);
  int digits = 0;
  for (const char c : text) {
    if (c == '-' && digits % 4 == 0 && digits > 0) continue;
    const int value = HexDigit(c);
    if (value < 0 || digits == 32) return false;
    auto& byte = out[digits / 2];
    byte = static_cast<uint8_t>(digits % 2 == 0 ? value << 4 : byte | value);
    ++digits;
  }
  return digits == 32;
}

namespace {

struct DecimalParts {
  bool negative = false;
  std::string digits;  ///< significant digits, integer part first
  int64_t point = 0;   ///< how many of them stand before the point
};

bool SplitDecimal(std::string_view text, DecimalParts& parts) {
  size_t at = 0;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) parts.negative = text[at++] == '-';
  const size_t begin = at;
  while (at < text.size() && IsDigit(text[at])) parts.digits += text[at++];
  parts.point = static_cast<int64_t>(parts.digits.size());
  size_t dots = 0;
  if (TakeChar(text, at, '.')) {
    dots = 1;
    while (at < text.size() && IsDigit(text[at])) parts.digits += text[at++];
  }
  if (at - begin == dots) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const auto exponent = ParseInt(text.substr(at + 1));
    if (!exponent || *exponent > 20000 || *exponent < -20000) return false;
    parts.point += *exponent;
    at = text.size();
  }
  return at == text.size();
}

void PadToPoint(DecimalParts& parts) {
  if (parts.point < 0) {
    parts.digits.insert(0, static_cast<size_t>(-parts.point), '0');
    parts.point = 0;
  }
  const auto size = static_cast<int64_t>(parts.digits.size());
  if (parts.point > size) parts.digits.append(static_cast<size_t>(parts.point - size), '0');
}

/// True when the text already has Column form, the common case.
bool IsNormalDecimal(std::string_view text) {
  size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  const size_t begin = at;
  bool nonzero = begin == 0;
  while (at < text.size() && IsDigit(text[at])) nonzero |= text[at++] != '0';
  const size_t integer = at - begin;
  if (integer == 0 || (integer > 1 && text[begin] == '0')) return false;
  if (at == text.size()) return nonzero;
  if (text[at++] != '.' || at == text.size()) return false;
  for (; at < text.size(); ++at) {
    if (!IsDigit(text[at])) return false;
    nonzero |= text[at] != '0';
  }
  return nonzero;
}

}  // namespace

bool NormalizeDecimal(std::string_view text, std::string& out) {
  if (IsNormalDecimal(text)) {
    out.assign(text);
    return true;
  }
  if (EqualsIgnoreCase(text, "nan")) {
    out = "NaN";
    return true;
  }
  if (EqualsIgnoreCase(text, "infinity") || EqualsIgnoreCase(text, "inf")) {
    out = "Infinity";
    return true;
  }
  if (EqualsIgnoreCase(text, "-infinity") || EqualsIgnoreCase(text, "-inf")) {
    out = "-Infinity";
    return true;
  }
  DecimalParts parts;
  if (!SplitDecimal(text, parts)) return false;
  PadToPoint(parts);
  const auto point = static_cast<size_t>(parts.point);
  const size_t first = std::min(parts.digits.find_first_not_of('0'), point);
  const bool zero = parts.digits.find_first_not_of('0') == std::string::npos;
  out = parts.negative && !zero ? "-" : "";
  out += first < point ? std::string_view(parts.digits).substr(first, point - first) : std::string_view("0");
  if (point < parts.digits.size()) {
    out += '.';
    out += std::string_view(parts.digits).substr(point);
  }
  return true;
}

void DecimalDigits(std::string_view decimal, int& integer_digits, int& fraction_digits) {
  if (!decimal.empty() && decimal[0] == '-') decimal.remove_prefix(1);
  const size_t dot = std::min(decimal.find('.'), decimal.size());
  integer_digits = decimal.substr(0, dot) == "0" ? 0 : static_cast<int>(dot);
  fraction_digits = dot < decimal.size() ? static_cast<int>(decimal.size() - dot - 1) : 0;
}

int64_t CountCharacters(std::string_view utf8) {
  int64_t count = 0;
  for (const char c : utf8) count += (static_cast<uint8_t>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

namespace {

/// Length of the well-formed sequence at `at` (Unicode 15, table 3-7), 0 when ill-formed.
size_t SequenceLength(const uint8_t* at, size_t left) {
  const uint8_t lead = at[0];
  const auto continuation = [](uint8_t byte) { return (byte & 0xC0) == 0x80; };
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return left >= 2 && continuation(at[1]) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (left < 3 || !continuation(at[1]) || !continuation(at[2])) return 0;
    if ((lead == 0xE0 && at[1] < 0xA0) || (lead == 0xED && at[1] > 0x9F)) return 0;
    return 3;
  }
  if (lead < 0xF0 || lead > 0xF4 || left < 4) return 0;
  if (!continuation(at[1]) || !continuation(at[2]) || !continuation(at[3])) return 0;
  return (lead == 0xF0 && at[1] < 0x90) || (lead == 0xF4 && at[1] > 0x8F) ? 0 : 4;
}

}  // namespace

size_t FindInvalidUtf8(std::string_view bytes) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  size_t at = 0;
  while (at < bytes.size()) {
    uint64_t block = 0;
    while (at + 8 <= bytes.size() && (std::memcpy(&block, data + at, 8), (block & 0x8080808080808080ULL) == 0)) at += 8;
    if (at == bytes.size()) break;
    const size_t length = SequenceLength(data + at, bytes.size() - at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace migrateiq::text
