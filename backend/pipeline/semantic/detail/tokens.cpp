#include "pipeline/semantic/detail/tokens.hpp"

#include "pipeline/semantic/detail/fold.hpp"

namespace migrateiq::detail {
namespace {

bool Joins(char c) { return IsAlnum(c) || c == '\'' || c == '.' || (c & 0x80) != 0; }

}  // namespace

std::vector<std::string> WordsOf(std::string_view folded, size_t most) {
  std::vector<std::string> words;
  for (size_t at = 0; at < folded.size() && words.size() < most;) {
    size_t end = at;
    while (end < folded.size() && Joins(folded[end])) ++end;
    if (end > at) words.emplace_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool IsNameText(std::string_view text) {
  size_t letters = 0;
  for (size_t at = 0; at < text.size();) {
    const uint32_t c = NextCodePoint(text, at);
    if (IsLetter(c))
      ++letters;
    else if (c != ' ' && c != '-' && c != '\'' && c != '.' && c != ',' && c != 0x2019 && c != 0xB7 && c != 0x3000)
      return false;
  }
  return letters > 0;
}

size_t EastAsianLength(std::string_view text) {
  size_t letters = 0;
  for (size_t at = 0; at < text.size();) {
    const uint32_t c = NextCodePoint(text, at);
    if (c == ' ' || c == 0x3000) continue;
    if (!IsEastAsian(c)) return 0;
    ++letters;
  }
  return letters;
}

}  // namespace migrateiq::detail
