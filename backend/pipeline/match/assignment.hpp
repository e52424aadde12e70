#pragma once

#include <cstddef>
#include <vector>

namespace migrateiq::match {

/// Numbers for pairs of a source column (row) and a target column.
struct Grid {
  std::size_t rows = 0, columns = 0;
  std::vector<double> cells;

  Grid() = default;
  Grid(std::size_t row_count, std::size_t column_count, double fill = 0)
      : rows(row_count), columns(column_count), cells(row_count * column_count, fill) {}
  double& at(std::size_t row, std::size_t column) { return cells[row * columns + column]; }
  double at(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }
};

/// The one-to-one assignment with the greatest sum of gains, where leaving a row free gains 0: for each row its column,
/// or -1. Pairs that gain nothing are never assigned. Hungarian method, O(rows^2 * columns).
std::vector<int> Assign(const Grid& gains);

}  // namespace migrateiq::match
