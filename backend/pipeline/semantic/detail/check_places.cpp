// Addresses and what stands for places.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/tokens.hpp"
#include "pipeline/semantic/detail/vocabulary.hpp"

namespace migrateiq::detail::check {

using namespace checksum;

namespace {

Fit OpenPlace(const Value& value, WordList list) {
  if (value.folded.empty() || !IsNameText(value.text)) return Fit::kNo;
  if (value.words->Has(list, value.folded)) return Fit::kStrong;
  return WeakIf(std::ranges::count(value.text, ' ') <= 4 && value.text.size() > 1);
}

bool IsStreetWord(const Value& value, const std::string& word) {
  if (value.words->Has(WordList::kStreet, word)) return true;
  // "hauptstrasse", "kerkstraat", "storgatan": the street is the end of the word.
  constexpr std::array<std::string_view, 18> kEnds = {"strasse", "str.",   "straat", "weg",    "allee", "gasse",
                                                      "platz",   "laan",   "gracht", "plein",  "gatan", "vagen",
                                                      "grand",   "torget", "kade",   "singel", "damm",  "ufer"};
  return std::ranges::any_of(kEnds,
                             [&](std::string_view end) { return word.size() > end.size() && word.ends_with(end); });
}

/// A street and the number beside it: "中山路12号", "테헤란로 152", "銀座4丁目".
bool IsNumberedStreet(const Value& value) {
  const std::string_view text = value.text;
  return std::ranges::any_of(value.words->List(WordList::kStreet), [&](const std::string& word) {
    if ((word[0] & 0x80) == 0) return false;
    const size_t at = text.find(word), end = at + word.size();
    if (at == std::string_view::npos || at == 0) return false;
    return IsDigit(text[at - 1]) ||
           (end < text.size() &&
            (IsDigit(text[end]) || (text[end] == ' ' && end + 1 < text.size() && IsDigit(text[end + 1]))));
  });
}

/// A number with decimals, and how many of them.
std::optional<double> Degrees(std::string_view text, size_t& decimals) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  const size_t dot = text.find('.');
  decimals = dot == std::string_view::npos ? 0 : text.size() - dot - 1;
  return number;
}

Fit DegreesWithin(const Value& value, double limit) {
  if (!value.Only(kDigits | kDot | kDash | kPlus)) return Fit::kNo;
  size_t decimals = 0;
  const std::optional<double> degrees = Degrees(value.text, decimals);
  if (!degrees || std::abs(*degrees) > limit) return Fit::kNo;
  return StrongIf(decimals >= 4);
}

bool HasForm(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char x, char f) {
    return f == '9' ? IsDigit(x) : f == 'A' ? IsAsciiLetter(x) : f == 'X' ? IsAlnum(x) : x == f;
  });
}

std::string_view Unbracketed(std::string_view text) {
  if (text.starts_with("POINT")) text.remove_prefix(5);
  while (!text.empty() && std::string_view(" (").contains(text.front())) text.remove_prefix(1);
  while (!text.empty() && std::string_view(" )").contains(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

Fit StreetAddress(const Value& value) {
  if (value.folded.empty() || value.Has(kAt) || value.text.contains("://")) return Fit::kNo;
  if (value.Has(kNonAscii) && !value.Has(kLower)) {
    return IsNumberedStreet(value) ? Fit::kStrong : WeakIf(value.text.size() > 8 && !value.text.contains("【"));
  }
  const std::vector<std::string> words = WordsOf(value.folded);
  if (words.empty() || (words.size() < 2 && !value.Has(kDigits) && !IsStreetWord(value, words[0]))) return Fit::kNo;
  const bool street = std::ranges::any_of(
      words, [&](const std::string& word) { return IsStreetWord(value, word) && !AllDigits(word); });
  const bool letters = value.Has(kLower | kUpper) && value.text.size() >= 5;
  return street && value.digits > 0 && words.size() >= 2
             ? Fit::kStrong
             : WeakIf(letters && (street || value.digits > 0 || words.size() >= 2) && words.size() <= 10);
}

Fit HouseNumber(const Value& value) {
  const std::string_view t = value.text;
  if (!IsDigit(t[0]) || value.digits > 6) return Fit::kNo;
  return WeakIf(t.size() - value.digits <= 4 && value.Only(kDigits | kUpper | kLower | kSpace | kDash | kSlash));
}

Fit PostalCode(const Value& value) {
  const std::string_view t = value.text;
  if (!value.Only(kDigits | kUpper | kLower | kSpace | kDash) || value.digits == 0) return Fit::kNo;
  constexpr std::array<std::string_view, 18> kForms = {
      "A9A 9A9", "A9 9AA",  "A99 9AA",   "AA9 9AA",  "AA99 9AA", "A9A 9AA",  "AA9A 9AA",  // Canada, United Kingdom
      "9999 AA", "99-999",  "99999-999", "999-9999", "999 99",   "9999-999", "99999-9999",
      "A-9999",  "D-99999", "A99999",    "A9999AAA"};
  if (std::ranges::any_of(kForms, [&](std::string_view form) { return HasForm(t, form); })) return Fit::kStrong;
  if (value.Only(kDigits)) return WeakIf(t.size() >= 4 && t.size() <= 8);
  return WeakIf(t.size() >= 4 && t.size() <= 10 && value.digits >= 2);
}

Fit City(const Value& value) { return OpenPlace(value, WordList::kCity); }
Fit Region(const Value& value) { return OpenPlace(value, WordList::kRegion); }

Fit Country(const Value& value) {
  if (value.folded.empty() || value.text.size() < 2) return Fit::kNo;
  if (value.words->Has(WordList::kCountry, value.folded)) return Fit::kStrong;
  return WeakIf(IsNameText(value.text) && value.text.size() > 3 && std::ranges::count(value.text, ' ') <= 5);
}

Fit CountryCode(const Value& value) {
  if (!value.Only(kUpper | kLower)) return Fit::kNo;
  return StrongOrNo(value.words->Has(value.text.size() == 2 ? WordList::kAlpha2 : WordList::kAlpha3, value.folded));
}

Fit Latitude(const Value& value) { return DegreesWithin(value, 90); }
Fit Longitude(const Value& value) { return DegreesWithin(value, 180); }

Fit Coordinates(const Value& value) {
  const std::string_view text = Unbracketed(value.text);
  const size_t cut = text.find_first_of(", ;");
  if (cut == std::string_view::npos) return Fit::kNo;
  const size_t second = text.find_first_not_of(", ;", cut);
  if (second == std::string_view::npos) return Fit::kNo;
  size_t first_decimals = 0, second_decimals = 0;
  const auto first = Degrees(text.substr(0, cut), first_decimals),
             other = Degrees(text.substr(second), second_decimals);
  if (!first || !other) return Fit::kNo;
  const bool near =
      std::abs(*first) <= 180 && std::abs(*other) <= 180 && (std::abs(*first) <= 90 || std::abs(*other) <= 90);
  return near ? StrongIf(first_decimals >= 2 && second_decimals >= 2) : Fit::kNo;
}

Fit Geohash(const Value& value) {
  if (!value.Only(kDigits | kLower) || value.Has(kSpace | kDash)) return Fit::kNo;
  const bool letters = std::ranges::all_of(value.text, [](char c) { return !std::string_view("ailo").contains(c); });
  return letters && value.digits > 0 ? StrongIf(value.Has(kLower) && value.text.size() >= 5) : WeakIf(letters);
}

Fit AirportCode(const Value& value) {
  return value.Only(kUpper) ? StrongIf(value.words->Has(WordList::kAirport, value.folded)) : Fit::kNo;
}

Fit TimeZone(const Value& value) {
  const std::string_view t = value.text;
  constexpr std::array<std::string_view, 11> kAreas = {"Africa/", "America/",  "Antarctica/", "Arctic/",
                                                       "Asia/",   "Atlantic/", "Australia/",  "Europe/",
                                                       "Indian/", "Pacific/",  "Etc/"};
  if (std::ranges::any_of(kAreas, [&](std::string_view area) { return t.starts_with(area); }))
    return StrongOrNo(!value.Has(kSpace));
  if (t.starts_with("UTC") || t.starts_with("GMT")) return StrongIf(t.size() > 3 && value.digits > 0);
  constexpr std::array<std::string_view, 12> kShort = {"CET", "CEST", "EST", "EDT", "PST", "PDT",
                                                       "CST", "MST",  "BST", "JST", "IST", "MSK"};
  return WeakIf(std::ranges::find(kShort, t) != kShort.end());
}

}  // namespace migrateiq::detail::check
