// Dates and times in text.
#include <algorithm>
#include <array>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/tokens.hpp"

namespace migrateiq::detail::check {

using namespace checksum;

namespace {

/// Numbers of a text that are parted by one of the same sign; false when anything else is in it.
bool SplitNumbers(std::string_view text, std::string_view signs, std::array<std::string_view, 3>& parts) {
  const size_t first = text.find_first_of(signs);
  if (first == std::string_view::npos) return false;
  const size_t second = text.find(text[first], first + 1);
  if (second == std::string_view::npos) return false;
  parts = {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
  return std::ranges::all_of(
      parts, [](std::string_view part) { return !part.empty() && part.size() <= 4 && AllDigits(part); });
}

bool IsYear(int64_t year) { return year >= 1850 && year <= 2150; }

/// Year first or last, then month and day in either order.
bool IsDay(const std::array<std::string_view, 3>& parts) {
  std::array<int, 3> n{};
  for (size_t i = 0; i < 3; ++i) n[i] = static_cast<int>(Number(parts[i]));
  if (parts[0].size() == 4) return IsYear(n[0]) && IsDate(n[0], n[1], n[2]);
  if (parts[0].size() > 2 || parts[1].size() > 2) return false;
  const int year = parts[2].size() == 2 ? 2000 + n[2] : n[2];
  if (parts[2].size() != 2 && parts[2].size() != 4) return false;
  return IsYear(year) && (IsDate(year, n[1], n[0]) || IsDate(year, n[0], n[1]));
}

bool IsMonthName(std::string_view word) {
  constexpr std::array<std::string_view, 30> kBegins = {
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mai", "okt", "dez",
      "fev", "avr", "aou", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott", "out", "maj"};
  return word.size() >= 3 && std::ranges::find(kBegins, word.substr(0, 3)) != kBegins.end();
}

/// "Feb 25 2005", "25 February 2005", "25-Feb-05".
bool HasMonthName(const Value& value) {
  if (value.digits < 3 || value.digits > 6 || value.folded.size() > 20) return false;
  std::string word;
  for (const char c : value.folded) {
    if (IsLower(c))
      word += c;
    else if (!word.empty() && !IsMonthName(word))
      return false;
  }
  return IsMonthName(word);
}

bool IsClock(std::string_view text) {
  if (text.size() < 4 || !IsDigit(text[0])) return false;
  const size_t colon = text.find(':');
  if (colon > 2 || !AllDigits(text.substr(0, colon)) || Number(text.substr(0, colon)) > 24) return false;
  const std::string_view rest = text.substr(colon + 1);
  return rest.size() >= 2 && IsDigit(rest[0]) && IsDigit(rest[1]) && rest[0] < '6' &&
         (rest.size() == 2 || !IsDigit(rest[2]));
}

/// "Fri Mar 25 22:09:06 2022", "25 Mar 2022 22:09".
bool IsDateTimeInWords(std::string_view folded) {
  bool month = false, clock = false, year = false;
  for (const std::string& word : WordsOf(folded, 8)) {
    month |= IsMonthName(word) && !IsDigit(word[0]);
    year |= word.size() == 4 && AllDigits(word) && IsYear(Number(word));
  }
  for (size_t at = folded.find(' '); at != std::string_view::npos; at = folded.find(' ', at + 1))
    clock |= IsClock(folded.substr(at + 1, 5));
  return month && clock && year;
}

/// 2024年5月1日
bool IsEastAsianDate(const Value& value) {
  return value.digits >= 6 && value.digits <= 8 && (value.text.contains("年") || value.text.contains("년")) &&
         !value.Has(kColon);
}

}  // namespace

Fit Date(const Value& value) {
  if (value.Has(kColon | kAt | kUnderscore) || value.digits < 3 || value.digits > 8) return Fit::kNo;
  const std::string_view t = value.text;
  std::array<std::string_view, 3> parts;
  if (SplitNumbers(t.ends_with('.') ? t.substr(0, t.size() - 1) : t, "-./", parts)) return StrongOrNo(IsDay(parts));
  if (t.size() == 8 && value.digits == 8) {
    return StrongOrNo(IsYear(Number(t.substr(0, 4))) && IsDay({t.substr(0, 4), t.substr(4, 2), t.substr(6, 2)}));
  }
  return StrongOrNo(IsEastAsianDate(value) || HasMonthName(value));
}

Fit DateTime(const Value& value) {
  if (!value.Has(kColon) || value.digits < 8) return Fit::kNo;
  if (IsDateTimeInWords(value.folded)) return Fit::kStrong;
  const size_t cut = value.text.find_first_of("T ", 6);
  if (cut == std::string_view::npos) return Fit::kNo;
  std::array<std::string_view, 3> parts;
  const bool day = SplitNumbers(value.text.substr(0, cut), "-./", parts) && IsDay(parts);
  return StrongOrNo(day && IsClock(value.text.substr(cut + 1)));
}

Fit TimeOfDay(const Value& value) {
  if (!value.Has(kColon) || value.digits > 9) return Fit::kNo;
  std::string_view t = value.text;
  if (t.ends_with("AM") || t.ends_with("PM") || t.ends_with("am") || t.ends_with("pm")) t.remove_suffix(2);
  return StrongOrNo(IsClock(t) && std::ranges::all_of(t, [](char c) {
                      return IsDigit(c) || c == ':' || c == '.' || c == ' ' || c == 'Z' || c == '+';
                    }));
}

Fit UnixTimestamp(const Value& value) {
  if (!value.Only(kDigits)) return Fit::kNo;
  int64_t seconds = Number(value.compact);
  if (value.compact.size() == 13) seconds /= 1000;
  if (value.compact.size() != 10 && value.compact.size() != 13) return Fit::kNo;
  return StrongOrNo(seconds >= 946684800 && seconds < 2051222400);  // 2000 to 2034
}

}  // namespace migrateiq::detail::check
