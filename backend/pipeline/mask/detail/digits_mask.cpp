#include <algorithm>

#include "pipeline/mask/detail/check_digit.hpp"
#include "pipeline/mask/detail/format_cipher.hpp"
#include "pipeline/mask/detail/text_mask.hpp"

namespace migrateiq::detail {

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool BeginsWithZero(std::string_view text) {
  const auto first = std::ranges::find_if(text, IsDigit);
  return first != text.end() && *first == '0';
}

/// Of integers of equal length the text decides.
bool Exceeds(std::string_view text, std::string_view most) {
  if (most.empty()) return false;
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.size() > most.size() || (text.size() == most.size() && text > most);
}

/// A permutation of the texts of one format, walked along until the result has what the value has: a right check
/// digit or a wrong one, a leading zero or none. On the texts that share this the walk is a permutation again.
class DigitsMask : public TextMask {
 public:
  DigitsMask(std::string_view key, std::string most) : cipher_(key, "digits"), most_(std::move(most)) {}

  bool Replace(std::string_view value, std::string& out) override {
    if (!IsAscii(value)) return false;
    out = value;
    if (IsIban(value)) return ReplaceIban(out);
    const bool luhn = PassesLuhn(value), zero = BeginsWithZero(value);
    do cipher_.Encrypt(out, 0);
    while (PassesLuhn(out) != luhn || BeginsWithZero(out) != zero || Exceeds(out, most_) || IsIban(out));
    return true;
  }

 private:
  /// The country stays; the check digits follow from the account.
  bool ReplaceIban(std::string& out) {
    size_t from = 0;
    for (int letters_and_digits = 0; letters_and_digits < 4; ++from) letters_and_digits += out[from] != ' ';
    out[out.find_first_of("0123456789")] = '0';
    out[out.find_first_of("0123456789", out.find('0') + 1)] = '0';
    cipher_.Encrypt(out, from);
    RepairIban(out);
    return true;
  }

  FormatCipher cipher_;
  const std::string most_;
};

/// Where the digits begin that may change: after the country code, taken as two digits.
size_t AfterCountryCode(std::string_view text) {
  const size_t first = text.find_first_not_of(" (");
  if (first == std::string_view::npos) return 0;
  size_t at = first;
  if (text[at] == '+')
    ++at;
  else if (text.substr(at).starts_with("00"))
    at += 2;
  else
    return 0;
  int digits = 0;
  while (at < text.size() && digits < 2) digits += IsDigit(text[at++]);
  return at;
}

class PhoneMask : public TextMask {
 public:
  explicit PhoneMask(std::string_view key) : cipher_(key, "phone") {}

  bool Replace(std::string_view value, std::string& out) override {
    if (!IsAscii(value) || std::ranges::count_if(value, IsDigit) < 3) return false;
    out = value;
    const size_t from = AfterCountryCode(value);
    const bool zero = BeginsWithZero(value.substr(from));
    do cipher_.Encrypt(out, from);
    while (BeginsWithZero(std::string_view(out).substr(from)) != zero);
    return true;
  }

 private:
  FormatCipher cipher_;
};

}  // namespace

std::unique_ptr<TextMask> MakeDigitsMask(std::string_view key, std::string most) {
  return std::make_unique<DigitsMask>(key, std::move(most));
}
std::unique_ptr<TextMask> MakePhoneMask(std::string_view key) { return std::make_unique<PhoneMask>(key); }

}  // namespace migrateiq::detail
