#include "pipeline/match/value_kind.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "pipeline/batch/text.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

struct Census {
  size_t digits = 0, letters = 0, spaces = 0, others = 0, hex = 0;
};

Census Count(std::string_view value) {
  Census census;
  for (const char c : value) {
    if (IsDigit(c))
      ++census.digits;
    else if (IsAlpha(c))
      ++census.letters;
    else if (c == ' ')
      ++census.spaces;
    else
      ++census.others;
    if (IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) ++census.hex;
  }
  return census;
}

std::string_view Trim(std::string_view value) {
  const size_t begin = value.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return value.substr(begin, value.find_last_not_of(" \t") - begin + 1);
}

bool OneOf(std::string_view value, std::initializer_list<std::string_view> options) {
  return std::ranges::find(options, value) != options.end();
}

bool IsBool(std::string_view value) {
  return OneOf(Fold(value), {"true", "false", "yes", "no", "y", "n", "t", "f", "ja", "nein", "si", "oui", "non", "j"});
}

bool IsEmail(std::string_view value) {
  const size_t at = value.find('@');
  return at != std::string_view::npos && at > 0 && value.find('.', at) != std::string_view::npos &&
         value.find(' ') == std::string_view::npos;
}

bool IsUrl(std::string_view value) {
  return value.starts_with("http://") || value.starts_with("https://") || value.starts_with("www.") ||
         value.starts_with("ftp://");
}

bool IsIp(std::string_view value) {
  int dots = 0;
  for (const char c : value) {
    if (c == '.')
      ++dots;
    else if (!IsDigit(c))
      return false;
  }
  return dots == 3 && value.size() >= 7 && value.size() <= 15;
}

bool IsUuid(std::string_view value) {
  return value.size() == 36 && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-';
}

bool IsPhone(std::string_view value, const Census& census) {
  if (census.digits < 7 || census.digits > 15 || census.letters > 1 || census.spaces + census.others == 0) return false;
  return value[0] == '+' || value[0] == '(' || census.others + census.spaces >= 2 ||
         (value[0] == '0' && census.others + census.spaces >= 1);
}

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

/// Runs of digits (as numbers) and a month in letters, in the order they stand.
struct DateParts {
  std::vector<int64_t> numbers;
  std::vector<size_t> widths;
  int month = 0;
  bool bad = false;
};

int MonthNamed(std::string_view word) {
  for (size_t i = 0; i < kMonths.size(); ++i)
    if (word.starts_with(kMonths[i])) return static_cast<int>(i) + 1;
  return 0;
}

bool IsDateWord(std::string_view word) {
  return OneOf(word, {"t",   "z",   "am",  "pm", "utc", "gmt", "mon", "tue", "wed", "thu",
                      "fri", "sat", "sun", "th", "st",  "nd",  "rd",  "年",  "月",  "日"});
}

DateParts TakeApart(std::string_view value) {
  DateParts parts;
  const std::string folded = Fold(value);
  for (size_t at = 0; at < folded.size();) {
    size_t end = at;
    if (IsDigit(folded[at])) {
      int64_t number = 0;
      while (end < folded.size() && IsDigit(folded[end]) && end - at < 15) number = number * 10 + (folded[end++] - '0');
      parts.numbers.push_back(number);
      parts.widths.push_back(end - at);
    } else if (IsAlpha(folded[at])) {
      while (end < folded.size() && IsAlpha(folded[end])) ++end;
      const std::string_view word = std::string_view(folded).substr(at, end - at);
      if (const int month = word.size() >= 3 ? MonthNamed(word) : 0; month != 0)
        parts.month = month;
      else if (!IsDateWord(word))
        parts.bad = true;
    } else {
      ++end;
    }
    at = end;
  }
  return parts;
}

std::optional<double> Civil(int64_t year, int64_t month, int64_t day, double seconds) {
  if (year < 1500 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  return static_cast<double>(text::DaysFromCivil(year, static_cast<unsigned>(month), static_cast<unsigned>(day))) *
             86400 +
         seconds;
}

int64_t LongYear(int64_t year, size_t width) { return width > 2 ? year : year + (year < 50 ? 2000 : 1900); }

double ClockOf(const DateParts& parts, size_t from) {
  double seconds = 0;
  const std::array<double, 3> scale = {3600, 60, 1};
  for (size_t i = 0; i < 3 && from + i < parts.numbers.size(); ++i)
    seconds += static_cast<double>(parts.numbers[from + i]) * scale[i];
  return seconds < 90000 ? seconds : 0;
}

std::optional<double> PackedDate(const DateParts& parts) {
  const int64_t number = parts.numbers[0];
  const double clock = parts.numbers.size() > 1 ? ClockOf(parts, 1) : 0;
  if (parts.widths[0] == 8) return Civil(number / 10000, number / 100 % 100, number % 100, clock);
  if (parts.widths[0] == 14) {
    const int64_t date = number / 1000000;
    return Civil(date / 10000, date / 100 % 100, date % 100, static_cast<double>(number / 10000 % 100 * 3600));
  }
  return std::nullopt;
}

char LastOther(std::string_view value) {
  for (const char c : value)
    if (c == '.' || c == ',') return c;
  return 0;
}

/// Digits, one sign, and points and commas that are either thousands or the decimal point.
std::optional<double> PlainNumber(std::string_view value) {
  std::string digits;
  const size_t comma = value.rfind(','), point = value.rfind('.');
  const bool comma_decimal =
      comma != std::string_view::npos &&
      ((point != std::string_view::npos && comma > point) ||
       (point == std::string_view::npos && value.size() - comma != 4 && value.find(',') == comma));
  for (const char c : value) {
    if (IsDigit(c) || ((c == '-' || c == '+') && digits.empty()) || c == 'e' || c == 'E' ||
        ((c == '-' || c == '+') && (digits.back() == 'e' || digits.back() == 'E')))
      digits += c;
    else if (c == (comma_decimal ? ',' : '.'))
      digits += '.';
    else if (c != ',' && c != '.' && c != '\'')
      return std::nullopt;
  }
  if (digits.starts_with('+')) digits.erase(0, 1);
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

bool IsWordsOnly(const Census& census, std::string_view value) {
  return census.letters > 0 && census.digits == 0 && census.others * 4 <= value.size();
}

ValueKind NumericKind(std::string_view value) {
  if (value.find_first_of(".,eE") == std::string_view::npos) return ValueKind::kInteger;
  const char other = LastOther(value);
  if (other == ',' && value.find('.') == std::string_view::npos && value.size() > 4 && value[value.size() - 4] == ',')
    return ValueKind::kInteger;
  return ValueKind::kDecimal;
}

std::optional<ValueKind> SpecialKind(std::string_view value, const Census& census) {
  if (IsBool(value)) return ValueKind::kBool;
  if (IsEmail(value)) return ValueKind::kEmail;
  if (IsUrl(value)) return ValueKind::kUrl;
  if (IsIp(value)) return ValueKind::kIp;
  if (IsUuid(value)) return ValueKind::kUuid;
  if ((value[0] == '{' && value.back() == '}') || (value[0] == '[' && value.back() == ']')) return ValueKind::kJson;
  if (census.hex == value.size() && value.size() >= 16 && census.letters > 0) return ValueKind::kHex;
  return std::nullopt;
}

std::optional<ValueKind> MomentKind(std::string_view value, const Census& census) {
  if (census.digits >= 3 && census.digits <= 6 && census.letters <= 2 && value.find(':') != std::string_view::npos &&
      census.others <= 2)
    return ValueKind::kTime;
  if (census.digits < 3 || census.letters > 12 || !MomentOf(value)) return std::nullopt;
  return value.find(':') != std::string_view::npos || (census.digits >= 12 && census.others + census.spaces > 0)
             ? ValueKind::kDateTime
             : ValueKind::kDate;
}

ValueKind TextKind(std::string_view value, const Census& census) {
  if ((value[0] == '/' || (value.size() > 2 && value[1] == ':')) && census.spaces == 0 && value.size() > 3)
    return ValueKind::kPath;
  if (value.size() > 60 || census.spaces > 6) return ValueKind::kSentence;
  if (IsWordsOnly(census, value)) return census.spaces == 0 ? ValueKind::kWord : ValueKind::kWords;
  return census.spaces == 0 ? ValueKind::kCode : ValueKind::kWords;
}

}  // namespace

const char* NameOf(ValueKind kind) {
  static constexpr std::array<const char*, kValueKinds> names = {
      "whole numbers", "decimals",        "amounts of money", "percentages",      "yes or no",
      "dates",         "dates with time", "times of day",     "e-mail addresses", "web addresses",
      "IP addresses",  "UUIDs",           "hashes",           "phone numbers",    "JSON",
      "paths",         "codes",           "single words",     "few words",        "sentences"};
  return names[static_cast<size_t>(kind)];
}

std::optional<double> NumberOf(std::string_view value) {
  value = Trim(value);
  if (value.empty() || value.size() > 32) return std::nullopt;
  while (!value.empty() && !IsDigit(value[0]) && value[0] != '-' && value[0] != '+' && value[0] != '.') {
    if (IsAlpha(value[0]) && static_cast<unsigned char>(value[0]) < 0x80) return std::nullopt;  // "kg 5" is text
    value.remove_prefix(1);
  }
  while (!value.empty() &&
         (value.back() == '%' || value.back() == ' ' || static_cast<unsigned char>(value.back()) >= 0x80))
    value.remove_suffix(1);
  return value.empty() ? std::nullopt : PlainNumber(value);
}

std::optional<double> MomentOf(std::string_view value, bool day_first) {
  value = Trim(value);
  if (value.size() < 6 || value.size() > 40) return std::nullopt;
  const DateParts parts = TakeApart(value);
  if (parts.bad || parts.numbers.empty()) return std::nullopt;
  if (value.find_first_not_of("0123456789") == std::string_view::npos || parts.widths[0] >= 8) return PackedDate(parts);
  if (value[0] == '-' || value[0] == '+' || parts.numbers.size() > 8) return std::nullopt;
  if (parts.month != 0) {
    if (parts.numbers.size() < 2) return std::nullopt;
    const bool year_first = parts.widths[0] == 4;
    return Civil(LongYear(parts.numbers[year_first ? 0 : 1], parts.widths[year_first ? 0 : 1]), parts.month,
                 parts.numbers[year_first ? 1 : 0], ClockOf(parts, 2));
  }
  if (parts.numbers.size() < 3) return std::nullopt;
  const int64_t a = parts.numbers[0], b = parts.numbers[1], c = parts.numbers[2];
  const double clock = ClockOf(parts, 3);
  if (parts.widths[0] == 4) return Civil(a, b, c, clock);
  if (value.find('.') == std::string_view::npos && value.find('/') == std::string_view::npos &&
      value.find('-') == std::string_view::npos)
    return std::nullopt;
  if (parts.widths[2] != 4 && parts.widths[2] != 2) return std::nullopt;
  const bool german = value.find('.') < value.size() && value.find('.') < 3;
  if (a > 12 || german || (day_first && b <= 12)) return Civil(LongYear(c, parts.widths[2]), b, a, clock);
  return Civil(LongYear(c, parts.widths[2]), a, b, clock);
}

std::string PatternOf(std::string_view value) {
  std::string pattern;
  for (const char c : value) {
    const char sign = IsDigit(c) ? '9' : IsAlpha(c) ? ((c >= 'a' && c <= 'z') ? 'a' : 'A') : c;
    if (!pattern.empty() && pattern.back() == sign && (sign == '9' || sign == 'a' || sign == 'A')) continue;
    pattern += sign;
    if (pattern.size() == 24) break;
  }
  return pattern;
}

ValueKind KindOf(std::string_view value) {
  value = Trim(value);
  if (value.empty()) return ValueKind::kWord;
  const Census census = Count(value);
  if (const auto special = SpecialKind(value, census)) return *special;
  const bool plain = census.letters <= 1 && census.spaces == 0 && PlainNumber(value).has_value();
  if (plain && (value.size() != 8 || !MomentOf(value) || !value.starts_with('1') == !value.starts_with('2')))
    return NumericKind(value);
  if (const auto moment = MomentKind(value, census)) return *moment;
  if (plain) return NumericKind(value);
  if (NumberOf(value)) return value.back() == '%' ? ValueKind::kPercent : ValueKind::kMoney;
  if (IsPhone(value, census)) return ValueKind::kPhone;
  return TextKind(value, census);
}

}  // namespace migrateiq::match
