#include "pipeline/match/words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace migrateiq::match {

namespace {

/// U+00C0..U+017F to plain letters, in order; empty = dropped.
constexpr std::string_view kLatin1 =
    "a a a a a a ae c e e e e i i i i d n o o o o o x o u u u u y th ss a a a a a a ae c e e e e i i i i d n o o o o o "
    "- o "
    "u u u u y th y";

std::array<std::string_view, 64> Latin1Table() {
  std::array<std::string_view, 64> table;
  size_t begin = 0;
  for (std::string_view& entry : table) {
    const size_t end = std::min(kLatin1.find(' ', begin), kLatin1.size());
    entry = kLatin1.substr(begin, end - begin);
    begin = std::min(end + 1, kLatin1.size());
  }
  return table;
}

/// Of U+0100..U+017F, one letter each.
constexpr std::string_view kLatinExtended =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuu"
    "uuwwyyyzzzzzzs";

size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

/// Appends the folded form of the character at `at`; returns its length in bytes.
size_t FoldOne(std::string_view text, size_t at, std::string& out) {
  static const std::array<std::string_view, 64> latin1 = Latin1Table();
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) {
    out += static_cast<char>(lead >= 'A' && lead <= 'Z' ? lead + 32 : lead);
    return 1;
  }
  const size_t length = std::min(SequenceLength(lead), text.size() - at);
  const auto next = static_cast<unsigned char>(length > 1 ? text[at + 1] : 0);
  const uint32_t point = length == 2 ? (lead & 31U) << 6 | (next & 63U) : 0;
  if (point >= 0xC0 && point < 0x100)
    out += latin1[point - 0xC0];
  else if (point >= 0x100 && point < 0x100 + kLatinExtended.size())
    out += kLatinExtended[point - 0x100];
  else
    out += text.substr(at, length);
  return length;
}

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWide(char c) { return static_cast<unsigned char>(c) >= 0xE0; }
bool IsLetter(char c) { return IsLower(c) || IsUpper(c) || static_cast<unsigned char>(c) >= 0x80; }

/// Does a new word begin at `at` (its character and the one before are part of words)?
bool Border(std::string_view name, size_t at) {
  const char before = name[at - 1];
  const char here = name[at];
  if (IsDigit(before) != IsDigit(here)) return true;
  if ((static_cast<unsigned char>(here) & 0xC0) == 0x80) return false;  // within a character
  const bool wide_before = static_cast<unsigned char>(before) >= 0x80;
  if (IsWide(here) != wide_before && (IsWide(here) || !(static_cast<unsigned char>(here) >= 0x80))) {
    if (IsWide(here) || (wide_before && at >= 3 && IsWide(name[at - 3]))) return true;
  }
  if (IsLower(before) && IsUpper(here)) return true;
  // The last capital of a run begins the next word: "HTTPServer", but "IDs" stays.
  return IsUpper(before) && IsUpper(here) && at + 2 < name.size() && IsLower(name[at + 1]) && IsLower(name[at + 2]);
}

std::vector<uint64_t> Trigrams(std::string_view text) {
  std::string padded = "^^";
  padded += text;
  padded += "$";
  std::vector<uint64_t> grams;
  for (size_t i = 0; i + 3 <= padded.size(); ++i)
    grams.push_back(static_cast<uint64_t>(static_cast<unsigned char>(padded[i])) << 16 |
                    static_cast<uint64_t>(static_cast<unsigned char>(padded[i + 1])) << 8 |
                    static_cast<unsigned char>(padded[i + 2]));
  std::ranges::sort(grams);
  return grams;
}

/// Letters of `a` that have an equal one near enough in `b`; the flags say which.
size_t JaroMatches(std::string_view a, std::string_view b, std::vector<char>& in_a, std::vector<char>& in_b) {
  const size_t window = std::max<size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
  size_t count = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    const size_t end = std::min(i + window + 1, b.size());
    for (size_t j = i > window ? i - window : 0; j < end; ++j) {
      if (in_b[j] != 0 || a[i] != b[j]) continue;
      in_a[i] = in_b[j] = 1;
      ++count;
      break;
    }
  }
  return count;
}

size_t Transpositions(std::string_view a, std::string_view b, const std::vector<char>& in_a,
                      const std::vector<char>& in_b) {
  size_t wrong = 0;
  size_t j = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    if (in_a[i] == 0) continue;
    while (in_b[j] == 0) ++j;
    wrong += a[i] != b[j] ? 1 : 0;
    ++j;
  }
  return wrong / 2;
}

}  // namespace

std::string Fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) at += FoldOne(text, at, out);
  return out;
}

std::string Squeeze(std::string_view text) {
  std::string out;
  for (const char c : Fold(text))
    if (IsLetter(c) || IsDigit(c)) out += c;
  return out;
}

std::vector<std::string> SplitName(std::string_view name) {
  std::vector<std::string> words;
  bool open = false;
  size_t begin = 0;
  const auto close = [&](size_t end) {
    if (open) words.push_back(Fold(name.substr(begin, end - begin)));
    open = false;
  };
  for (size_t at = 0; at < name.size(); ++at) {
    if (!IsLetter(name[at]) && !IsDigit(name[at])) {
      close(at);
      continue;
    }
    if (open && Border(name, at)) close(at);
    if (!open) begin = at;
    open = true;
  }
  close(name.size());
  return words;
}

size_t CountLetters(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool IsWideScript(std::string_view word) { return std::ranges::any_of(word, IsWide); }

bool IsMeaningless(std::string_view name) {
  static const std::vector<std::string_view> bare = {"col", "column", "field", "f",       "c",      "x",         "v",
                                                     "var", "attr",   "feld",  "unnamed", "spalte", "attribute", "a"};
  std::vector<std::string> words = SplitName(name);
  std::erase_if(words, [](const std::string& word) { return std::ranges::all_of(word, IsDigit); });
  if (words.empty()) return true;
  return words.size() == 1 && std::ranges::find(bare, words[0]) != bare.end();
}

double JaroWinkler(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  std::vector<char> in_a(a.size()), in_b(b.size());
  const auto matches = static_cast<double>(JaroMatches(a, b, in_a, in_b));
  if (matches == 0) return 0;
  const auto wrong = static_cast<double>(Transpositions(a, b, in_a, in_b));
  const double jaro = (matches / static_cast<double>(a.size()) + matches / static_cast<double>(b.size()) +
                       (matches - wrong) / matches) /
                      3;
  size_t common = 0;
  while (common < std::min({a.size(), b.size(), size_t{4}}) && a[common] == b[common]) ++common;
  return jaro + 0.1 * static_cast<double>(common) * (1 - jaro);
}

double TrigramDice(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  const std::vector<uint64_t> left = Trigrams(a), right = Trigrams(b);
  size_t shared = 0;
  for (size_t i = 0, j = 0; i < left.size() && j < right.size();) {
    if (left[i] == right[j])
      ++shared, ++i, ++j;
    else if (left[i] < right[j])
      ++i;
    else
      ++j;
  }
  return 2.0 * static_cast<double>(shared) / static_cast<double>(left.size() + right.size());
}

double EditSimilarity(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return 1;
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return 1 - static_cast<double>(row.back()) / static_cast<double>(std::max(a.size(), b.size()));
}

double Abbreviates(std::string_view brief, std::string_view word) {
  if (brief.size() < 2 || brief.size() >= word.size() || brief[0] != word[0]) return 0;
  size_t at = 0;
  size_t jumps = 0;
  for (const char c : brief) {
    const size_t found = word.find(c, at);
    if (found == std::string_view::npos) return 0;
    jumps += found != at ? 1 : 0;
    at = found + 1;
  }
  if (jumps == 0) return brief.size() >= 3 ? 0.85 : 0.6;  // a plain prefix
  const auto vowels = [](std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return std::string_view("aeiou").contains(c); });
  };
  const double consonants_kept =
      static_cast<double>(brief.size() - static_cast<size_t>(vowels(brief))) /
      static_cast<double>(std::max<size_t>(1, word.size() - static_cast<size_t>(vowels(word))));
  const double ends = word.back() == brief.back() ? 0.1 : 0.0;
  return brief.size() == 2 ? 0.3 + ends : std::min(0.95, 0.35 + 0.5 * consonants_kept + ends);
}

uint64_t StableHash(std::string_view text, uint64_t seed) {
  uint64_t hash = 0xcbf29ce484222325ULL ^ (seed * 0x9E3779B97F4A7C15ULL);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93ULL;
  return hash ^ hash >> 29;
}

}  // namespace migrateiq::match
