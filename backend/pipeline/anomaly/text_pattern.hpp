#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/anomaly/anomaly.hpp"
#include "pipeline/anomaly/category_column.hpp"

namespace migrateiq::anomaly {

/// How a text is built: runs of digits as 9, of lower-case letters as a, of capitals as A with their length, blanks and
/// punctuation as they are. "AB-1234" is "A{2}-9{4}", without lengths "A-9".
std::string PatternOf(std::string_view text, bool lengths = true);

/// Texts built unlike nearly all others of the column: with lengths where the column has few patterns, else without.
class PatternColumn {
 public:
  PatternColumn(std::string name, size_t patterns_most)
      : name_(std::move(name)), patterns_most_(patterns_most), patterns_(patterns_most + 1) {}
  void Add(int64_t row, std::string_view value);
  std::vector<Anomaly> Find() const;

 private:
  struct Patterns {
    explicit Patterns(size_t most) : counts(most) {}
    void Add(int64_t row, const std::string& pattern, std::string_view value);
    void Merge(const std::string& pattern, const ValueCounts::Entry& entry, const std::vector<AnomalyExample>& more);
    ValueCounts counts;
    std::unordered_map<std::string, std::vector<AnomalyExample>> examples;
  };
  void ForgetLengths();
  /// The rare patterns of one kind; nothing when the column has no usual ones.
  std::vector<Anomaly> FindIn(const Patterns& patterns) const;

  std::string name_;
  size_t patterns_most_;
  bool with_lengths_ = true;
  Patterns patterns_;
};

}  // namespace migrateiq::anomaly
