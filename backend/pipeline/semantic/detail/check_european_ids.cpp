// Numbers of people and firms in Europe.
#include <algorithm>
#include <array>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"

namespace migrateiq::detail::check {

using namespace checksum;

namespace {

/// A remainder of 11 as a digit; 10 has none.
bool Mod11Digit(int sum, char digit) { return sum % 11 == Digit(digit); }

bool In(char c, std::string_view of) { return of.contains(c); }

}  // namespace

Fit UkNino(const Value& value) {
  const std::string_view c = value.compact;
  if (c.size() < 8 || !AllLetters(c.substr(0, 2)) || !AllDigits(c.substr(2, 6))) return Fit::kNo;
  if (c.size() == 9 && !In(c[8], "ABCD")) return Fit::kNo;
  constexpr std::array<std::string_view, 7> kNever = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
  const bool allowed =
      !In(c[0], "DFIQUV") && !In(c[1], "DFIQUVO") && std::ranges::find(kNever, c.substr(0, 2)) == kNever.end();
  return c.size() == 9 && allowed ? Fit::kStrong : WeakIf(allowed);
}

Fit UkNhs(const Value& value) {
  const std::string_view c = value.compact;
  if (value.Has(kDash) && value.text.size() == 13) return Fit::kNo;  // four groups: a book
  const int check = 11 - Weighted(c, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return StrongIf(!AllSame(c) && check % 11 == Digit(c[9]) && check != 10);
}

Fit UkUtr(const Value& value) {
  const std::string_view c = value.compact;
  const int rest = Weighted(c.substr(1), {6, 7, 8, 9, 10, 5, 4, 3, 2}) % 11;
  return StrongIf("21987654321"[rest] == c[0]);
}

Fit DeSteuerId(const Value& value) {
  const std::string_view c = value.compact;
  if (c[0] == '0') return Fit::kNo;
  int doubled = 0, most = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    const int times = static_cast<int>(std::ranges::count(c.substr(0, 10), digit));
    doubled += times > 1 ? 1 : 0;
    most = std::max(most, times);
  }
  return StrongIf(doubled == 1 && most <= 3 && Mod11And10(c));
}

Fit DeRvnr(const Value& value) {
  const std::string_view c = value.compact;
  if (!AllDigits(c.substr(0, 8)) || !IsUpper(c[8]) || !AllDigits(c.substr(9))) return Fit::kNo;
  const int letter = c[8] - 'A' + 1;
  std::string digits(c.substr(0, 8));
  digits += {static_cast<char>('0' + letter / 10), static_cast<char>('0' + letter % 10)};
  digits += c.substr(9, 2);
  constexpr std::array<int, 12> kWeights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) {
    const int product = kWeights[i] * Digit(digits[i]);
    sum += product / 10 + product % 10;
  }
  return StrongIf(sum % 10 == Digit(c[11]));
}

Fit DePersonalausweis(const Value& value) {
  const std::string_view c = value.compact;
  const auto allowed = [](char x) { return IsDigit(x) || In(x, "CFGHJKLMNPRTVWXYZ"); };
  if (!std::ranges::all_of(c.substr(0, 9), allowed) || !IsUpper(c[0])) return Fit::kNo;
  if (c.size() == 9) return Fit::kWeak;
  int sum = 0;
  for (size_t i = 0; i < 9; ++i) sum += Letter(c[i]) * std::array{7, 3, 1}[i % 3];
  return StrongIf(sum % 10 == Letter(c[9]) && (c.size() == 10 || c[10] == 'D'));
}

Fit FrNir(const Value& value) {
  std::string c = value.compact;
  if (!In(c[0], "123478") || !AllDigits(c.substr(0, 5)) || !AllDigits(c.substr(7))) return Fit::kNo;
  int64_t minus = 0;
  if (c[5] == '2' && In(c[6], "AB")) {
    minus = c[6] == 'A' ? 1000000 : 2000000;
    c[6] = '0';
  }
  if (!AllDigits(c)) return Fit::kNo;
  const int64_t number = Number(c.substr(0, 13)) - minus;
  return StrongIf(97 - number % 97 == Number(c.substr(13)));
}

Fit FrSiren(const Value& value) { return StrongIf(!AllSame(value.compact) && Luhn(value.compact)); }

Fit FrSiret(const Value& value) {
  const std::string_view c = value.compact;
  return StrongIf(!AllSame(c) && Luhn(c) && Luhn(c.substr(0, 9)));
}

Fit EsDni(const Value& value) {
  const std::string_view c = value.compact;
  if (c.size() < 8 || !AllDigits(c.substr(0, c.size() - 1)) || !IsUpper(c.back())) return Fit::kNo;
  return StrongIf("TRWAGMYFPDXBNJZSQVHLCKE"[Number(c.substr(0, c.size() - 1)) % 23] == c.back());
}

Fit EsNie(const Value& value) {
  const std::string_view c = value.compact;
  if (!In(c[0], "XYZ") || !AllDigits(c.substr(1, 7)) || !IsUpper(c[8])) return Fit::kNo;
  const int64_t number = (c[0] - 'X') * 10000000 + Number(c.substr(1, 7));
  return StrongIf("TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == c[8]);
}

Fit EsCif(const Value& value) {
  const std::string_view c = value.compact;
  if (!In(c[0], "ABCDEFGHJNPQRSUVW") || !AllDigits(c.substr(1, 7))) return Fit::kNo;
  const int check = LuhnDigit(c.substr(1, 7));
  return StrongIf(c[8] == '0' + check || c[8] == "JABCDEFGHI"[check]);
}

Fit ItCodiceFiscale(const Value& value) {
  const std::string_view c = value.compact;
  constexpr std::string_view kForm = "AAAAAA99A99A999A";
  for (size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == 'A' ? !IsUpper(c[i]) : !IsDigit(c[i]) && !In(c[i], "LMNPQRSTUV")) return Fit::kNo;
  }
  constexpr std::array<int, 26> kOdd = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                        20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  int sum = 0;
  for (size_t i = 0; i < 15; ++i) {
    const int letter = IsDigit(c[i]) ? Digit(c[i]) : c[i] - 'A';
    sum += i % 2 == 0 ? kOdd[static_cast<size_t>(letter)] : letter;
  }
  return StrongIf('A' + sum % 26 == c[15]);
}

Fit ItPartitaIva(const Value& value) { return StrongIf(!AllSame(value.compact) && Luhn(value.compact)); }

Fit PtNif(const Value& value) {
  const std::string_view c = value.compact;
  const int check = 11 - Weighted(c, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return StrongIf(In(c[0], "1235689") && (check >= 10 ? 0 : check) == Digit(c[8]));
}

Fit NlBsn(const Value& value) {
  const std::string c = value.compact.size() == 8 ? "0" + value.compact : value.compact;
  return StrongIf(!AllSame(c) && Weighted(c, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0);
}

Fit BeNrn(const Value& value) {
  const std::string_view c = value.compact;
  const int64_t number = Number(c.substr(0, 9));
  const int64_t check = Number(c.substr(9));
  return StrongIf(97 - number % 97 == check || 97 - (2000000000 + number) % 97 == check);
}

Fit ChAhv(const Value& value) { return StrongOrNo(value.compact.starts_with("756") && checksum::Ean(value.compact)); }

Fit AtSvnr(const Value& value) {
  const std::string_view c = value.compact;
  const int sum = Weighted(c, {3, 7, 9, 0, 5, 8, 4, 2, 1, 6});
  return StrongIf(c[0] != '0' && Mod11Digit(sum, c[3]) && Number(c.substr(6, 2)) <= 15 && Number(c.substr(4, 2)) <= 31);
}

Fit PlPesel(const Value& value) {
  const std::string_view c = value.compact;
  const int month = static_cast<int>(Number(c.substr(2, 2))) % 20;
  const int sum = Weighted(c, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1});
  return StrongIf(sum % 10 == 0 && IsDate(2000, month, static_cast<int>(Number(c.substr(4, 2)))));
}

Fit PlNip(const Value& value) {
  const std::string_view c = value.compact;
  return StrongIf(!AllSame(c) && Mod11Digit(Weighted(c, {6, 5, 7, 2, 3, 4, 5, 6, 7}), c[9]));
}

Fit PlRegon(const Value& value) {
  const std::string_view c = value.compact;
  if (c.size() != 9 && c.size() != 14) return Fit::kNo;
  const int sum =
      c.size() == 9 ? Weighted(c, {8, 9, 2, 3, 4, 5, 6, 7}) : Weighted(c, {2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8});
  return StrongIf(sum % 11 % 10 == Digit(c.back()));
}

Fit CzRodneCislo(const Value& value) {
  const std::string_view c = value.compact;
  int month = static_cast<int>(Number(c.substr(2, 2)));
  month = month > 70 ? month - 70 : month > 50 ? month - 50 : month > 20 ? month - 20 : month;
  return StrongIf(Number(c) % 11 == 0 && IsDate(2000, month, static_cast<int>(Number(c.substr(4, 2)))));
}

Fit SePersonnummer(const Value& value) {
  std::string_view c = value.compact;
  std::string plus;
  if (value.Has(kPlus) && value.text.size() == 11 && value.text[6] == '+')
    c = plus = std::string(value.text.substr(0, 6)) + std::string(value.text.substr(7));
  if (!AllDigits(c) || (c.size() != 10 && c.size() != 12)) return Fit::kNo;
  if (c.size() == 12) c.remove_prefix(2);
  return StrongIf(HoldsDate(c, 0, "ymd") && Luhn(c));
}

Fit FiHetu(const Value& value) {
  const std::string_view t = value.text;
  if (!AllDigits(t.substr(0, 6)) || !In(t[6], "-+ABCDEFYXWVU") || !AllDigits(t.substr(7, 3))) return Fit::kNo;
  const int64_t number = Number(std::string(t.substr(0, 6)) + std::string(t.substr(7, 3)));
  return StrongIf(HoldsDate(t, 0, "dmy") && "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31] == ToUpper(t[10]));
}

Fit NoFnr(const Value& value) {
  const std::string_view c = value.compact;
  const bool first = Weighted(c, {3, 7, 6, 1, 8, 9, 4, 5, 2, 1}) % 11 == 0;
  return StrongIf(first && Weighted(c, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0 && HoldsDate(c, 0, "dmy"));
}

Fit DkCpr(const Value& value) {
  const std::string_view c = value.compact;
  if (!HoldsDate(c, 0, "dmy")) return Fit::kNo;
  const bool written = value.text.size() == 11 && value.text[6] == '-';
  return StrongIf(Weighted(c, {4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0 || written);
}

Fit IePps(const Value& value) {
  const std::string_view c = value.compact;
  if (!AllDigits(c.substr(0, 7)) || !AllLetters(c.substr(7))) return Fit::kNo;
  int sum = Weighted(c, {8, 7, 6, 5, 4, 3, 2});
  if (c.size() == 9 && c[8] != 'W') sum += 9 * (c[8] - 'A' + 1);
  return StrongIf("WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == c[7]);
}

Fit RoCnp(const Value& value) {
  const std::string_view c = value.compact;
  const int sum = Weighted(c, {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
  return StrongIf(c[0] != '0' && (sum == 10 ? 1 : sum) == Digit(c[12]) && HoldsDate(c, 1, "ymd"));
}

Fit BgEgn(const Value& value) {
  const std::string_view c = value.compact;
  const int month = static_cast<int>(Number(c.substr(2, 2)));
  const int sum = Weighted(c, {2, 4, 8, 5, 10, 9, 7, 3, 6});
  const int real = month > 40 ? month - 40 : month > 20 ? month - 20 : month;
  return StrongIf(sum % 11 % 10 == Digit(c[9]) && IsDate(2000, real, static_cast<int>(Number(c.substr(4, 2)))));
}

Fit HrOib(const Value& value) { return StrongIf(Mod11And10(value.compact)); }

Fit EeIsikukood(const Value& value) {
  const std::string_view c = value.compact;
  if (!In(c[0], "123456") || !HoldsDate(c, 1, "ymd")) return Fit::kNo;
  int rest = Weighted(c, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1}) % 11;
  if (rest == 10) rest = Weighted(c, {3, 4, 5, 6, 7, 8, 9, 1, 2, 3}) % 11 % 10;
  return StrongIf(rest == Digit(c[10]));
}

Fit GrAmka(const Value& value) { return HoldsDate(value.compact, 0, "dmy") ? StrongIf(Luhn(value.compact)) : Fit::kNo; }

Fit RuInn(const Value& value) {
  const std::string_view c = value.compact;
  if (c.size() == 10)
    return StrongIf(!AllSame(c) && Weighted(c, {2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == Digit(c[9]));
  if (c.size() != 12) return Fit::kNo;
  const bool first = Weighted(c, {7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == Digit(c[10]);
  return StrongIf(first && Weighted(c, {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == Digit(c[11]));
}

Fit RuSnils(const Value& value) {
  const std::string_view c = value.compact;
  const int sum = Weighted(c, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 101;
  return StrongIf(!AllSame(c) && sum % 100 == Number(c.substr(9)));
}

Fit EuVat(const Value& value) {
  struct Country {
    std::string_view prefix;
    std::string_view forms;  ///< of what follows: 9 digit, A letter, X either; a comma between
  };
  static constexpr std::array<Country, 29> kCountries = {{{"AT", "U99999999"},
                                                          {"BE", "9999999999"},
                                                          {"BG", "999999999,9999999999"},
                                                          {"CY", "99999999A"},
                                                          {"CZ", "99999999,999999999,9999999999"},
                                                          {"DE", "999999999"},
                                                          {"DK", "99999999"},
                                                          {"EE", "999999999"},
                                                          {"EL", "999999999"},
                                                          {"ES", "X9999999X"},
                                                          {"FI", "99999999"},
                                                          {"FR", "XX999999999"},
                                                          {"HR", "99999999999"},
                                                          {"HU", "99999999"},
                                                          {"IE", "9X99999A,9999999AA"},
                                                          {"IT", "99999999999"},
                                                          {"LT", "999999999,999999999999"},
                                                          {"LU", "99999999"},
                                                          {"LV", "99999999999"},
                                                          {"MT", "99999999"},
                                                          {"NL", "999999999B99"},
                                                          {"PL", "9999999999"},
                                                          {"PT", "999999999"},
                                                          {"RO", "999999,9999999,99999999,999999999,9999999999"},
                                                          {"SE", "999999999999"},
                                                          {"SI", "99999999"},
                                                          {"SK", "9999999999"},
                                                          {"GB", "999999999,999999999999"},
                                                          {"XI", "999999999"}}};
  const std::string_view c = value.compact;
  const auto country = std::ranges::find(kCountries, c.substr(0, 2), &Country::prefix);
  if (country == kCountries.end()) return Fit::kNo;
  const auto matches = [&](std::string_view form) {
    return form.size() == c.size() - 2 && std::ranges::equal(form, c.substr(2), [](char f, char x) {
             return f == '9' ? IsDigit(x) : f == 'A' ? IsUpper(x) : f == 'X' || f == x;
           });
  };
  std::string_view forms = country->forms;
  while (!forms.empty()) {
    const size_t end = std::min(forms.find(','), forms.size());
    if (matches(forms.substr(0, end))) return Fit::kStrong;
    forms.remove_prefix(std::min(end + 1, forms.size()));
  }
  return Fit::kNo;
}

}  // namespace migrateiq::detail::check
