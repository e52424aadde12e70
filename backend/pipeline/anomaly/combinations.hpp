#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipeline/anomaly/anomaly.hpp"
#include "pipeline/anomaly/isolation_forest.hpp"
#include "pipeline/anomaly/seeded_random.hpp"

namespace migrateiq::anomaly {

/// Rows whose values are usual each, but not together; judged on a uniform sample of the rows.
///
/// Pairs of categories by counting (a pair that chance would bring dozens of times and that stands once or twice);
/// pairs of columns that go together by how far their ranks lie apart; everything together by an isolation forest over
/// values without their extremes, so that a value that is extreme by itself does not count.
class Combinations {
 public:
  struct Options {
    size_t rows = 50'000;    ///< of the sample
    std::vector<bool> days;  ///< which columns' numbers are days since 1970-01-01, to be shown as dates; may be empty
    uint64_t seed = 1;
  };
  /// One name a column; at most `kColumnsMost` are looked at.
  Combinations(std::vector<std::string> names, Options options);
  static constexpr size_t kColumnsMost = 24;

  /// NULL, a number (dates as days), or a category.
  using Cell = std::variant<std::monostate, double, std::string_view>;
  void Add(int64_t row, const std::vector<Cell>& cells);
  std::vector<Anomaly> Find() const;

 private:
  /// A cell in memory: a number, or the number of a category; NaN for NULL.
  struct ColumnValues {
    std::vector<double> values;
    std::vector<std::string> categories;  ///< empty: numbers
    bool is_category = false, too_many = false;
  };
  double Coded(ColumnValues& column, const Cell& cell);
  std::vector<size_t> Usable() const;
  std::string Show(size_t column, size_t place) const;
  Anomaly Report(size_t place, const std::vector<size_t>& columns) const;
  struct PairCounts;
  PairCounts CountPairs(size_t left, size_t right) const;
  Anomaly ReportPair(size_t left, size_t right, const std::vector<size_t>& places, int64_t count,
                     double expected) const;
  void AppendPairs(size_t left, size_t right, std::vector<Anomaly>& found) const;
  using RankTable = std::map<size_t, std::vector<double>>;  ///< of each column
  RankTable RankAll(const std::vector<size_t>& columns) const;
  std::vector<std::vector<size_t>> DependentPairs(const RankTable& table) const;
  std::pair<std::vector<size_t>, std::string> Blamed(const std::vector<size_t>& columns,
                                                     const std::vector<double>& shares) const;
  std::vector<double> Seen(size_t index, const RankTable& table) const;
  FeatureRows Features(const std::vector<size_t>& columns, const RankTable& table) const;
  void AppendDependent(const std::vector<size_t>& pair, const RankTable& table, std::vector<Anomaly>& found) const;
  void AppendForest(const std::vector<size_t>& columns, const RankTable& table, std::vector<Anomaly>& found) const;
  std::vector<double> Ranks(size_t column, const std::vector<double>& order_by) const;

  std::vector<std::string> names_;
  Options options_;
  SeededRandom random_;
  int64_t seen_ = 0;
  std::vector<int64_t> rows_;
  std::vector<ColumnValues> columns_;
};

}  // namespace migrateiq::anomaly
