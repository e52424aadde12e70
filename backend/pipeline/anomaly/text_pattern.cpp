#include "pipeline/anomaly/text_pattern.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace migrateiq::anomaly {
namespace {

constexpr int64_t kRowsLeast = 200;
constexpr size_t kUsualMost = 12;      ///< more usual patterns are no format
constexpr double kUsualShare = 0.99;   ///< of the rows that the usual patterns cover
constexpr double kUsualLeast = 0.005;  ///< of the rows that one usual pattern covers
constexpr double kRareShare = 0.001;   ///< of the rows that one rare pattern covers
constexpr double kStep = 15;
constexpr size_t kRareMost = 20;
constexpr size_t kValueBytesMost = 120;

/// What a byte is in a pattern; bytes above ASCII count as letters.
char ClassOf(unsigned char byte) {
  if (std::isdigit(byte)) return '9';
  if (std::isupper(byte)) return 'A';
  if (std::islower(byte) || byte >= 0x80) return 'a';
  return static_cast<char>(byte);
}

bool IsRun(char kind) { return kind == '9' || kind == 'A' || kind == 'a'; }

void AppendLength(size_t length, std::string& pattern) {
  pattern += '{';
  pattern += std::to_string(length);
  pattern += '}';
}

std::string WithoutLengths(std::string_view pattern) {
  std::string coarse;
  for (size_t index = 0; index < pattern.size(); ++index) {
    if (pattern[index] == '{' && index > 0 && IsRun(pattern[index - 1])) index = pattern.find('}', index) + 1;
    if (index < pattern.size()) coarse += pattern[index];
  }
  return coarse;
}

using RankedPatterns = std::vector<std::pair<std::string_view, const ValueCounts::Entry*>>;

/// How many patterns, from the most frequent on, are usual ones; 0 when they do not cover the column.
size_t CountUsual(const RankedPatterns& ranked, double rows) {
  double covered = 0;
  size_t usual = 0;
  while (usual < ranked.size() && static_cast<double>(ranked[usual].second->count) >= kUsualLeast * rows)
    covered += static_cast<double>(ranked[usual++].second->count);
  return usual > kUsualMost || covered < kUsualShare * rows || ranked.size() - usual > kRareMost ? 0 : usual;
}

/// Whether a pattern differs only in lengths from usual ones that differ in lengths among themselves.
bool IsOneMoreLength(std::string_view pattern, const RankedPatterns& ranked, size_t usual) {
  const std::string coarse = WithoutLengths(pattern);
  size_t alike = 0;
  for (size_t index = 0; index < usual; ++index) alike += WithoutLengths(ranked[index].first) == coarse ? 1 : 0;
  return alike > 1;
}

}  // namespace

std::string PatternOf(std::string_view text, bool lengths) {
  std::string pattern;
  for (size_t index = 0; index < text.size();) {
    const char kind = ClassOf(static_cast<unsigned char>(text[index]));
    size_t end = index + 1;
    while (end < text.size() && IsRun(kind) && ClassOf(static_cast<unsigned char>(text[end])) == kind) ++end;
    pattern += kind;
    if (lengths && IsRun(kind)) AppendLength(end - index, pattern);
    index = end;
  }
  return pattern;
}

void PatternColumn::Patterns::Add(int64_t row, const std::string& pattern, std::string_view value) {
  if (counts.overflowed()) return;
  counts.Add(row, pattern);
  auto& some = examples[pattern];
  if (some.size() < kExamplesMost) some.push_back({.row = row, .value = std::string(value)});
  if (counts.overflowed()) examples = {};
}

void PatternColumn::Add(int64_t row, std::string_view value) {
  if (patterns_.counts.overflowed()) return;
  const std::string_view begin = value.substr(0, kValueBytesMost);
  patterns_.Add(row, PatternOf(begin, with_lengths_), begin);
  if (with_lengths_ && patterns_.counts.entries().size() > patterns_most_) ForgetLengths();
}

void PatternColumn::ForgetLengths() {
  with_lengths_ = false;
  Patterns coarse(patterns_most_);
  for (const auto& [pattern, entry] : patterns_.counts.entries())
    coarse.Merge(WithoutLengths(pattern), entry, patterns_.examples.at(pattern));
  patterns_ = std::move(coarse);
}

void PatternColumn::Patterns::Merge(const std::string& pattern, const ValueCounts::Entry& entry,
                                    const std::vector<AnomalyExample>& more) {
  counts.Add(pattern, entry);
  auto& some = examples[pattern];
  some.insert(some.end(), more.begin(), more.end());
  std::ranges::sort(some, {}, &AnomalyExample::row);
  if (some.size() > kExamplesMost) some.resize(kExamplesMost);
}

std::vector<Anomaly> PatternColumn::FindIn(const Patterns& patterns) const {
  std::vector<Anomaly> found;
  const auto rows = static_cast<double>(patterns.counts.count());
  const RankedPatterns ranked = patterns.counts.Ranked();
  const size_t usual = CountUsual(ranked, rows);
  for (size_t index = usual; usual > 0 && index < ranked.size(); ++index) {
    const auto& [pattern, entry] = ranked[index];
    const auto count = static_cast<double>(entry->count);
    const double times = static_cast<double>(ranked[usual - 1].second->count) / count;
    if (count > std::max(1.0, kRareShare * rows) || times < kStep || IsOneMoreLength(pattern, ranked, usual)) continue;
    Anomaly rare{.kind = AnomalyKind::kRarePattern, .columns = {name_}};
    rare.examples = patterns.examples.at(std::string(pattern));
    rare.rows = entry->count;
    rare.score = times / (times + 10);
    rare.how = fmt::format("{} of {} values are built like {}", entry->count, patterns.counts.count(), pattern);
    rare.why = fmt::format("nearly all others are built in {} ways, most of them like {}", usual, ranked[0].first);
    found.push_back(std::move(rare));
  }
  return found;
}

std::vector<Anomaly> PatternColumn::Find() const {
  if (patterns_.counts.count() < kRowsLeast || patterns_.counts.overflowed()) return {};
  if (!with_lengths_ || CountUsual(patterns_.counts.Ranked(), static_cast<double>(patterns_.counts.count())) > 0)
    return FindIn(patterns_);
  PatternColumn coarse = *this;
  coarse.ForgetLengths();
  return coarse.FindIn(coarse.patterns_);
}

}  // namespace migrateiq::anomaly
