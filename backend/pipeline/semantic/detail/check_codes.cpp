// Numbers and codes of things: books, goods, vehicles, diagnoses.
#include <algorithm>
#include <array>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/vocabulary.hpp"

namespace migrateiq::detail::check {

using namespace checksum;

namespace {

bool IsHexText(std::string_view text) { return !text.empty() && std::ranges::all_of(text, IsHex); }

/// Check digit of ISO 7064 mod 11-2: the last letter of an ORCID.
bool IsOrcid(std::string_view letters) {
  int total = 0;
  for (const char c : letters.substr(0, 15)) {
    if (!IsDigit(c)) return false;
    total = (total + Digit(c)) * 2;
  }
  return "0123456789X"[(12 - total % 11) % 11] == letters[15];
}

bool IsIsbn10(std::string_view c) {
  if (!AllDigits(c.substr(0, 9)) || !(IsDigit(c[9]) || c[9] == 'X')) return false;
  return (Weighted(c, {10, 9, 8, 7, 6, 5, 4, 3, 2}) + (c[9] == 'X' ? 10 : Digit(c[9]))) % 11 == 0 && !AllSame(c);
}

/// Weight of a place and value of a letter in a VIN, for its check digit.
bool HasVinCheck(std::string_view vin) {
  constexpr std::array<int, 17> kWeights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  constexpr std::string_view kValues = "12345678012345070923456789";  // A to Z
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) {
    sum += kWeights[i] * (IsDigit(vin[i]) ? Digit(vin[i]) : Digit(kValues[static_cast<size_t>(vin[i] - 'A')]));
  }
  return "0123456789X"[sum % 11] == vin[8];
}

bool IsTrueDigitsAndDashes(std::string_view t, size_t dashes) {
  return static_cast<size_t>(std::ranges::count(t, '-')) == dashes && IsDigit(t.front()) && IsDigit(t.back());
}

}  // namespace

Fit Vin(const Value& value) {
  const std::string_view c = value.compact;
  if (value.text.size() != 17 || c.find_first_of("IOQ") != std::string_view::npos) return Fit::kNo;
  if (value.digits < 5 || value.digits > 15) return Fit::kNo;
  return StrongIf(HasVinCheck(c) || AllDigits(c.substr(13)));
}

Fit LicencePlate(const Value& value) {
  const std::string_view t = value.text;
  if (value.Has(kNonAscii)) return WeakIf(value.digits >= 2 && t.size() <= 16);
  if (!value.Has(kUpper) || value.digits == 0 || value.digits > 5 || value.compact.empty() || value.compact.size() > 8)
    return Fit::kNo;
  return StrongIf(value.Has(kSpace | kDash) && IsAsciiLetter(t[0]) && value.digits <= 4 &&
                  !value.Has(kLower | kDot | kSlash));
}

Fit Isbn(const Value& value) {
  const std::string_view c = value.compact;
  if (c.size() == 13)
    return AllDigits(c) && (c.starts_with("978") || c.starts_with("979")) ? StrongIf(checksum::Ean(c)) : Fit::kNo;
  const bool grouped = value.Has(kSpace) && value.text.size() == 12;  // 3-3-4, as health numbers are written
  return c.size() == 10 && !grouped && AllDigits(c.substr(0, 9)) ? StrongIf(IsIsbn10(c)) : Fit::kNo;
}

Fit Issn(const Value& value) {
  const std::string_view c = value.compact;
  if (!AllDigits(c.substr(0, 7)) || !(IsDigit(c[7]) || c[7] == 'X')) return Fit::kNo;
  const int sum = Weighted(c, {8, 7, 6, 5, 4, 3, 2}) + (c[7] == 'X' ? 10 : Digit(c[7]));
  return StrongIf(sum % 11 == 0 && value.text.size() == 9 && value.text[4] == '-');
}

Fit Ean(const Value& value) {
  const size_t size = value.compact.size();
  if (size != 8 && size != 12 && size != 13 && size != 14) return Fit::kNo;
  return StrongIf(!AllSame(value.compact) && checksum::Ean(value.compact));
}

Fit Doi(const Value& value) {
  std::string_view t = value.text;
  if (const size_t at = t.find("doi.org/"); at != std::string_view::npos) t.remove_prefix(at + 8);
  if (t.starts_with("doi:") || t.starts_with("DOI:")) t.remove_prefix(4);
  const size_t slash = t.find('/');
  const bool registrant = t.size() > 7 && AllDigits(t.substr(3, 4));  // four digits at least, unlike 10.0.0.0/8
  if (!t.starts_with("10.") || !registrant || slash == std::string_view::npos || slash < 7 || slash > 12 ||
      value.Has(kSpace))
    return Fit::kNo;
  return StrongOrNo(std::ranges::all_of(t.substr(3, slash - 3), [](char c) { return IsDigit(c) || c == '.'; }) &&
                    t.size() > slash + 2);
}

Fit Orcid(const Value& value) {
  std::string_view t = value.text;
  if (const size_t at = t.find("orcid.org/"); at != std::string_view::npos) t.remove_prefix(at + 10);
  std::string letters;
  for (const char c : t) {
    if (c != '-') letters += c;
  }
  return letters.size() == 16 && t.size() == 19 ? StrongOrNo(IsOrcid(letters)) : Fit::kNo;
}

Fit BloodType(const Value& value) {
  if (value.words->Has(WordList::kBlood, value.folded)) return Fit::kStrong;
  const std::string_view t = value.text;
  return t == "0+" || t == "0-" ? Fit::kStrong
                                : WeakIf(t == "AB" || t.starts_with("A") || t.starts_with("B") || t.starts_with("O"));
}

Fit Icd10(const Value& value) {
  const std::string_view t = value.text;
  if (!IsAsciiLetter(t[0]) || !IsDigit(t[1]) || !IsAlnum(t[2]) || value.digits < 1) return Fit::kNo;
  if (t.size() == 3) return WeakIf(IsDigit(t[2]));
  if (t[3] == '.') return StrongIf(t.size() > 4 && std::ranges::all_of(t.substr(4), IsAlnum));
  return WeakIf(t.size() <= 7 && std::ranges::all_of(t, IsAlnum) && IsDigit(t[2]));
}

Fit Icd9(const Value& value) {
  std::string_view t = value.text;
  const bool letter = t[0] == 'V' || t[0] == 'E';
  if (letter) t.remove_prefix(1);
  const size_t dot = std::min(t.find('.'), t.size());
  if (dot != (value.text[0] == 'V' ? 2 : 3) || !AllDigits(t.substr(0, dot))) return Fit::kNo;
  if (dot == t.size()) return Fit::kWeak;
  const std::string_view rest = t.substr(dot + 1);
  return rest.empty() || rest.size() > 2 || !AllDigits(rest) ? Fit::kNo : Fit::kStrong;
}

Fit Loinc(const Value& value) {
  const std::string_view t = value.text;
  if (t.size() < 3 || t[t.size() - 2] != '-' || !value.Only(kDigits | kDash) || !IsTrueDigitsAndDashes(t, 1))
    return Fit::kNo;
  return StrongIf(Luhn(value.compact));
}

Fit Snomed(const Value& value) {
  const std::string_view c = value.compact;
  const std::string_view part = c.substr(c.size() - 3, 2);
  return (part == "00" || part == "10") && c[0] != '0' && value.Only(kDigits) ? StrongIf(Verhoeff(c)) : Fit::kNo;
}

Fit Atc(const Value& value) {
  const std::string_view c = value.compact;
  if ((c.size() != 7 && c.size() != 5) || !std::string_view("ABCDGHJLMNPRSV").contains(c[0])) return Fit::kNo;
  const bool form = AllDigits(c.substr(1, 2)) && AllLetters(c.substr(3, 2)) && AllDigits(c.substr(5));
  return form ? StrongIf(c.size() == 7) : Fit::kNo;
}

Fit Ndc(const Value& value) {
  const std::string_view t = value.text;
  if (!value.Only(kDigits | kDash)) return Fit::kNo;
  if (!value.Has(kDash)) return WeakIf(t.size() == 10 || t.size() == 11);
  const size_t first = t.find('-'), second = t.find('-', first + 1);
  if (second == std::string_view::npos || t.find('-', second + 1) != std::string_view::npos) return Fit::kNo;
  const size_t labeler = first, product = second - first - 1, package = t.size() - second - 1;
  return StrongOrNo((labeler == 4 || labeler == 5) && (product == 3 || product == 4) &&
                    (package == 1 || package == 2) && value.digits >= 10);
}

Fit RecordNumber(const Value& value) { return WeakIf(value.digits >= 3 && !value.compact.empty()); }
Fit HealthInsurance(const Value& value) { return WeakIf(value.digits >= 4 && !value.compact.empty()); }

Fit LanguageCode(const Value& value) {
  const std::string_view t = value.text;
  if (value.words->Has(WordList::kLanguageName, value.folded)) return Fit::kStrong;
  if (t.size() == 5 && value.Only(kUpper | kLower | kDash | kUnderscore) && (t[2] == '-' || t[2] == '_')) {
    const bool known = value.words->Has(WordList::kLanguage, value.folded.substr(0, 2));
    return StrongOrNo(known && value.words->Has(WordList::kAlpha2, value.folded.substr(3)));
  }
  if (t.size() > 3 || !value.words->Has(WordList::kLanguage, value.folded)) return Fit::kNo;
  return StrongIf(value.Only(kLower));
}

Fit Semver(const Value& value) {
  std::string_view t = value.text;
  if (t[0] == 'v' || t[0] == 'V') t.remove_prefix(1);
  const std::string_view core = t.substr(0, t.find_first_of("-+"));
  if (std::ranges::count(core, '.') != 2 || !std::ranges::all_of(core, [](char c) { return IsDigit(c) || c == '.'; }))
    return Fit::kNo;
  const size_t first = core.find('.'), second = core.rfind('.');
  const bool parts = first > 0 && second > first + 1 && second + 1 < core.size();
  const bool date = first == 2 && second == 5 && core.size() > 7;  // 24.12.2020
  return StrongOrNo(parts && first <= 4 && !date);
}

Fit Color(const Value& value) {
  if (value.text[0] == '#')
    return StrongOrNo((value.text.size() == 4 || value.text.size() == 7 || value.text.size() == 9) &&
                      IsHexText(value.text.substr(1)));
  if (value.folded.starts_with("rgb(") || value.folded.starts_with("rgba(")) return Fit::kStrong;
  return value.folded.empty() ? Fit::kNo : StrongOrNo(value.words->Has(WordList::kColorName, value.folded));
}

Fit Boolean(const Value& value) {
  if (value.text.size() == 1) return WeakIf(std::string_view("01YNynTFtfJj").contains(value.text[0]));
  return value.folded.empty() ? Fit::kNo : StrongOrNo(value.words->Has(WordList::kBoolean, value.folded));
}

Fit Percent(const Value& value) {
  std::string_view t = value.text;
  const bool sign = t.ends_with('%');
  while (!t.empty() && (t.back() == '%' || t.back() == ' ')) t.remove_suffix(1);
  const bool number = !t.empty() &&
                      std::ranges::all_of(t, [](char c) { return IsDigit(c) || c == '.' || c == ',' || c == '-'; }) &&
                      IsDigit(t.back());
  return number ? StrongIf(sign) : Fit::kNo;
}

}  // namespace migrateiq::detail::check
