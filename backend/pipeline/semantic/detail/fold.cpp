#include "pipeline/semantic/detail/fold.hpp"

namespace migrateiq::detail {
namespace {

/// U+00C0 to U+017F without marks, one letter each; '*' stands for two letters, see TwoLetters, and ' ' for none.
constexpr std::string_view kLatin =
    "aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**"
    "rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

std::string_view TwoLetters(uint32_t code_point) {
  switch (code_point) {
    case 0xC6:
    case 0xE6: return "ae";
    case 0xDE:
    case 0xFE: return "th";
    case 0xDF: return "ss";
    case 0x132:
    case 0x133: return "ij";
    default: return "oe";
  }
}

void AppendFolded(uint32_t code_point, std::string_view bytes, std::string& out) {
  if (code_point >= 0xC0 && code_point < 0xC0 + kLatin.size()) {
    const char letter = kLatin[code_point - 0xC0];
    if (letter == '*')
      out += TwoLetters(code_point);
    else if (letter != ' ')
      out += letter;
    return;
  }
  if (code_point == 0x218 || code_point == 0x219) return out.push_back('s');
  if (code_point == 0x21A || code_point == 0x21B) return out.push_back('t');
  if (code_point >= 0x300 && code_point < 0x370) return;  // marks of their own
  out += bytes;
}

size_t LengthOf(uint8_t first) {
  if (first >= 0xF0 && first < 0xF8) return 4;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xC2 && first < 0xE0 ? 2 : 1;
}

}  // namespace

uint32_t NextCodePoint(std::string_view text, size_t& at) {
  const auto first = static_cast<uint8_t>(text[at]);
  const size_t length = LengthOf(first);
  if (length == 1 || at + length > text.size()) return static_cast<uint8_t>(text[at++]);
  uint32_t code_point = first & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; ++i) code_point = (code_point << 6U) | (static_cast<uint8_t>(text[at + i]) & 0x3FU);
  at += length;
  return code_point;
}

std::string Fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const uint32_t code_point = NextCodePoint(text, at);
    if (code_point < 0x80)
      out += ToLower(static_cast<char>(code_point));
    else
      AppendFolded(code_point, text.substr(begin, at - begin), out);
  }
  return out;
}

bool IsEastAsian(uint32_t code_point) {
  return (code_point >= 0x3040 && code_point < 0xA000) || (code_point >= 0xAC00 && code_point < 0xD7B0) ||
         (code_point >= 0xF900 && code_point < 0xFB00);
}

bool IsLetter(uint32_t code_point) {
  if (code_point < 0x80) return IsAsciiLetter(static_cast<char>(code_point));
  if (code_point < 0xC0) return false;
  return code_point != 0xD7 && code_point != 0xF7 && (code_point < 0x2000 || IsEastAsian(code_point));
}

}  // namespace migrateiq::detail
