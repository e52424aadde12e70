#include "modules/analyzer/drift.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace migrateiq::analyzer {

namespace {

/// Beyond the samples' error: from here on a share, or a distance, is worth a note, a warning, a serious one.
constexpr double kNotedShare = 0.01, kWarnedShare = 0.05, kSeriousShare = 0.2;
constexpr double kWarnedDistance = 0.1, kSeriousDistance = 0.25;
/// A number of rows that grew or shrank by this factor.
constexpr double kWarnedGrowth = 1.5, kSeriousGrowth = 3;
/// Columns with more values are no lists of codes: their most frequent values say little about the rest.
constexpr int64_t kMostCodes = 200;

double ShareOf(int64_t part, int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

/// The share of values below `number`, by the quantiles between which it lies.
double ShareBelow(const ColumnProfile& column, double number) {
  const auto& quantiles = column.quantiles;
  double at = 0, from = column.minimum_number.value_or(quantiles.front().number);
  if (number < from) return 0;
  for (const Quantile& quantile : quantiles) {
    if (number < quantile.number) return at + (quantile.at - at) * (number - from) / (quantile.number - from);
    at = quantile.at;
    from = quantile.number;
  }
  const double end = column.maximum_number.value_or(from);
  return number >= end ? 1 : at + (1 - at) * (number - from) / (end - from);
}

/// The largest difference of the shares below, at all quantiles of both (Kolmogorov and Smirnov's distance).
double DistanceOfNumbers(const ColumnProfile& before, const ColumnProfile& after) {
  double distance = 0;
  const auto look = [&](const ColumnProfile& column) {
    for (const Quantile& quantile : column.quantiles)
      distance = std::max(distance, std::abs(ShareBelow(before, quantile.number) - ShareBelow(after, quantile.number)));
  };
  look(before);
  look(after);
  return distance;
}

template <class Count, class Key>
double DistanceOfShares(const std::vector<Count>& before, const std::vector<Count>& after, Key key) {
  std::map<std::string, double> difference;
  double rest = 0;
  for (const Count& count : before) {
    difference[key(count)] += count.share;
    rest += count.share;
  }
  for (const Count& count : after) {
    difference[key(count)] -= count.share;
    rest -= count.share;
  }
  double total = std::abs(rest);
  for (const auto& [value, share] : difference) total += std::abs(share);
  return total / 2;
}

class Comparison {
 public:
  std::vector<Drift> found;

  void Tables(const Profile& before, const Profile& after) {
    for (const TableProfile& table : before.tables) {
      const TableProfile* now = Find(after, table.name);
      if (now == nullptr)
        Add(DriftKind::table_removed, DriftLevel::serious, table.name, {}, "the table is not there any more");
      else
        Table(table, *now);
    }
    for (const TableProfile& table : after.tables) {
      if (Find(before, table.name) == nullptr)
        Add(DriftKind::table_added, DriftLevel::note, table.name, {}, "the table is new");
    }
  }

 private:
  Drift& Add(DriftKind kind, DriftLevel level, const std::string& table, std::optional<std::string> column,
             std::string text) {
    found.push_back(
        {.kind = kind, .level = level, .table = table, .column = std::move(column), .text = std::move(text)});
    return found.back();
  }

  void Table(const TableProfile& before, const TableProfile& after) {
    Rows(before, after);
    Keys(before, after);
    error_ = before.sample.error + after.sample.error;
    for (const ColumnProfile& column : before.columns) {
      const ColumnProfile* now = Find(after, column.name);
      if (now == nullptr)
        Add(DriftKind::column_removed, DriftLevel::serious, before.name, column.name,
            "the column is not there any more");
      else
        Column(before.name, column, *now);
    }
    for (const ColumnProfile& column : after.columns) {
      if (Find(before, column.name) == nullptr)
        Add(DriftKind::column_added, DriftLevel::note, before.name, column.name,
            "the column is new: " + column.declared_type);
    }
  }

  void Rows(const TableProfile& before, const TableProfile& after) {
    if (before.rows == after.rows) return;
    const double growth = static_cast<double>(std::max(before.rows, after.rows)) /
                          static_cast<double>(std::max<int64_t>(std::min(before.rows, after.rows), 1));
    const bool emptied = after.rows == 0;
    const DriftLevel level = emptied || growth >= kSeriousGrowth ? DriftLevel::serious
                             : growth >= kWarnedGrowth           ? DriftLevel::warning
                                                                 : DriftLevel::note;
    Drift& drift = Add(DriftKind::rows_changed, level, before.name, {},
                       fmt::format("{} rows, {} before", after.rows, before.rows));
    drift.before = static_cast<double>(before.rows);
    drift.after = static_cast<double>(after.rows);
  }

  void Keys(const TableProfile& before, const TableProfile& after) {
    for (const CandidateKey& key : after.candidate_keys) {
      if (key.distinct == key.rows) continue;
      const auto was = std::ranges::find(before.candidate_keys, key.columns, &CandidateKey::columns);
      if (was == before.candidate_keys.end() || was->distinct != was->rows) continue;
      Drift& drift = Add(DriftKind::key_broken, DriftLevel::serious, before.name, {},
                         fmt::format("({}) told all rows apart, and does not any more: {} of {} rows are surplus",
                                     fmt::join(key.columns, ", "), key.rows - key.distinct, key.rows));
      drift.before = 0;
      drift.after = static_cast<double>(key.rows - key.distinct);
    }
  }

  void Column(const std::string& table, const ColumnProfile& before, const ColumnProfile& after) {
    if (before.declared_type != after.declared_type)
      Add(DriftKind::type_changed, DriftLevel::serious, table, before.name,
          after.declared_type + ", before " + before.declared_type);
    if (!before.semantic.kind.empty() && !after.semantic.kind.empty() && before.semantic.kind != after.semantic.kind)
      Add(DriftKind::meaning_changed, DriftLevel::warning, table, before.name,
          "the values look like " + after.semantic.kind + ", before like " + before.semantic.kind);
    Nulls(table, before, after);
    Distribution(table, before, after);
    Patterns(table, before, after);
    Range(table, before, after);
  }

  void Nulls(const std::string& table, const ColumnProfile& before, const ColumnProfile& after) {
    const double was = ShareOf(before.nulls, before.count), is = ShareOf(after.nulls, after.count);
    const double change = std::abs(is - was);
    if (change < kNotedShare || after.count == 0 || before.count == 0) return;
    const DriftLevel level = change >= kSeriousShare  ? DriftLevel::serious
                             : change >= kWarnedShare ? DriftLevel::warning
                                                      : DriftLevel::note;
    Drift& drift = Add(DriftKind::nulls_changed, level, table, before.name,
                       fmt::format("{:.1f} % are NULL, before {:.1f} %", is * 100, was * 100));
    drift.before = was;
    drift.after = is;
  }

  void Distribution(const std::string& table, const ColumnProfile& before, const ColumnProfile& after) {
    const auto distance = DistanceOf(before, after);
    if (!distance || *distance < kWarnedDistance + error_) return;
    const DriftLevel level = *distance >= kSeriousDistance + error_ ? DriftLevel::serious : DriftLevel::warning;
    Add(DriftKind::distribution_changed, level, table, before.name,
        fmt::format("{:.0f} % of the values lie elsewhere", *distance * 100))
        .distance = distance;
  }

  void Patterns(const std::string& table, const ColumnProfile& before, const ColumnProfile& after) {
    if (before.patterns.empty() || after.patterns.empty()) return;
    const double distance =
        DistanceOfShares(before.patterns, after.patterns, [](const PatternCount& pattern) { return pattern.pattern; });
    if (distance < kSeriousDistance + error_) return;
    Add(DriftKind::pattern_changed, DriftLevel::warning, table, before.name,
        fmt::format("{:.0f} % of the texts are written otherwise; mostly as {}, before as {}", distance * 100,
                    after.patterns.front().pattern, before.patterns.front().pattern))
        .distance = distance;
  }

  void Range(const std::string& table, const ColumnProfile& before, const ColumnProfile& after) {
    if (!before.minimum_number || !before.maximum_number || !after.minimum_number || !after.maximum_number) return;
    const double width = *before.maximum_number - *before.minimum_number;
    const bool below = *after.minimum_number < *before.minimum_number - width;
    const bool above = *after.maximum_number > *before.maximum_number + width;
    if (width <= 0 || (!below && !above)) return;
    Add(DriftKind::range_left, DriftLevel::warning, table, before.name,
        fmt::format("values lie far {} all of before", below && above ? "below and above"
                                                       : below        ? "below"
                                                                      : "above"));
  }

  double error_ = 0;  ///< of shares of this table, both samples together
};

}  // namespace

std::optional<double> DistanceOf(const ColumnProfile& before, const ColumnProfile& after) {
  if (!before.quantiles.empty() && !after.quantiles.empty()) return DistanceOfNumbers(before, after);
  const bool lists = before.distinct.value <= kMostCodes && after.distinct.value <= kMostCodes;
  if (!lists || before.top_values.empty() || after.top_values.empty()) return std::nullopt;
  return DistanceOfShares(before.top_values, after.top_values, [](const ValueCount& count) { return count.value; });
}

std::vector<Drift> FindDrift(const Profile& before, const Profile& after) {
  Comparison comparison;
  comparison.Tables(before, after);
  std::ranges::sort(comparison.found, [](const Drift& left, const Drift& right) {
    return std::tie(right.level, left.table, left.column, left.kind) <
           std::tie(left.level, right.table, right.column, right.kind);
  });
  return std::move(comparison.found);
}

}  // namespace migrateiq::analyzer
