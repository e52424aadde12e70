#include "pipeline/anomaly/category_column.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "pipeline/anomaly/edit_distance.hpp"

namespace migrateiq::anomaly {
namespace {

using Ranked = std::vector<std::pair<std::string_view, const ValueCounts::Entry*>>;

constexpr int64_t kRowsLeast = 200;      ///< fewer say nothing about what is rare
constexpr size_t kCategoriesMost = 200;  ///< more values are no list of categories
constexpr double kStep = 15;             ///< a rare value's neighbour in frequency occurs this many times as often
constexpr size_t kRareMost = 5;          ///< more rare values are a long tail
constexpr int64_t kRareCountMost = 5;
constexpr size_t kFrequentMost = 300;  ///< values that misspellings are sought of
constexpr int64_t kFrequentLeast = 20;
constexpr double kFrequentShare = 0.001;
constexpr double kTimesAsFrequent = 20;
constexpr size_t kFindingsMost = 20;

/// Lower case, without blanks and punctuation at the ends and doubled inside.
std::string Folded(std::string_view text) {
  std::string folded;
  for (const char byte : text) {
    const auto letter = static_cast<unsigned char>(byte);
    if (std::isspace(letter) || std::ispunct(letter)) continue;
    folded += static_cast<char>(std::tolower(letter));
  }
  return folded;
}

bool HasDigit(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char letter) { return std::isdigit(letter); });
}

/// Edits that a slip of the hand explains in a word of this length; none in short ones and in codes.
size_t EditsAllowed(std::string_view folded) {
  if (folded.size() < 5 || HasDigit(folded)) return 0;
  return folded.size() < 10 ? 1 : 2;
}

bool AreClose(std::string_view left, std::string_view right) {
  if (left == right) return true;
  const size_t allowed = std::min(EditsAllowed(left), EditsAllowed(right));
  return allowed > 0 && EditDistance(left, right, allowed) <= allowed;
}

std::vector<AnomalyExample> Examples(std::string_view value, const ValueCounts::Entry& entry) {
  std::vector<AnomalyExample> examples;
  for (const int64_t row : entry.rows) examples.push_back({.row = row, .value = std::string(value)});
  return examples;
}

struct Frequent {
  std::string_view value;
  std::string folded;
  int64_t count;
};

std::vector<Frequent> FrequentValues(const Ranked& ranked, int64_t rows) {
  std::vector<Frequent> frequent;
  for (const auto& [value, entry] : ranked) {
    const auto count = static_cast<double>(entry->count);
    if (frequent.size() == kFrequentMost || entry->count < kFrequentLeast ||
        count < kFrequentShare * static_cast<double>(rows))
      break;
    frequent.push_back({.value = value, .folded = Folded(value), .count = entry->count});
  }
  return frequent;
}

/// Share of the frequent values that are themselves close to another one: then closeness means nothing.
double CloseAmongThemselves(const std::vector<Frequent>& frequent) {
  size_t close = 0;
  for (const auto& one : frequent)
    close += std::ranges::any_of(frequent, [&one](const Frequent& other) {
      return other.value != one.value && AreClose(other.folded, one.folded);
    });
  return frequent.empty() ? 1 : static_cast<double>(close) / static_cast<double>(frequent.size());
}

Anomaly Misspelled(const std::string& column, std::string_view value, const ValueCounts::Entry& entry,
                   const Frequent& meant) {
  const auto times = static_cast<double>(meant.count) / static_cast<double>(entry.count);
  Anomaly found{.kind = AnomalyKind::kMisspelling, .columns = {column}, .examples = Examples(value, entry)};
  found.rows = entry.count;
  found.score = times / (times + 10);
  found.how = fmt::format("\"{}\" stands {} times, \"{}\" {} times", value, entry.count, meant.value, meant.count);
  found.why = Folded(value) == meant.folded
                  ? fmt::format("it is \"{}\" but for case, blanks or punctuation", meant.value)
                  : fmt::format(
                        "it is a slip of the hand away from \"{}\"; frequent values are not that close to "
                        "each other",
                        meant.value);
  return found;
}

void AppendMisspellings(const std::string& column, const Ranked& ranked, int64_t rows, std::vector<Anomaly>& found) {
  const std::vector<Frequent> frequent = FrequentValues(ranked, rows);
  if (frequent.empty() || CloseAmongThemselves(frequent) > 0.1) return;
  for (size_t index = ranked.size(); index-- > frequent.size() && found.size() < kFindingsMost;) {
    const auto& [value, entry] = ranked[index];
    const std::string folded = Folded(value);
    const auto meant = std::ranges::find_if(frequent, [&](const Frequent& candidate) {
      return static_cast<double>(candidate.count) >= kTimesAsFrequent * static_cast<double>(entry->count) &&
             !folded.empty() && AreClose(candidate.folded, folded);
    });
    if (meant != frequent.end()) found.push_back(Misspelled(column, value, *entry, *meant));
  }
}

/// Where the counts, sorted downward, fall by a large step to a few rare values; the size of the list if nowhere.
size_t RareBegin(const Ranked& ranked) {
  for (size_t index = 1; index < ranked.size(); ++index) {
    const int64_t here = ranked[index].second->count;
    if (here > kRareCountMost || ranked.size() - index > kRareMost) continue;
    const bool step = static_cast<double>(ranked[index - 1].second->count) >= kStep * static_cast<double>(here);
    return step ? index : ranked.size();
  }
  return ranked.size();
}

void AppendRareValues(const std::string& column, const Ranked& ranked, int64_t rows, std::vector<Anomaly>& found) {
  if (ranked.size() > kCategoriesMost || ranked.size() < 3) return;
  const auto told = [&found](std::string_view value) {
    return std::ranges::any_of(found, [value](const Anomaly& one) { return one.examples[0].value == value; });
  };
  const size_t begin = RareBegin(ranked);
  for (size_t index = begin; index < ranked.size(); ++index) {
    const auto& [value, entry] = ranked[index];
    if (told(value)) continue;
    const int64_t next = ranked[begin - 1].second->count;
    const double times = static_cast<double>(next) / static_cast<double>(entry->count);
    Anomaly rare{.kind = AnomalyKind::kRareValue, .columns = {column}, .examples = Examples(value, *entry)};
    rare.rows = entry->count;
    rare.score = times / (times + 10);
    rare.how = fmt::format("\"{}\" stands {} times among {} values", value, entry->count, rows);
    rare.why = fmt::format("the other {} categories stand at least {} times each", begin, next);
    found.push_back(std::move(rare));
  }
}

}  // namespace

ValueCounts::Entry& ValueCounts::EntryOf(std::string_view value) {
  const auto at = entries_.find(value);
  return at != entries_.end() ? at->second : entries_.emplace(value, Entry()).first->second;
}

void ValueCounts::Add(std::string_view value, const Entry& more) {
  count_ += more.count;
  Entry& entry = EntryOf(value);
  entry.count += more.count;
  entry.rows.insert(entry.rows.end(), more.rows.begin(), more.rows.end());
  std::ranges::sort(entry.rows);
  if (entry.rows.size() > kExamplesMost) entry.rows.resize(kExamplesMost);
}

void ValueCounts::Add(int64_t row, std::string_view value) {
  ++count_;
  if (overflowed_) return;
  Entry& entry = EntryOf(value);
  ++entry.count;
  if (entry.rows.size() < kExamplesMost) entry.rows.push_back(row);
  if (entries_.size() <= most_) return;
  overflowed_ = true;
  entries_ = {};
}

Ranked ValueCounts::Ranked() const {
  std::vector<std::pair<std::string_view, const Entry*>> ranked;
  for (const auto& [value, entry] : entries_) ranked.emplace_back(value, &entry);
  std::ranges::sort(ranked, [](const auto& left, const auto& right) {
    return left.second->count != right.second->count ? left.second->count > right.second->count
                                                     : left.first < right.first;
  });
  return ranked;
}

std::vector<Anomaly> FindCategoryAnomalies(const std::string& column, const ValueCounts& counts) {
  std::vector<Anomaly> found;
  if (counts.overflowed() || counts.count() < kRowsLeast) return found;
  const Ranked ranked = counts.Ranked();
  AppendMisspellings(column, ranked, counts.count(), found);
  AppendRareValues(column, ranked, counts.count(), found);
  return found;
}

}  // namespace migrateiq::anomaly
