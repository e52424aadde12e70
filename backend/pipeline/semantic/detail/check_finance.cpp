// Accounts, cards, securities, coins.
#include <algorithm>
#include <array>

#include "base/encoding.hpp"
#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/vocabulary.hpp"

namespace migrateiq::detail::check {

using namespace checksum;

namespace {

struct IbanLength {
  std::string_view country;
  size_t length;
};

constexpr std::array<IbanLength, 77> kIbanLengths = {
    {{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
     {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"DO", 28},
     {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
     {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
     {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20},
     {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30},
     {"NL", 18}, {"NO", 15}, {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22},
     {"SA", 24}, {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"SV", 28},
     {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"XK", 20}}};

bool IsCountry(const Value& value, std::string_view code) {
  return value.words->Has(WordList::kAlpha2, Fold(code)) || code == "XK";
}

/// First digits, from and to, and the lengths of an issuer's cards.
struct Issuer {
  int64_t from, to;
  size_t digits, shortest, longest;
};

bool IsIssued(std::string_view card) {
  constexpr std::array<Issuer, 17> kIssuers = {{{4, 4, 1, 13, 19},
                                                {51, 55, 2, 16, 16},
                                                {2221, 2720, 4, 16, 16},
                                                {34, 34, 2, 15, 15},
                                                {37, 37, 2, 15, 15},
                                                {6011, 6011, 4, 16, 19},
                                                {644, 649, 3, 16, 19},
                                                {65, 65, 2, 16, 19},
                                                {3528, 3589, 4, 16, 19},
                                                {300, 305, 3, 14, 19},
                                                {36, 36, 2, 14, 19},
                                                {38, 39, 2, 14, 19},
                                                {62, 62, 2, 16, 19},
                                                {50, 50, 2, 13, 19},
                                                {56, 58, 2, 13, 19},
                                                {60, 60, 2, 16, 19},
                                                {2200, 2204, 4, 16, 19}}};
  return std::ranges::any_of(kIssuers, [&](const Issuer& issuer) {
    const int64_t first = Number(card.substr(0, issuer.digits));
    return first >= issuer.from && first <= issuer.to && card.size() >= issuer.shortest &&
           card.size() <= issuer.longest;
  });
}

constexpr std::string_view kBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Base58 to the 25 bytes of an address; false when it is none.
bool DecodeBase58(std::string_view text, std::array<uint8_t, 25>& bytes) {
  bytes.fill(0);
  for (const char c : text) {
    const size_t letter = kBase58.find(c);
    if (letter == std::string_view::npos) return false;
    uint32_t carry = static_cast<uint32_t>(letter);
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
      carry += uint32_t{*byte} * 58;
      *byte = static_cast<uint8_t>(carry & 0xFFU);
      carry >>= 8U;
    }
    if (carry != 0) return false;
  }
  return true;
}

bool IsBase58Check(std::string_view text) {
  std::array<uint8_t, 25> bytes{};
  if (text.size() > 35 || !DecodeBase58(text, bytes)) return false;
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return Sha256(Sha256(all.substr(0, 21))).substr(0, 4) == all.substr(21);
}

uint32_t Bech32Step(uint32_t check, uint32_t value) {
  constexpr std::array<uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  const uint32_t top = check >> 25U;
  check = ((check & 0x1ffffffU) << 5U) ^ value;
  for (size_t i = 0; i < kGenerator.size(); ++i) check ^= (top >> i & 1U) != 0 ? kGenerator[i] : 0;
  return check;
}

bool IsBech32(std::string_view text) {
  constexpr std::string_view kLetters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  uint32_t check = 1;
  for (const uint32_t value : {3U, 3U, 0U, 2U, 3U}) check = Bech32Step(check, value);  // the human part "bc"
  for (const char c : text.substr(3)) {
    const size_t letter = kLetters.find(ToLower(c));
    if (letter == std::string_view::npos) return false;
    check = Bech32Step(check, static_cast<uint32_t>(letter));
  }
  return check == 1 || check == 0x2bc830a3;
}

/// Digits of a text in which a letter counts as two digits, through Luhn (ISIN).
std::string Expanded(std::string_view alnum) {
  std::string digits;
  for (const char c : alnum) digits += std::to_string(Letter(c));
  return digits;
}

}  // namespace

Fit CreditCard(const Value& value) {
  return IsIssued(value.compact) ? StrongIf(!AllSame(value.compact) && Luhn(value.compact))
                                 : WeakIf(value.compact.size() >= 15);
}

Fit CardExpiry(const Value& value) {
  const std::string_view t = value.text;
  const size_t cut = t.find_first_of("/-");
  if (cut > 3 || cut == 0) return Fit::kNo;  // npos is more than 3
  const std::string_view month = t.substr(0, cut), year = t.substr(cut + 1);
  if (!AllDigits(year) || (year.size() != 2 && year.size() != 4)) return Fit::kNo;
  if (cut == 3) return WeakIf(IsAsciiLetter(t[0]) && IsAsciiLetter(t[2]) && year.size() == 2);
  if (!AllDigits(month)) return Fit::kNo;
  const int64_t number = Number(month);
  const int64_t two = Number(year) % 100;
  return number >= 1 && number <= 12 ? StrongIf(cut == 2 && t[cut] == '/' && two >= 10 && two <= 45) : Fit::kNo;
}

Fit CardBrand(const Value& value) { return StrongOrNo(value.words->Has(WordList::kCardBrand, value.folded)); }

Fit CardSecurityCode(const Value& value) { return WeakIf(value.Only(kDigits)); }

Fit Iban(const Value& value) {
  const std::string_view c = value.compact;
  if (!AllLetters(c.substr(0, 2)) || !AllDigits(c.substr(2, 2))) return Fit::kNo;
  const auto country = std::ranges::find(kIbanLengths, c.substr(0, 2), &IbanLength::country);
  if (country == kIbanLengths.end() || country->length != c.size()) return Fit::kNo;
  return StrongIf(Mod97(std::string(c.substr(4)) + std::string(c.substr(0, 4))) == 1);
}

Fit Bic(const Value& value) {
  const std::string_view c = value.compact;
  if ((c.size() != 8 && c.size() != 11) || !AllLetters(c.substr(0, 6)) || value.Has(kSpace | kDash | kDot | kSlash))
    return Fit::kNo;
  return StrongOrNo(IsCountry(value, c.substr(4, 2)));
}

Fit AccountNumber(const Value& value) { return WeakIf(value.digits >= 4); }

Fit Isin(const Value& value) {
  const std::string_view c = value.compact;
  if (!AllLetters(c.substr(0, 2)) || !IsDigit(c[11])) return Fit::kNo;
  const bool known = IsCountry(value, c.substr(0, 2)) || c.starts_with("XS") || c.starts_with("EU");
  return known ? StrongIf(Luhn(Expanded(c))) : Fit::kNo;
}

Fit Lei(const Value& value) {
  return IsDigit(value.compact[18]) && IsDigit(value.compact[19]) ? StrongIf(Mod97(value.compact) == 1) : Fit::kNo;
}

Fit Cusip(const Value& value) {
  const std::string_view c = value.compact;
  int sum = 0;
  for (size_t i = 0; i < 8; ++i) {
    const int product = Letter(c[i]) * (i % 2 == 0 ? 1 : 2);
    sum += product / 10 + product % 10;
  }
  return IsDigit(c[8]) ? StrongIf((10 - sum % 10) % 10 == Digit(c[8])) : Fit::kNo;
}

Fit Sedol(const Value& value) {
  const std::string_view c = value.compact;
  if (std::ranges::any_of(c, [](char x) { return std::string_view("AEIOU").contains(x); }) || !IsDigit(c[6]))
    return Fit::kNo;
  int sum = 0;
  for (size_t i = 0; i < 7; ++i) sum += Letter(c[i]) * std::array{1, 3, 1, 7, 3, 9, 1}[i];
  return StrongIf(sum % 10 == 0);
}

Fit AbaRouting(const Value& value) {
  const int64_t district = Number(value.compact.substr(0, 2));
  const bool known =
      district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72) || district == 80;
  return known ? StrongIf(!AllSame(value.compact) && Weighted(value.compact, {3, 7, 1, 3, 7, 1, 3, 7, 1}) % 10 == 0)
               : Fit::kNo;
}

Fit BitcoinAddress(const Value& value) {
  const std::string_view t = value.text;
  if (t.starts_with("bc1") || t.starts_with("BC1")) return StrongOrNo(IsBech32(t));
  return StrongOrNo((t[0] == '1' || t[0] == '3') && IsBase58Check(t));
}

Fit EthereumAddress(const Value& value) {
  return StrongOrNo(value.text.starts_with("0x") && std::ranges::all_of(value.text.substr(2), IsHex));
}

Fit CurrencyCode(const Value& value) {
  return value.Only(kUpper | kLower) ? StrongIf(value.words->Has(WordList::kCurrency, value.folded)) : Fit::kNo;
}

Fit Salary(const Value& value) {
  return WeakIf(value.digits >= 3 && value.Only(kDigits | kDot | kComma | kSpace | kUpper | kNonAscii | kOther) &&
                value.digits * 2 >= value.text.size());
}

}  // namespace migrateiq::detail::check
