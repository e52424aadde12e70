#include "pipeline/profile/shape/frequent.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "pipeline/profile/scan/accumulator.hpp"
#include "pipeline/profile/shape/characters.hpp"

namespace migrateiq {

namespace {

constexpr size_t kMostPlaces = 60;
constexpr size_t kMostAlike = 4;

/// What stands for a character in a pattern; 0 = the character itself.
char PlaceFor(char32_t letter) {
  switch (ClassOf(letter)) {
    case CharacterClass::kUpper: return 'A';
    case CharacterClass::kLower:
    case CharacterClass::kOtherLetter: return 'a';
    case CharacterClass::kDigit: return '9';
    case CharacterClass::kBlank: return '_';
    default: return 0;
  }
}

/// Collects places and shortens runs.
class PatternText {
 public:
  void Add(std::string_view place) {
    if (place == last_) {
      ++run_;
      return;
    }
    Flush();
    last_ = place;
    run_ = 1;
  }
  bool full() const { return text_.size() >= kMostPlaces; }
  std::string Take() {
    Flush();
    return std::move(text_);
  }

 private:
  void Flush() {
    const bool shortened = run_ > kMostAlike;
    for (size_t i = 0; i < (shortened ? 1 : run_); ++i) text_ += last_;
    if (shortened) text_ += '+';
    run_ = 0;
  }
  std::string text_;
  std::string_view last_;
  size_t run_ = 0;
};

double Share(int64_t count, int64_t of) { return of == 0 ? 0 : static_cast<double>(count) / static_cast<double>(of); }

}  // namespace

std::vector<ValueCount> TopValues(const Column& column, const Dictionary& dictionary, size_t most) {
  std::vector<size_t> codes(dictionary.size());
  std::iota(codes.begin(), codes.end(), size_t{0});
  most = std::min(most, codes.size());
  std::ranges::partial_sort(codes, codes.begin() + static_cast<ptrdiff_t>(most), [&](size_t a, size_t b) {
    return dictionary.counts[a] != dictionary.counts[b] ? dictionary.counts[a] > dictionary.counts[b] : a < b;
  });
  std::vector<ValueCount> top;
  for (size_t i = 0; i < most; ++i) {
    const int64_t count = dictionary.counts[codes[i]];
    top.push_back(
        {Shown(ReadableValue(column, dictionary.first_row[codes[i]])), count, Share(count, dictionary.values)});
  }
  return top;
}

std::string PatternOf(std::string_view text) {
  static constexpr std::string_view kPlaces = "Aa9_";
  PatternText pattern;
  for (size_t at = 0; at < text.size() && !pattern.full();) {
    const size_t begin = at;
    const char place = PlaceFor(NextCharacter(text, at));
    pattern.Add(place == 0 ? text.substr(begin, at - begin) : kPlaces.substr(kPlaces.find(place), 1));
  }
  return pattern.Take();
}

std::vector<PatternCount> Patterns(const std::vector<CountedText>& texts, size_t most) {
  std::unordered_map<std::string, size_t> known;
  std::vector<PatternCount> patterns;
  int64_t total = 0;
  for (const CountedText& text : texts) {
    if (text.text.empty()) continue;
    const auto [place, fresh] = known.try_emplace(PatternOf(text.text), patterns.size());
    if (fresh) patterns.push_back({.pattern = place->first, .example = Shown(text.text)});
    patterns[place->second].count += text.count;
    total += text.count;
  }
  std::ranges::sort(patterns, [](const PatternCount& a, const PatternCount& b) {
    return a.count != b.count ? a.count > b.count : a.pattern < b.pattern;
  });
  if (patterns.size() > most) patterns.resize(most);
  for (PatternCount& pattern : patterns) pattern.share = Share(pattern.count, total);
  return patterns;
}

}  // namespace migrateiq
