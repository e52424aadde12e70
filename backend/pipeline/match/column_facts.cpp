#include "pipeline/match/column_facts.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr size_t kFrequent = 24;
constexpr size_t kMostLetters = 120;  ///< of a value are looked at

/// How two systems may write the same value: case and blanks do not count, numbers lose their dress.
std::string Normalised(std::string_view value) {
  if (const auto number = NumberOf(value)) {
    const double rounded = std::round(*number * 1e6) / 1e6;
    std::string text = std::to_string(rounded);
    return text;
  }
  std::string out;
  for (const char c : Fold(value.substr(0, kMostLetters))) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::vector<std::string> WordsOf(std::string_view folded) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : folded) {
    const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (part)
      word += c;
    else if (!word.empty())
      words.push_back(std::exchange(word, ""));
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

SparseVector Sorted(const std::unordered_map<uint32_t, double>& counts) {
  double length = 0;
  for (const auto& [feature, count] : counts) length += count;
  SparseVector vector;
  vector.reserve(counts.size());
  for (const auto& [feature, count] : counts)
    vector.emplace_back(feature, static_cast<float>(std::sqrt(count / length)));
  std::ranges::sort(vector);
  return vector;
}

void CountLetters(std::string_view value, std::array<double, 6>& shares) {
  for (const char c : value) {
    const size_t group = c >= 'a' && c <= 'z'                    ? 0
                         : c >= 'A' && c <= 'Z'                  ? 1
                         : c >= '0' && c <= '9'                  ? 2
                         : c == ' '                              ? 3
                         : static_cast<unsigned char>(c) >= 0x80 ? 5
                                                                 : 4;
    shares[group] += 1.0 / static_cast<double>(value.size());
  }
}

std::array<uint64_t, 4> SignatureOf(const std::string& value) {
  std::array<uint64_t, 4> bits{};
  const std::string padded = "^" + value + "$";
  for (size_t i = 0; i + 2 <= padded.size(); ++i) {
    const uint64_t hash = StableHash(std::string_view(padded).substr(i, 2));
    bits[hash >> 6 & 3] |= uint64_t{1} << (hash & 63);
  }
  return bits;
}

struct Gathering {
  std::unordered_map<std::string, double> values;
  std::unordered_map<uint32_t, double> tokens, grams;
  std::vector<double> numbers, moments, moments_day_first;
};

void AddText(const std::string& normalised, Gathering& gathering) {
  for (const std::string& word : WordsOf(normalised)) gathering.tokens[static_cast<uint32_t>(StableHash(word))] += 1;
  const std::string padded = " " + normalised + " ";
  for (size_t i = 0; i + 3 <= padded.size(); ++i)
    gathering.grams[static_cast<uint32_t>(StableHash(std::string_view(padded).substr(i, 3)) & 0xFFFF)] += 1;
}

void AddValue(const std::string& value, ColumnFacts& facts, Gathering& gathering) {
  ++facts.present;
  facts.kinds[static_cast<size_t>(KindOf(value))] += 1;
  facts.lengths.push_back(static_cast<double>(match::CountLetters(value)));
  facts.patterns[PatternOf(value)] += 1;
  CountLetters(value, facts.letters);
  const std::string normalised = Normalised(value);
  gathering.values[normalised] += 1;
  AddText(normalised, gathering);
  if (const auto number = NumberOf(value)) gathering.numbers.push_back(*number);
  if (const auto moment = MomentOf(value)) gathering.moments.push_back(*moment);
  if (const auto moment = MomentOf(value, true)) gathering.moments_day_first.push_back(*moment);
}

int64_t Rounded(double number) {
  if (number == 0) return 0;
  const double magnitude = std::floor(std::log10(std::abs(number)));
  const double scaled = std::round(number / std::pow(10.0, magnitude - 2));
  return static_cast<int64_t>(scaled) * 64 + static_cast<int64_t>(magnitude) + 32;
}

void TakeValues(const Gathering& gathering, ColumnFacts& facts) {
  const auto present = static_cast<double>(facts.present);
  std::vector<std::pair<double, std::string>> ordered;
  for (const auto& [value, count] : gathering.values) {
    facts.values[StableHash(value)] = count / present;
    ordered.emplace_back(-count, value);
  }
  std::ranges::sort(ordered);
  for (size_t i = 0; i < ordered.size() && i < kFrequent; ++i) {
    facts.frequent.push_back(ordered[i].second);
    facts.shares.push_back(-ordered[i].first / present);
    facts.signatures.push_back(SignatureOf(ordered[i].second));
  }
  facts.distinct = gathering.values.size();
  facts.distinct_share = static_cast<double>(facts.distinct) / present;
}

void TakeNumbers(Gathering& gathering, ColumnFacts& facts) {
  const auto most = facts.present * 8 / 10;
  const double dates =
      facts.kinds[static_cast<size_t>(ValueKind::kDate)] + facts.kinds[static_cast<size_t>(ValueKind::kDateTime)];
  if (dates > 0.8 && !gathering.moments.empty()) {
    const bool other = gathering.moments_day_first.size() > gathering.moments.size();
    facts.moments = std::move(other ? gathering.moments_day_first : gathering.moments);
    std::ranges::sort(facts.moments);
  } else if (gathering.numbers.size() > most && !gathering.numbers.empty()) {
    facts.numbers = std::move(gathering.numbers);
    std::ranges::sort(facts.numbers);
    const auto count = static_cast<double>(facts.numbers.size());
    for (const double number : facts.numbers) {
      facts.rounded[Rounded(number)] += 1 / count;
      facts.whole_share += number == std::floor(number) ? 1 / count : 0;
    }
  }
}

// --- comparing -------------------------------------------------------------------------------------------------------

template <class Map>
void Overlap(const Map& a, const Map& b, double& jaccard, double& contained, double& shared) {
  const Map& small = a.size() < b.size() ? a : b;
  const Map& large = a.size() < b.size() ? b : a;
  size_t common = 0;
  for (const auto& [value, share] : small) {
    const auto found = large.find(value);
    if (found == large.end()) continue;
    ++common;
    shared += std::min(share, found->second);
  }
  jaccard = static_cast<double>(common) / static_cast<double>(std::max<size_t>(1, a.size() + b.size() - common));
  contained = static_cast<double>(common) / static_cast<double>(std::max<size_t>(3, small.size()));
}

template <size_t N>
double HistogramOverlap(const std::array<double, N>& a, const std::array<double, N>& b) {
  double common = 0, total = 0;
  for (size_t i = 0; i < N; ++i) {
    common += std::min(a[i], b[i]);
    total += std::max(a[i], b[i]);
  }
  return total == 0 ? 0 : common / total;
}

double PatternOverlap(const std::map<std::string, double>& a, const std::map<std::string, double>& b) {
  double common = 0;
  for (const auto& [pattern, share] : a)
    if (const auto found = b.find(pattern); found != b.end()) common += std::min(share, found->second);
  return common;
}

/// 1 - Kolmogorov-Smirnov distance of two sorted samples.
double ShapeSimilarity(const std::vector<double>& a, const std::vector<double>& b) {
  double worst = 0;
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const double at = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= at) ++i;
    while (j < b.size() && b[j] <= at) ++j;
    worst = std::max(worst, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                     static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return 1 - worst;
}

double Quantile(const std::vector<double>& sorted, double at) {
  return sorted[static_cast<size_t>(std::lround(at * static_cast<double>(sorted.size() - 1)))];
}

double Squash(double number) { return number < 0 ? -std::log1p(-number) : std::log1p(number); }

/// How near the quantiles are on a logarithmic scale.
double RangeSimilarity(const std::vector<double>& a, const std::vector<double>& b) {
  double distance = 0;
  for (const double at : {0.1, 0.25, 0.5, 0.75, 0.9})
    distance += std::abs(Squash(Quantile(a, at)) - Squash(Quantile(b, at))) / 5;
  return std::exp(-distance);
}

double MomentRange(const std::vector<double>& a, const std::vector<double>& b) {
  const double low = std::max(Quantile(a, 0.05), Quantile(b, 0.05)),
               high = std::min(Quantile(a, 0.95), Quantile(b, 0.95));
  const double from = std::min(Quantile(a, 0.05), Quantile(b, 0.05)),
               to = std::max(Quantile(a, 0.95), Quantile(b, 0.95));
  return to <= from ? 1 : std::max(0.0, (high - low) / (to - from));
}

double WeightedCosine(const SparseVector& a, const SparseVector& b, const FeatureRarity& rarity) {
  double dot = 0, left = 0, right = 0;
  const auto weight = [&](uint32_t feature) {
    const auto found = rarity.find(feature);
    return found == rarity.end() ? 1.0 : static_cast<double>(found->second);
  };
  size_t j = 0;
  for (const auto& [feature, share] : a) {
    const double w = weight(feature) * static_cast<double>(share);
    left += w * w;
    while (j < b.size() && b[j].first < feature) ++j;
    if (j < b.size() && b[j].first == feature) dot += w * weight(feature) * static_cast<double>(b[j].second);
  }
  for (const auto& [feature, share] : b) {
    const double w = weight(feature) * static_cast<double>(share);
    right += w * w;
  }
  return left == 0 || right == 0 ? 0 : dot / std::sqrt(left * right);
}

double SignatureSimilarity(const std::array<uint64_t, 4>& a, const std::array<uint64_t, 4>& b) {
  int common = 0, any = 0;
  for (size_t i = 0; i < 4; ++i) {
    common += std::popcount(a[i] & b[i]);
    any += std::popcount(a[i] | b[i]);
  }
  return any == 0 ? 0 : static_cast<double>(common) / any;
}

/// Of one side's frequent values, how near the nearest on the other side is.
double NearestMean(const ColumnFacts& a, const ColumnFacts& b) {
  double sum = 0, weight = 0;
  for (size_t i = 0; i < a.signatures.size(); ++i) {
    double best = 0;
    for (const auto& signature : b.signatures) best = std::max(best, SignatureSimilarity(a.signatures[i], signature));
    sum += best * a.shares[i];
    weight += a.shares[i];
  }
  return weight == 0 ? 0 : sum / weight;
}

double FrequencySimilarity(const std::vector<double>& a, const std::vector<double>& b) {
  double distance = 0;
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i)
    distance += std::abs((i < a.size() ? a[i] : 0) - (i < b.size() ? b[i] : 0));
  return std::max(0.0, 1 - distance / 2);
}

void CompareNumbers(const ColumnFacts& a, const ColumnFacts& b, ValueSimilarity& result) {
  if (a.numeric() && b.numeric()) {
    result.both_numeric = 1;
    result.numeric_shape = ShapeSimilarity(a.numbers, b.numbers);
    result.numeric_range = RangeSimilarity(a.numbers, b.numbers);
    double jaccard = 0, contained = 0;
    Overlap(a.rounded, b.rounded, jaccard, contained, result.numeric_overlap);
  }
  if (a.temporal() && b.temporal()) {
    result.both_moments = 1;
    result.moment_range = (MomentRange(a.moments, b.moments) + ShapeSimilarity(a.moments, b.moments)) / 2;
  }
}

}  // namespace

ColumnFacts LookAt(const MatchColumn& column) {
  ColumnFacts facts;
  Gathering gathering;
  facts.rows = column.values.size();
  for (const std::optional<std::string>& value : column.values)
    if (value && !value->empty()) AddValue(*value, facts, gathering);
  if (facts.rows > 0) facts.null_share = 1 - static_cast<double>(facts.present) / static_cast<double>(facts.rows);
  if (facts.present == 0) return facts;
  const auto present = static_cast<double>(facts.present);
  for (double& share : facts.kinds) share /= present;
  for (double& share : facts.letters) share /= present;
  for (auto& [pattern, share] : facts.patterns) share /= present;
  std::ranges::sort(facts.lengths);
  TakeValues(gathering, facts);
  TakeNumbers(gathering, facts);
  facts.tokens = Sorted(gathering.tokens);
  facts.grams = Sorted(gathering.grams);
  return facts;
}

FeatureRarity RarityOf(const std::vector<ColumnFacts>& source, const std::vector<ColumnFacts>& target,
                       SparseVector ColumnFacts::*what) {
  FeatureRarity rarity;
  for (const auto* side : {&source, &target})
    for (const ColumnFacts& facts : *side)
      for (const auto& [feature, share] : facts.*what) rarity[feature] += 1;
  const auto columns = static_cast<double>(source.size() + target.size());
  for (auto& [feature, count] : rarity) count = static_cast<float>(std::log(1 + columns / static_cast<double>(count)));
  return rarity;
}

ValueSimilarity CompareValues(const ColumnFacts& a, const ColumnFacts& b, const FeatureRarity& tokens,
                              const FeatureRarity& grams) {
  ValueSimilarity result;
  if (a.empty() || b.empty()) return result;
  result.both = 1;
  Overlap(a.values, b.values, result.jaccard, result.contained, result.shared);
  result.tokens = WeightedCosine(a.tokens, b.tokens, tokens);
  result.grams = WeightedCosine(a.grams, b.grams, grams);
  if (a.distinct <= 60 || b.distinct <= 60) result.fuzzy = std::max(NearestMean(a, b), NearestMean(b, a));
  result.kinds = HistogramOverlap(a.kinds, b.kinds);
  result.patterns = PatternOverlap(a.patterns, b.patterns);
  result.lengths = ShapeSimilarity(a.lengths, b.lengths);
  result.letters = HistogramOverlap(a.letters, b.letters);
  CompareNumbers(a, b, result);
  result.distinct = 1 - std::abs(a.distinct_share - b.distinct_share);
  result.nulls = 1 - std::abs(a.null_share - b.null_share);
  result.frequencies = FrequencySimilarity(a.shares, b.shares);
  const bool other_sort = a.numeric() != b.numeric() || a.temporal() != b.temporal();
  result.kind_conflict = other_sort && result.kinds < 0.2 ? 1 : 0;
  result.key_conflict =
      (a.distinct_share > 0.98) != (b.distinct_share > 0.98) ? std::abs(a.distinct_share - b.distinct_share) : 0;
  return result;
}

}  // namespace migrateiq::match
