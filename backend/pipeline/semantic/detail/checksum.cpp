#include "pipeline/semantic/detail/checksum.hpp"

#include <algorithm>
#include <array>

#include "pipeline/semantic/detail/fold.hpp"

namespace migrateiq::detail::checksum {

bool AllSame(std::string_view text) { return text.find_first_not_of(text.substr(0, 1)) == std::string_view::npos; }
bool AllDigits(std::string_view text) { return std::ranges::all_of(text, IsDigit); }
bool AllLetters(std::string_view text) { return std::ranges::all_of(text, IsUpper); }

int64_t Number(std::string_view digits) {
  int64_t number = 0;
  for (const char c : digits.substr(0, 18)) number = number * 10 + Digit(c);
  return number;
}

int Weighted(std::string_view digits, std::initializer_list<int> weights) {
  int sum = 0;
  size_t at = 0;
  for (const int weight : weights) {
    if (at == digits.size()) break;
    sum += weight * Digit(digits[at++]);
  }
  return sum;
}

int LuhnDigit(std::string_view digits) {
  int sum = 0;
  bool doubled = true;
  for (auto c = digits.rbegin(); c != digits.rend(); ++c, doubled = !doubled) {
    const int value = doubled ? Digit(*c) * 2 : Digit(*c);
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - sum % 10) % 10;
}

bool Luhn(std::string_view digits) {
  return !digits.empty() && LuhnDigit(digits.substr(0, digits.size() - 1)) == Digit(digits.back());
}

bool Mod11And10(std::string_view digits) {
  int product = 10;
  for (const char c : digits.substr(0, digits.size() - 1)) {
    const int sum = (Digit(c) + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return (11 - product) % 10 == Digit(digits.back());
}

int Mod97(std::string_view alnum) {
  int rest = 0;
  for (const char c : alnum) {
    const int value = Letter(c);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest;
}

bool Verhoeff(std::string_view digits) {
  constexpr std::array<std::string_view, 10> kProduct = {"0123456789", "1234067895", "2340178956", "3401289567",
                                                         "4012395678", "5987604321", "6598710432", "7659821043",
                                                         "8765932104", "9876543210"};
  constexpr std::array<std::string_view, 8> kPermutation = {"0123456789", "1576283094", "5803796142", "8916043527",
                                                            "9453126870", "4286573901", "2793806415", "7046913258"};
  int check = 0;
  size_t position = 0;
  for (auto c = digits.rbegin(); c != digits.rend(); ++c, ++position) {
    const int permuted = Digit(kPermutation[position % 8][static_cast<size_t>(Digit(*c))]);
    check = Digit(kProduct[static_cast<size_t>(check)][static_cast<size_t>(permuted)]);
  }
  return check == 0;
}

bool Ean(std::string_view digits) {
  int sum = 0;
  int weight = 1;
  for (auto c = digits.rbegin(); c != digits.rend(); ++c, weight = 4 - weight) sum += weight * Digit(*c);
  return sum % 10 == 0;
}

bool IsDate(int year, int month, int day) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[static_cast<size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

bool HoldsDate(std::string_view digits, size_t at, std::string_view order) {
  int year = 0, month = 0, day = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const int part = static_cast<int>(Number(digits.substr(at + 2 * i, 2)));
    (order[i] == 'y' ? year : order[i] == 'm' ? month : day) = part;
  }
  return IsDate(2000 + year, month, day) || IsDate(1900 + year, month, day);
}

}  // namespace migrateiq::detail::checksum
