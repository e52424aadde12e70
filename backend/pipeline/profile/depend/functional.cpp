#include "pipeline/profile/depend/functional.hpp"

#include <algorithm>
#include <unordered_map>

namespace migrateiq {

namespace {

constexpr size_t kMostColumns = 100;
constexpr size_t kMostFound = 60;
constexpr double kMostViolations = 0.01;  ///< of the rows
constexpr double kMostUnexplained = 0.1;  ///< of the rows that have not the most frequent value of the dependent
constexpr int64_t kLeastRepeated = 30;    ///< rows whose determinant was there before
constexpr double kLeastRepeatedShare = 0.05;

/// Rows whose dependent differs from that of the first row with the same determinant; ends early when they are many.
/// An upper bound of what is wrong is not needed: far more than half of the rows of a group agree where it holds.
bool MayHold(const Dictionary& from, const Dictionary& to) {
  constexpr size_t kGlance = 4096;
  std::vector<int32_t> first(from.size(), INT32_MIN);
  size_t differing = 0;
  for (size_t row = 0; row < from.codes.size(); ++row) {
    const int32_t code = from.codes[row];
    if (code == Dictionary::kNull) continue;
    int32_t& expected = first[static_cast<size_t>(code)];
    if (expected == INT32_MIN) expected = to.codes[row];
    differing += expected != to.codes[row] ? 1 : 0;
    if (row % kGlance == 0 && differing > row / 10 + 40) return false;
  }
  return differing <= from.codes.size() / 10;
}

/// Rows that are not of the most frequent dependent of their group.
int64_t Violations(const Dictionary& from, const Dictionary& to) {
  std::unordered_map<uint64_t, int64_t> pairs;
  std::vector<int64_t> most(from.size(), 0);
  for (size_t row = 0; row < from.codes.size(); ++row) {
    if (from.codes[row] == Dictionary::kNull) continue;
    const auto code = static_cast<size_t>(from.codes[row]);
    const uint64_t pair = static_cast<uint64_t>(code) << 32 | static_cast<uint32_t>(to.codes[row]);
    most[code] = std::max(most[code], ++pairs[pair]);
  }
  int64_t agreeing = 0;
  for (const int64_t count : most) agreeing += count;
  return from.values - agreeing;
}

bool IsDeterminant(const Dictionary& values) {
  const int64_t repeated = values.values - static_cast<int64_t>(values.size());
  return values.size() > 1 && repeated >= kLeastRepeated &&
         static_cast<double>(repeated) >= kLeastRepeatedShare * static_cast<double>(values.values);
}

/// Rows with another value (or NULL) than the most frequent one.
int64_t NotMostFrequent(const Dictionary& values, int64_t rows) {
  const int64_t nulls = rows - values.values;
  const int64_t most = values.counts.empty() ? 0 : *std::ranges::max_element(values.counts);
  return rows - std::max(most, nulls);
}

}  // namespace

std::vector<FunctionalDependency> FunctionalDependencies(const TableProfile& profile, const CodedSample& sample) {
  std::vector<FunctionalDependency> found;
  const size_t columns = std::min(kMostColumns, sample.columns.size());
  for (size_t a = 0; a < columns; ++a) {
    const Dictionary& from = sample.columns[a];
    if (!IsDeterminant(from)) continue;
    for (size_t b = 0; b < columns && found.size() < kMostFound; ++b) {
      const Dictionary& to = sample.columns[b];
      const auto varied = static_cast<double>(NotMostFrequent(to, sample.rows));
      if (a == b || varied < kLeastRepeated || !MayHold(from, to)) continue;
      const int64_t violations = Violations(from, to);
      if (static_cast<double>(violations) > kMostViolations * static_cast<double>(from.values)) continue;
      if (static_cast<double>(violations) > kMostUnexplained * varied) continue;
      found.push_back({{profile.columns[a].name},
                       profile.columns[b].name,
                       sample.all_rows ? Basis::all_rows : Basis::sample,
                       from.values,
                       violations,
                       static_cast<int64_t>(from.size())});
    }
  }
  return found;
}

}  // namespace migrateiq
