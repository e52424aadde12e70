#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/anomaly/anomaly.hpp"

namespace migrateiq::anomaly {

/// How often each value stands, and where first; gives up (and frees its memory) beyond a number of distinct values.
class ValueCounts {
 public:
  explicit ValueCounts(size_t most) : most_(most) {}
  void Add(int64_t row, std::string_view value);

  struct Entry {
    int64_t count = 0;
    std::vector<int64_t> rows;  ///< the first few
  };
  bool overflowed() const { return overflowed_; }
  int64_t count() const { return count_; }
  const std::unordered_map<std::string, Entry>& entries() const { return entries_; }
  /// Most frequent first, equal counts by value.
  std::vector<std::pair<std::string_view, const Entry*>> Ranked() const;

 private:
  size_t most_;
  bool overflowed_ = false;
  int64_t count_ = 0;
  std::unordered_map<std::string, Entry> entries_;
};

/// Categories that hardly occur, and misspellings of frequent ones.
std::vector<Anomaly> FindCategoryAnomalies(const std::string& column, const ValueCounts& counts);

}  // namespace migrateiq::anomaly
