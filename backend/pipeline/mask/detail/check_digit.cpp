#include "pipeline/mask/detail/check_digit.hpp"

#include <algorithm>

namespace migrateiq::detail {

namespace {

constexpr size_t kLeastLuhn = 8;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

std::string WithoutBlanks(std::string_view text) {
  std::string compact(text);
  std::erase(compact, ' ');
  return compact;
}

bool HasIbanForm(std::string_view compact) {
  return compact.size() >= 15 && compact.size() <= 34 && IsUpper(compact[0]) && IsUpper(compact[1]) &&
         IsDigit(compact[2]) && IsDigit(compact[3]) &&
         std::ranges::all_of(compact.substr(4), [](char c) { return IsDigit(c) || IsUpper(c); });
}

/// The remainder of ISO 7064 mod 97,10, the first four characters taken last.
int IbanRemainder(std::string_view compact) {
  int remainder = 0;
  for (size_t i = 0; i < compact.size(); ++i) {
    const char c = compact[(i + 4) % compact.size()];
    remainder = IsDigit(c) ? (remainder * 10 + (c - '0')) % 97 : (remainder * 100 + (c - 'A' + 10)) % 97;
  }
  return remainder;
}

}  // namespace

bool PassesLuhn(std::string_view text) {
  int sum = 0;
  size_t digits = 0;
  for (size_t i = text.size(); i-- > 0;) {
    const char c = text[i];
    if (!IsDigit(c)) {
      if (IsUpper(c) || (c >= 'a' && c <= 'z')) return false;
      continue;
    }
    const int twice = (c - '0') * 2;
    sum += digits++ % 2 == 0 ? c - '0' : twice / 10 + twice % 10;
  }
  return digits >= kLeastLuhn && sum % 10 == 0;
}

bool IsIban(std::string_view text) {
  const std::string compact = WithoutBlanks(text);
  return HasIbanForm(compact) && IbanRemainder(compact) == 1;
}

void RepairIban(std::string& text) {
  std::string compact = WithoutBlanks(text);
  compact[2] = compact[3] = '0';
  const int check = 98 - IbanRemainder(compact);
  size_t seen = 0;
  for (char& c : text) {
    if (c == ' ') continue;
    if (seen == 2) c = static_cast<char>('0' + check / 10);
    if (seen == 3) c = static_cast<char>('0' + check % 10);
    ++seen;
  }
}

}  // namespace migrateiq::detail
