#include "pipeline/anomaly/edit_distance.hpp"

#include <algorithm>
#include <vector>

namespace migrateiq::anomaly {
namespace {

using Row = std::vector<size_t>;

/// Fills the row of `left[i - 1]` and returns its smallest number.
size_t FillRow(std::string_view left, std::string_view right, size_t i, const Row& before_last, const Row& last,
               Row& row) {
  size_t smallest = row[0] = i;
  for (size_t j = 1; j <= right.size(); ++j) {
    const size_t change = left[i - 1] == right[j - 1] ? 0 : 1;
    row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
    const bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
    if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    smallest = std::min(smallest, row[j]);
  }
  return smallest;
}

}  // namespace

size_t EditDistance(std::string_view left, std::string_view right, size_t most) {
  if (std::max(left.size(), right.size()) - std::min(left.size(), right.size()) > most) return most + 1;
  Row before_last(right.size() + 1), last(right.size() + 1), row(right.size() + 1);
  for (size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= left.size(); ++i) {
    if (FillRow(left, right, i, before_last, last, row) > most) return most + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last[right.size()], most + 1);
}

}  // namespace migrateiq::anomaly
