// Numbers of people and firms outside Europe.
#include <algorithm>
#include <array>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"

namespace migrateiq::detail::check {

using namespace checksum;

namespace {

bool In(char c, std::string_view of) { return of.contains(c); }

/// The text is written with these dashes: "999-99-9999".
bool IsWritten(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char x, char f) { return f == '9' ? IsDigit(x) : x == f; });
}

/// Letters, digits and the place of each as in `form`: 9 digit, A letter, X either.
bool HasForm(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char x, char f) {
    return f == '9' ? IsDigit(x) : f == 'A' ? IsUpper(x) : f == 'X' ? IsAlnum(x) : x == f;
  });
}

/// 11 minus the sum mod 11, with what stands for 10 and 11.
int Mod11(int sum, int for_ten, int for_eleven) {
  const int check = 11 - sum % 11;
  return check == 10 ? for_ten : check == 11 ? for_eleven : check;
}

}  // namespace

Fit UsSsn(const Value& value) {
  const std::string_view c = value.compact;
  if (c.starts_with("000") || c.starts_with("666") || c[0] == '9' || c.substr(3, 2) == "00" || c.substr(5) == "0000") {
    return Fit::kNo;
  }
  return StrongIf(IsWritten(value.text, "999-99-9999"));
}

Fit UsItin(const Value& value) {
  const std::string_view c = value.compact;
  const int64_t group = Number(c.substr(3, 2));
  const bool known = (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group != 93);
  if (c[0] != '9' || !known) return Fit::kNo;
  return StrongIf(IsWritten(value.text, "999-99-9999"));
}

Fit UsEin(const Value& value) {
  constexpr std::array<int, 17> kNever = {0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97};
  if (std::ranges::find(kNever, Number(value.compact.substr(0, 2))) != kNever.end()) return Fit::kNo;
  return StrongIf(IsWritten(value.text, "99-9999999"));
}

Fit UsNpi(const Value& value) {
  return In(value.compact[0], "12") ? StrongIf(Luhn("80840" + value.compact)) : Fit::kNo;
}

Fit BrCpf(const Value& value) {
  const std::string_view c = value.compact;
  const int first = Mod11(Weighted(c, {10, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0);
  const int second = Mod11(Weighted(c, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0);
  return StrongIf(!AllSame(c) && first == Digit(c[9]) && second == Digit(c[10]));
}

Fit BrCnpj(const Value& value) {
  const std::string_view c = value.compact;
  const int first = Mod11(Weighted(c, {5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0);
  const int second = Mod11(Weighted(c, {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0);
  return StrongIf(!AllSame(c) && first == Digit(c[12]) && second == Digit(c[13]));
}

Fit MxCurp(const Value& value) {
  const std::string_view c = value.compact;
  if (!HasForm(c, "AAAA999999AAAAAAX9") || !In(c[10], "HMX") || !HoldsDate(c, 4, "ymd")) return Fit::kNo;
  int sum = 0;
  for (size_t i = 0; i < 17; ++i) {
    const int letter = IsDigit(c[i]) ? Digit(c[i])
                       : c[i] <= 'N' ? c[i] - 'A' + 10
                                     : c[i] - 'A' + 11;  // Ñ stands between
    sum += letter * (18 - static_cast<int>(i));
  }
  return StrongIf((10 - sum % 10) % 10 == Digit(c[17]));
}

Fit MxRfc(const Value& value) {
  const std::string_view c = value.compact;
  if (c.size() != 12 && c.size() != 13) return Fit::kNo;
  const size_t letters = c.size() - 9;
  return StrongOrNo(AllLetters(c.substr(0, letters)) && AllDigits(c.substr(letters, 6)) &&
                    HoldsDate(c, letters, "ymd"));
}

Fit ClRut(const Value& value) {
  const std::string_view c = value.compact;
  const std::string_view body = c.substr(0, c.size() - 1);
  if (!AllDigits(body) || !(IsDigit(c.back()) || c.back() == 'K')) return Fit::kNo;
  int sum = 0, weight = 2;
  for (auto digit = body.rbegin(); digit != body.rend(); ++digit, weight = weight == 7 ? 2 : weight + 1) {
    sum += weight * Digit(*digit);
  }
  return StrongIf("0123456789K0"[11 - sum % 11] == c.back());
}

Fit ArCuit(const Value& value) {
  const std::string_view c = value.compact;
  constexpr std::array<int, 7> kPrefixes = {20, 23, 24, 27, 30, 33, 34};
  if (std::ranges::find(kPrefixes, Number(c.substr(0, 2))) == kPrefixes.end()) return Fit::kNo;
  return StrongIf(Mod11(Weighted(c, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}), 9, 0) == Digit(c[10]));
}

Fit CnResidentId(const Value& value) {
  const std::string_view c = value.compact;
  if (!AllDigits(c.substr(0, 17)) || !(IsDigit(c[17]) || c[17] == 'X')) return Fit::kNo;
  const auto year = static_cast<int>(Number(c.substr(6, 4)));
  const bool date = IsDate(year, static_cast<int>(Number(c.substr(10, 2))), static_cast<int>(Number(c.substr(12, 2))));
  if (!date || year < 1880 || year > 2100) return Fit::kNo;
  const int sum = Weighted(c, {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2});
  return StrongIf("10X98765432"[sum % 11] == c[17]);
}

Fit CnUscc(const Value& value) {
  constexpr std::string_view kLetters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  int sum = 0, weight = 1;
  for (size_t i = 0; i < 17; ++i, weight = weight * 3 % 31) {
    const size_t letter = kLetters.find(value.compact[i]);
    if (letter == std::string_view::npos) return Fit::kNo;
    sum += static_cast<int>(letter) * weight;
  }
  return StrongIf(AllDigits(std::string_view(value.compact).substr(2, 6)) &&
                  kLetters[static_cast<size_t>((31 - sum % 31) % 31)] == value.compact[17]);
}

Fit JpMyNumber(const Value& value) {
  const std::string_view c = value.compact;
  const int rest = Weighted(c, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return StrongIf(!AllSame(c) && (rest <= 1 ? 0 : 11 - rest) == Digit(c[11]));
}

Fit KrRrn(const Value& value) {
  const std::string_view c = value.compact;
  if (!HoldsDate(c, 0, "ymd")) return Fit::kNo;
  const int sum = Weighted(c, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5});
  return StrongIf((11 - sum % 11) % 10 == Digit(c[12]) || IsWritten(value.text, "999999-9999999"));
}

Fit InAadhaar(const Value& value) { return In(value.compact[0], "01") ? Fit::kNo : StrongIf(Verhoeff(value.compact)); }

Fit InPan(const Value& value) {
  return StrongOrNo(HasForm(value.compact, "AAAAA9999A") && In(value.compact[3], "ABCFGHJLPTK"));
}

Fit InGstin(const Value& value) {
  const std::string_view c = value.compact;
  if (!HasForm(c, "99AAAAA9999AXZX")) return Fit::kNo;
  int sum = 0;
  for (size_t i = 0; i < 14; ++i) {
    const int product = Letter(c[i]) * (i % 2 == 0 ? 1 : 2);
    sum += product / 36 + product % 36;
  }
  return StrongIf((36 - sum % 36) % 36 == Letter(c[14]));
}

Fit AuTfn(const Value& value) {
  return StrongIf(!AllSame(value.compact) && Weighted(value.compact, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0);
}

Fit AuAbn(const Value& value) {
  if (value.compact[0] == '0') return Fit::kNo;
  const int sum = Weighted(value.compact, {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}) - 10;
  return StrongIf(sum % 89 == 0);
}

Fit AuMedicare(const Value& value) {
  const std::string_view c = value.compact;
  return In(c[0], "23456") ? StrongIf(Weighted(c, {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == Digit(c[8])) : Fit::kNo;
}

Fit CaSin(const Value& value) {
  return StrongIf(!AllSame(value.compact) && value.compact[0] != '8' && Luhn(value.compact));
}

Fit ZaId(const Value& value) {
  return HoldsDate(value.compact, 0, "ymd") ? StrongIf(In(value.compact[10], "012") && Luhn(value.compact)) : Fit::kNo;
}

Fit IlId(const Value& value) { return StrongIf(!AllSame(value.compact) && Luhn(value.compact)); }

Fit SgNric(const Value& value) {
  const std::string_view c = value.compact;
  if (!In(c[0], "STFGM") || !AllDigits(c.substr(1, 7)) || !IsUpper(c[8])) return Fit::kNo;
  const int sum = Weighted(c.substr(1), {2, 7, 6, 5, 4, 3, 2}) + (In(c[0], "TG") ? 4 : c[0] == 'M' ? 3 : 0);
  const auto rest = static_cast<size_t>(sum % 11);
  const std::string_view letters = In(c[0], "ST") ? "JZIHGFEDCBA" : c[0] == 'M' ? "XWUTRQPNJLK" : "XWUTRQPNMLK";
  return StrongIf(letters[rest] == c[8]);
}

Fit HkId(const Value& value) {
  std::string c;
  for (const char x : value.text) {
    if (IsAlnum(x)) c += ToUpper(x);
  }
  if (c.size() != 8 && c.size() != 9) return Fit::kNo;
  const size_t letters = c.size() - 7;
  if (!AllLetters(c.substr(0, letters)) || !AllDigits(c.substr(letters, 6)) || !(IsDigit(c.back()) || c.back() == 'A'))
    return Fit::kNo;
  int sum = letters == 1 ? 36 * 9 + Letter(c[0]) * 8 : Letter(c[0]) * 9 + Letter(c[1]) * 8;
  sum += Weighted(c.substr(letters), {7, 6, 5, 4, 3, 2});
  return StrongIf((sum + Letter(c.back())) % 11 == 0);
}

Fit TwId(const Value& value) {
  const std::string_view c = value.compact;
  if (!IsUpper(c[0]) || !In(c[1], "1289") || !AllDigits(c.substr(1))) return Fit::kNo;
  constexpr std::array<int, 26> kLetters = {10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21,
                                            22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33};
  const int letter = kLetters[static_cast<size_t>(c[0] - 'A')];
  return StrongIf((letter / 10 + letter % 10 * 9 + Weighted(c.substr(1), {8, 7, 6, 5, 4, 3, 2, 1, 1})) % 10 == 0);
}

Fit TrTckn(const Value& value) {
  const std::string_view c = value.compact;
  if (c[0] == '0') return Fit::kNo;
  const int odd = Weighted(c, {1, 0, 1, 0, 1, 0, 1, 0, 1});
  const int even = Weighted(c, {0, 1, 0, 1, 0, 1, 0, 1});
  const int tenth = ((odd * 7 - even) % 10 + 10) % 10;
  return StrongIf(tenth == Digit(c[9]) && (odd + even + tenth) % 10 == Digit(c[10]));
}

Fit NationalId(const Value& value) { return WeakIf(value.digits >= 4 && value.compact.size() >= 5); }

Fit Passport(const Value& value) {
  return WeakIf(value.digits >= 4 && value.text.size() <= 12 && value.Only(kDigits | kUpper | kLower | kSpace | kDash));
}

Fit DrivingLicence(const Value& value) { return WeakIf(value.digits >= 3 && !value.compact.empty()); }

Fit Mrz(const Value& value) {
  const std::string_view t = value.text;
  if (!value.Has(kAngle) || !t.contains("<<") || (t.size() != 30 && t.size() != 36 && t.size() != 44 && t.size() < 60))
    return Fit::kNo;
  return StrongOrNo(std::ranges::all_of(t, [](char x) { return IsUpper(x) || IsDigit(x) || x == '<' || x == '\n'; }));
}

}  // namespace migrateiq::detail::check
