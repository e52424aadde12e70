#include "pipeline/mask/detail/format_cipher.hpp"

#include <algorithm>

namespace migrateiq::detail {

namespace {

constexpr uint16_t kDigits = 10, kLetters = 26;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

std::string Joined(const std::string& format, char part, const std::vector<uint8_t>& numerals) {
  return format + '\0' + part + std::string(numerals.begin(), numerals.end());
}

}  // namespace

/// A text taken apart: its format with every digit as 0 and every letter as A or a, and what was there.
struct FormatCipher::Parts {
  std::string format;
  std::vector<uint8_t> digits, letters;

  Parts(const std::string& text, size_t from) : format(text) {
    for (size_t i = from; i < text.size(); ++i) {
      const char c = text[i];
      if (IsDigit(c)) {
        digits.push_back(static_cast<uint8_t>(c - '0'));
        format[i] = '0';
      } else if (IsUpper(c) || IsLower(c)) {
        letters.push_back(static_cast<uint8_t>(c - (IsUpper(c) ? 'A' : 'a')));
        format[i] = IsUpper(c) ? 'A' : 'a';
      }
    }
  }

  void Spell(std::string& text, size_t from) const {
    size_t digit = 0, letter = 0;
    for (size_t i = from; i < text.size(); ++i) {
      const char c = text[i];
      if (IsDigit(c))
        text[i] = static_cast<char>('0' + digits[digit++]);
      else if (IsUpper(c) || IsLower(c))
        text[i] = static_cast<char>((IsUpper(c) ? 'A' : 'a') + letters[letter++]);
    }
  }
};

FormatCipher::FormatCipher(std::string_view key, std::string_view purpose)
    : digits_(MaskSubkey(key, std::string(purpose) + " digits"), kDigits),
      letters_(MaskSubkey(key, std::string(purpose) + " letters"), kLetters),
      orders_(key, std::string(purpose) + " orders") {}

/// One numeral by a table, more by the cipher; what is longer than it takes in blocks, each tied to the one before.
void FormatCipher::Permute(Ff1& cipher, std::vector<uint8_t>& numerals, uint16_t radix, const std::string& tweak,
                           bool forward) {
  const size_t blocks = (numerals.size() + cipher.MostNumerals() - 1) / cipher.MostNumerals();
  std::string bound = tweak;
  for (size_t i = 0; i < blocks; ++i) {
    const size_t begin = numerals.size() * i / blocks, end = numerals.size() * (i + 1) / blocks;
    const std::span<uint8_t> block(numerals.data() + begin, end - begin);
    const std::string before(block.begin(), block.end());
    if (block.size() == 1) {
      const std::vector<uint16_t> order = KeyedOrder(orders_, bound, radix);
      block[0] = static_cast<uint8_t>(forward ? order[block[0]] : std::ranges::find(order, block[0]) - order.begin());
    } else if (forward) {
      cipher.Encrypt(block, bound);
    } else {
      cipher.Decrypt(block, bound);
    }
    bound += forward ? before : std::string(block.begin(), block.end());
  }
}

/// The digits depend on the letters, then the letters on the new digits: equal parts of different texts do not show.
void FormatCipher::Run(std::string& text, size_t from, bool forward) {
  Parts parts(text, from);
  const auto digits = [&] {
    Permute(digits_, parts.digits, kDigits, Joined(parts.format, 'd', parts.letters), forward);
  };
  const auto others = [&] {
    Permute(letters_, parts.letters, kLetters, Joined(parts.format, 'l', parts.digits), forward);
  };
  if (forward) digits();
  others();
  if (!forward) digits();
  parts.Spell(text, from);
}

}  // namespace migrateiq::detail
