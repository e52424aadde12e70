#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/anomaly/anomaly.hpp"
#include "pipeline/anomaly/numeric_column.hpp"

namespace migrateiq::anomaly {

/// Sentinel dates, dates in the future, dates far from the others, and times without rows. Days since 1970-01-01.
class DateColumn {
 public:
  DateColumn(std::string name, int32_t today, size_t sample, uint64_t seed)
      : name_(std::move(name)), today_(today), usual_(name_, sample, seed, NumericUnit::kDay) {}
  void Add(int64_t row, int32_t day);
  std::vector<Anomaly> Find() const;

 private:
  struct Day {
    int64_t count = 0;
    std::vector<int64_t> rows;
  };
  std::optional<Anomaly> Sentinel(int32_t day, const Day& entry) const;
  void AppendFuture(std::vector<Anomaly>& found) const;
  void AppendGaps(std::vector<Anomaly>& found) const;
  bool IsTold(const std::vector<Anomaly>& found, const std::string& date) const;

  std::string name_;
  int32_t today_;
  NumericColumn usual_;  ///< without sentinels
  int64_t count_ = 0, future_ = 0;
  std::vector<AnomalyExample> future_examples_;
  std::map<int32_t, Day> days_;  ///< empty once there were too many
  bool too_many_days_ = false;
};

/// Dates that nearly always come one after the other, and the rows where they do not.
class DateOrder {
 public:
  explicit DateOrder(std::vector<std::string> names);
  /// The days of one row, in the order of the names; nothing for NULL.
  void Add(int64_t row, const std::vector<std::optional<int32_t>>& days);
  std::vector<Anomaly> Find() const;

 private:
  struct Pair {
    size_t left, right;
    int64_t before = 0, same = 0, after = 0;
    std::vector<AnomalyExample> before_examples, after_examples;
  };
  std::vector<std::string> names_;
  std::vector<Pair> pairs_;
};

}  // namespace migrateiq::anomaly
