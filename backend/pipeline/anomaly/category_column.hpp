#pragma once

#include <functional>
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
  struct Entry {
    int64_t count = 0;
    std::vector<int64_t> rows;  ///< the first few
  };
  void Add(int64_t row, std::string_view value);
  void Add(std::string_view value, const Entry& more);

  bool overflowed() const { return overflowed_; }
  int64_t count() const { return count_; }
  /// Finds by text without making a string of it.
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Entries = std::unordered_map<std::string, Entry, Hash, std::equal_to<>>;
  const Entries& entries() const { return entries_; }
  /// Most frequent first, equal counts by value.
  std::vector<std::pair<std::string_view, const Entry*>> Ranked() const;

 private:
  size_t most_;
  bool overflowed_ = false;
  int64_t count_ = 0;
  Entry& EntryOf(std::string_view value);

  Entries entries_;
};

/// Categories that hardly occur, and misspellings of frequent ones.
std::vector<Anomaly> FindCategoryAnomalies(const std::string& column, const ValueCounts& counts);

}  // namespace migrateiq::anomaly
