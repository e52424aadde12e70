#include "pipeline/anomaly/combinations.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "pipeline/anomaly/robust.hpp"
#include "pipeline/anomaly/value_tails.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::anomaly {
namespace {

constexpr size_t kCategoriesMost = 60;
constexpr size_t kRowsLeast = 300;
constexpr double kExpectedLeast = 20;  ///< a pair that chance brings fewer times is not judged
constexpr int kSeenMost = 2;
constexpr int kFewMost = 12;  ///< pairs between kSeenMost and this are a thin tail
constexpr size_t kFindingsMost = 10;
constexpr double kDependent = 0.7;  ///< rank correlation from which a pair has a forest of its own
constexpr size_t kPairsMost = 10;
constexpr double kSkewed = 0.25;
constexpr double kIsolatedDecades =
    0.45;  ///< of the distance between the 90 % and 99 % quantile of scores, per ten times the rows
constexpr size_t kIsolatedMost = 8;
constexpr double kIsolatedGap = 0.3;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The mean rank of equal values, from 0 to 1; NULL in the middle.
std::vector<double> RanksOf(const std::vector<double>& values) {
  std::vector<uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::erase_if(order, [&values](uint32_t row) { return std::isnan(values[row]); });
  std::ranges::sort(order, [&values](uint32_t left, uint32_t right) { return values[left] < values[right]; });
  std::vector<double> ranks(values.size(), 0.5);
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double rank = static_cast<double>(begin + end) / 2 / static_cast<double>(order.size());
    for (; begin < end; ++begin) ranks[order[begin]] = rank;
  }
  return ranks;
}

/// Of values from 0 to 1 with mean one half.
double Correlation(const std::vector<double>& left, const std::vector<double>& right) {
  double product = 0, left_square = 1e-9, right_square = 1e-9;
  for (size_t place = 0; place < left.size(); ++place) {
    product += (left[place] - 0.5) * (right[place] - 0.5);
    left_square += (left[place] - 0.5) * (left[place] - 0.5);
    right_square += (right[place] - 0.5) * (right[place] - 0.5);
  }
  return product / std::sqrt(left_square * right_square);
}

bool IsTold(const std::vector<Anomaly>& found, int64_t row) {
  return std::ranges::any_of(found, [row](const Anomaly& one) {
    return std::ranges::any_of(one.examples, [row](const AnomalyExample& example) { return example.row == row; });
  });
}

struct Odd {
  double log_expected;
  size_t place;
  double usual;  ///< score of a usual row
};

/// The (high) scores that chance does not explain, oddest first; none when they are so many that they are a group.
std::vector<Odd> OddScores(const std::vector<double>& scores) {
  std::vector<double> sorted = scores;
  std::ranges::sort(sorted);
  if (sorted.front() == sorted.back()) return {};
  const ValueTails tails(sorted);
  std::vector<Odd> odd;
  for (size_t place = 0; place < scores.size(); ++place) {
    const double expected = tails.LogChance(scores[place]) + std::log10(static_cast<double>(scores.size()));
    if (scores[place] > tails.median() && expected < kExpectedMost) odd.push_back({expected, place, tails.median()});
  }
  if (odd.size() > std::max<size_t>(1, scores.size() / 100)) return {};
  std::ranges::sort(odd, {}, [](const Odd& one) { return std::pair(one.log_expected, one.place); });
  if (odd.size() > kFindingsMost) odd.resize(kFindingsMost);
  return odd;
}

/// Rows that the forest isolates much sooner than the score's own upper percents let expect, and with a gap to all
/// others: scores have a short tail, so a few clean rows never lie apart.
std::vector<Odd> OddIsolated(const std::vector<double>& scores) {
  std::vector<double> sorted = scores;
  std::ranges::sort(sorted);
  const double ninety = Quantile(sorted, 0.9), ninety_nine = Quantile(sorted, 0.99), decade = ninety_nine - ninety;
  const double decades = std::log10(static_cast<double>(scores.size()));
  const double from = ninety_nine + kIsolatedDecades * decades * decade;
  const auto first = std::ranges::lower_bound(sorted, from);
  const auto isolated = static_cast<size_t>(sorted.end() - first);
  if (decade <= 0 || isolated == 0 || isolated > kIsolatedMost) return {};
  if (*first - *std::prev(first) < kIsolatedGap * (*std::prev(first) - ninety_nine)) return {};
  std::vector<Odd> odd;
  for (size_t place = 0; place < scores.size(); ++place)
    if (scores[place] >= from)
      odd.push_back({decades - 2 - 2 * (scores[place] - ninety_nine) / decade, place, Median(sorted)});
  std::ranges::sort(odd, {}, [](const Odd& one) { return std::pair(one.log_expected, one.place); });
  return odd;
}

}  // namespace

Combinations::Combinations(std::vector<std::string> names, Options options)
    : names_(std::move(names)),
      options_(std::move(options)),
      random_(options_.seed),
      columns_(std::min(names_.size(), kColumnsMost)) {}

double Combinations::Coded(ColumnValues& column, const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  const auto* text = std::get_if<std::string_view>(&cell);
  if (text == nullptr || column.too_many) return kNone;
  column.is_category = true;
  const auto at = std::ranges::find(column.categories, *text);
  if (at == column.categories.end()) {
    column.too_many = column.categories.size() == kCategoriesMost;
    if (column.too_many) return kNone;
    column.categories.emplace_back(*text);
    return static_cast<double>(column.categories.size()) - 1;
  }
  return static_cast<double>(at - column.categories.begin());
}

/// A uniform sample of the rows: the first ones, then each with falling chance in the place of another.
void Combinations::Add(int64_t row, const std::vector<Cell>& cells) {
  ++seen_;
  size_t place = rows_.size();
  if (place >= options_.rows) {
    place = random_.Below(static_cast<size_t>(seen_));
    if (place >= options_.rows) return;
    rows_[place] = row;
  } else {
    rows_.push_back(row);
  }
  for (size_t index = 0; index < columns_.size(); ++index) {
    ColumnValues& column = columns_[index];
    column.values.resize(rows_.size(), kNone);
    column.values[place] = Coded(column, cells[index]);
  }
}

/// Columns with more than one value that do not count the rows.
std::vector<size_t> Combinations::Usable() const {
  std::vector<size_t> usable;
  for (size_t index = 0; index < columns_.size(); ++index) {
    const ColumnValues& column = columns_[index];
    if (column.too_many) continue;
    std::vector<double> known;
    std::ranges::copy_if(column.values, std::back_inserter(known), [](double value) { return !std::isnan(value); });
    if (known.size() * 2 < rows_.size()) continue;
    if (!column.is_category && std::ranges::is_sorted(known)) continue;
    if (const auto [low, high] = std::ranges::minmax(known); low < high) usable.push_back(index);
  }
  return usable;
}

std::string Combinations::Show(size_t column, size_t place) const {
  const double value = columns_[column].values[place];
  if (std::isnan(value)) return "NULL";
  if (columns_[column].is_category) return columns_[column].categories[static_cast<size_t>(value)];
  std::string text;
  if (column < options_.days.size() && options_.days[column])
    text::AppendDate(text, static_cast<int32_t>(value));
  else
    text::AppendDouble(text, value);
  return text;
}

Anomaly Combinations::Report(size_t place, const std::vector<size_t>& columns) const {
  Anomaly found{.kind = AnomalyKind::kRareCombination, .rows = 1};
  std::string values;
  for (const size_t column : columns) {
    found.columns.push_back(names_[column]);
    values += (values.empty() ? "" : ", ") + Show(column, place);
  }
  found.examples.push_back({.row = rows_[place], .value = std::move(values)});
  return found;
}

/// How often the values of two columns stand, alone and together.
struct Combinations::PairCounts {
  using Pair = std::pair<double, double>;
  struct Places {
    int64_t count = 0;
    std::vector<size_t> first;
  };
  std::map<Pair, Places> together;
  std::map<double, double> of_left, of_right;
  double rows = 0;

  double Expected(const Pair& pair) const { return of_left.at(pair.first) * of_right.at(pair.second) / rows; }
};

Combinations::PairCounts Combinations::CountPairs(size_t left, size_t right) const {
  PairCounts counts;
  for (size_t place = 0; place < rows_.size(); ++place) {
    const double one = columns_[left].values[place], other = columns_[right].values[place];
    if (std::isnan(one) || std::isnan(other)) continue;
    ++counts.rows;
    ++counts.of_left[one];
    ++counts.of_right[other];
    auto& places = counts.together[{one, other}];
    ++places.count;
    if (places.first.size() < kExamplesMost) places.first.push_back(place);
  }
  return counts;
}

Anomaly Combinations::ReportPair(size_t left, size_t right, const std::vector<size_t>& places, int64_t count,
                                 double expected) const {
  Anomaly rare = Report(places[0], {left, right});
  for (size_t index = 1; index < places.size(); ++index)
    rare.examples.push_back({.row = rows_[places[index]], .value = rare.examples[0].value});
  rare.rows = count;
  rare.score = expected / (expected + 10);
  rare.how = fmt::format("{} with {} stands {} times in {} rows", Show(left, places[0]), Show(right, places[0]), count,
                         rows_.size());
  rare.why = fmt::format("were the columns independent, it would stand {:.0f} times; other pairs stand often or never",
                         expected);
  return rare;
}

/// Pairs of categories whose counts leave a gap: usual ones stand often, a few that should stand often stand once.
void Combinations::AppendPairs(size_t left, size_t right, std::vector<Anomaly>& found) const {
  const PairCounts counts = CountPairs(left, right);
  std::vector<PairCounts::Pair> odd;
  size_t few = 0;
  for (const auto& [pair, places] : counts.together) {
    if (places.count > kFewMost || counts.Expected(pair) < kExpectedLeast) continue;
    if (places.count <= kSeenMost)
      odd.push_back(pair);
    else
      ++few;
  }
  if (odd.size() > std::max<size_t>(3, counts.together.size() / 50) || few > odd.size() / 2) return;
  for (const auto& pair : odd) {
    const auto& places = counts.together.at(pair);
    found.push_back(ReportPair(left, right, places.first, places.count, counts.Expected(pair)));
  }
}

/// Ranks; categories are put in the order of the mean of `order_by` in their rows, so that likely neighbours are near.
std::vector<double> Combinations::Ranks(size_t index, const std::vector<double>& order_by) const {
  const ColumnValues& column = columns_[index];
  if (!column.is_category) return RanksOf(column.values);
  std::vector<double> sums(column.categories.size(), 0), counts(column.categories.size(), 0);
  for (size_t place = 0; place < rows_.size(); ++place) {
    if (std::isnan(column.values[place])) continue;
    sums[static_cast<size_t>(column.values[place])] += order_by[place];
    ++counts[static_cast<size_t>(column.values[place])];
  }
  std::vector<double> means(column.values.size(), kNone);
  for (size_t place = 0; place < rows_.size(); ++place) {
    if (std::isnan(column.values[place])) continue;
    const auto code = static_cast<size_t>(column.values[place]);
    means[place] = sums[code] / counts[code] + 1e-9 * static_cast<double>(code);
  }
  return RanksOf(means);
}

/// Ranks of the columns in all rows; nothing without a number column, by which categories are ordered.
Combinations::RankTable Combinations::RankAll(const std::vector<size_t>& columns) const {
  const auto number = std::ranges::find_if(columns, [this](size_t index) { return !columns_[index].is_category; });
  if (number == columns.end()) return {};
  const std::vector<double> order_by = RanksOf(columns_[*number].values);
  RankTable table;
  for (const size_t index : columns) table[index] = Ranks(index, order_by);
  return table;
}

/// Pairs of columns whose ranks go together, the strongest first.
std::vector<std::vector<size_t>> Combinations::DependentPairs(const RankTable& table) const {
  std::vector<std::pair<double, std::vector<size_t>>> pairs;
  for (auto left = table.begin(); left != table.end(); ++left)
    for (auto right = std::next(left); right != table.end(); ++right)
      if (const double strength = std::abs(Correlation(left->second, right->second)); strength >= kDependent)
        pairs.emplace_back(-strength, std::vector{left->first, right->first});
  std::ranges::sort(pairs);
  std::vector<std::vector<size_t>> strongest;
  for (size_t index = 0; index < std::min(pairs.size(), kPairsMost); ++index) strongest.push_back(pairs[index].second);
  return strongest;
}

/// The columns that did most to isolate a row, at least two, and their shares in words.
std::pair<std::vector<size_t>, std::string> Combinations::Blamed(const std::vector<size_t>& columns,
                                                                 const std::vector<double>& shares) const {
  std::vector<size_t> by_share(columns.size());
  std::iota(by_share.begin(), by_share.end(), size_t{0});
  std::ranges::sort(by_share, {}, [&shares](size_t feature) { return std::pair(-shares[feature], feature); });
  std::pair<std::vector<size_t>, std::string> blamed;
  double told = 0;
  for (const size_t feature : by_share) {
    if (blamed.first.size() >= 2 && told >= 0.7) break;
    blamed.first.push_back(columns[feature]);
    told += shares[feature];
    blamed.second += fmt::format("{}{} {:.0f} %", blamed.second.empty() ? "" : ", ", names_[columns[feature]],
                                 100 * shares[feature]);
  }
  return blamed;
}

/// What the forest sees of a column: numbers between their outer percents, so that gaps stay gaps and extremes lie with
/// others; categories and skewed numbers by rank.
std::vector<double> Combinations::Seen(size_t index, const RankTable& table) const {
  const ColumnValues& column = columns_[index];
  std::vector<double> known;
  std::ranges::copy_if(column.values, std::back_inserter(known), [](double value) { return !std::isnan(value); });
  std::ranges::sort(known);
  const double low = Quantile(known, 0.01), high = Quantile(known, 0.99);
  if (column.is_category || high <= low || std::abs(Medcouple(known)) > kSkewed) return table.at(index);
  std::vector<double> seen;
  for (const double value : column.values)
    seen.push_back(std::isnan(value) ? 0.5 : (std::clamp(value, low, high) - low) / (high - low));
  return seen;
}

FeatureRows Combinations::Features(const std::vector<size_t>& columns, const RankTable& table) const {
  std::vector<std::vector<double>> seen;
  for (const size_t index : columns) seen.push_back(Seen(index, table));
  FeatureRows rows(columns.size());
  std::vector<float> row(columns.size());
  for (size_t place = 0; place < rows_.size(); ++place) {
    for (size_t index = 0; index < columns.size(); ++index) row[index] = static_cast<float>(seen[index][place]);
    rows.Add(row);
  }
  return rows;
}

/// Of two columns that go together, rows whose ranks lie apart as those of no others do.
void Combinations::AppendDependent(const std::vector<size_t>& pair, const RankTable& table,
                                   std::vector<Anomaly>& found) const {
  const auto &left = table.at(pair[0]), &right = table.at(pair[1]);
  const double correlation = Correlation(left, right);
  std::vector<double> apart;
  for (size_t place = 0; place < rows_.size(); ++place)
    apart.push_back(std::abs(left[place] - (correlation < 0 ? 1 - right[place] : right[place])));
  for (const auto& [log_expected, place, usual] : OddScores(apart)) {
    if (IsTold(found, rows_[place])) continue;
    Anomaly rare = Report(place, pair);
    rare.score = ScoreOfExpected(log_expected);
    rare.how =
        fmt::format("at {:.0f} % of the one column and {:.0f} % of the other", 100 * left[place], 100 * right[place]);
    rare.why =
        fmt::format("{} and {} go together (rank correlation {:.2f}): usual rows lie {:.1f} % apart, this one {:.0f} %",
                    names_[pair[0]], names_[pair[1]], correlation, 100 * usual, 100 * apart[place]);
    found.push_back(std::move(rare));
  }
}

void Combinations::AppendForest(const std::vector<size_t>& columns, const RankTable& table,
                                std::vector<Anomaly>& found) const {
  const FeatureRows rows = Features(columns, table);
  const IsolationForest forest(rows, options_.seed);
  std::vector<double> scores;
  for (size_t place = 0; place < rows.size(); ++place) scores.push_back(forest.Score(rows[place]));
  for (const auto& [log_expected, place, usual] : OddIsolated(scores)) {
    if (IsTold(found, rows_[place])) continue;
    const auto [blamed, words] = Blamed(columns, forest.Contributions(rows[place]));
    Anomaly rare = Report(place, blamed);
    rare.score = ScoreOfExpected(log_expected);
    rare.how = fmt::format("isolated at score {:.2f}, usual rows have {:.2f}", scores[place], usual);
    rare.why = fmt::format("an isolation forest over {} columns of {} rows; what set the row apart: {}", columns.size(),
                           rows_.size(), words);
    found.push_back(std::move(rare));
  }
}

std::vector<Anomaly> Combinations::Find() const {
  std::vector<Anomaly> found;
  if (rows_.size() < kRowsLeast) return found;
  const std::vector<size_t> usable = Usable();
  for (size_t left = 0; left < usable.size(); ++left)
    for (size_t right = left + 1; right < usable.size(); ++right)
      if (columns_[usable[left]].is_category && columns_[usable[right]].is_category)
        AppendPairs(usable[left], usable[right], found);
  const RankTable table = RankAll(usable);
  for (const auto& pair : DependentPairs(table)) AppendDependent(pair, table, found);
  if (table.size() > 2) AppendForest(usable, table, found);
  return found;
}

}  // namespace migrateiq::anomaly
