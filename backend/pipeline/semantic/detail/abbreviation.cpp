#include "pipeline/semantic/detail/abbreviation.hpp"

#include <string>

namespace migrateiq::detail {
namespace {

bool IsVowel(char c) { return std::string_view("aeiouy").contains(c); }

/// The letters of `part` come in `whole` in their order.
bool IsSubsequence(std::string_view part, std::string_view whole) {
  for (const char c : part) {
    const size_t at = whole.find(c);
    if (at == std::string_view::npos) return false;
    whole.remove_prefix(at + 1);
  }
  return true;
}

/// Without vowels but the first letter, without doubled letters.
std::string Skeleton(std::string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size(); ++i) {
    if (i > 0 && IsVowel(word[i])) continue;
    if (out.empty() || out.back() != word[i]) out += word[i];
  }
  return out;
}

}  // namespace

double Abbreviates(std::string_view shorter, std::string_view word) {
  if (shorter == word) return 1;
  if (shorter.size() < 2 || shorter.size() >= word.size() || shorter[0] != word[0] || word.size() < 3) return 0;
  if (!IsSubsequence(shorter, word)) return 0;
  if (Skeleton(shorter) == Skeleton(word)) return shorter.size() >= 3 ? 0.9 : 0.7;
  if (word.starts_with(shorter)) return shorter.size() >= 3 ? 0.8 : 0.6;
  return shorter.size() >= 3 && shorter.size() * 2 >= Skeleton(word).size() ? 0.6 : 0;
}

}  // namespace migrateiq::detail
