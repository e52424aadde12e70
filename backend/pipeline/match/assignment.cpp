#include "pipeline/match/assignment.hpp"

#include <algorithm>
#include <limits>

namespace migrateiq::match {

namespace {

/// Kuhn and Munkres with potentials; every row has, besides the real columns, a column of its own that costs nothing.
class Hungarian {
 public:
  explicit Hungarian(const Grid& gains)
      : gains_(gains),
        width_(gains.columns + gains.rows),
        row_potential_(gains.rows + 1, 0.0),
        column_potential_(width_ + 1, 0.0),
        row_of_(width_ + 1, 0),
        way_(width_ + 1, 0) {}

  std::vector<int> Run() {
    for (size_t row = 1; row <= gains_.rows; ++row) Insert(row);
    std::vector<int> assigned(gains_.rows, -1);
    for (size_t column = 1; column <= gains_.columns; ++column)
      if (row_of_[column] != 0 && gains_.at(row_of_[column] - 1, column - 1) > 0)
        assigned[row_of_[column] - 1] = static_cast<int>(column) - 1;
    return assigned;
  }

 private:
  double Cost(size_t row, size_t column) const {
    if (column <= gains_.columns) return -std::max(0.0, gains_.at(row - 1, column - 1));
    return column - gains_.columns == row ? 0 : 1e9;
  }

  void Insert(size_t row) {
    std::vector<double> least(width_ + 1, std::numeric_limits<double>::infinity());
    std::vector<char> used(width_ + 1, 0);
    row_of_[0] = row;
    size_t column = 0;
    do {
      used[column] = 1;
      column = Grow(column, least, used);
    } while (row_of_[column] != 0);
    while (column != 0) {
      row_of_[column] = row_of_[way_[column]];
      column = way_[column];
    }
  }

  /// One step of the search for a shortest augmenting path; returns the column it reached.
  size_t Grow(size_t from, std::vector<double>& least, const std::vector<char>& used) {
    const size_t row = row_of_[from];
    size_t next = 0;
    double delta = std::numeric_limits<double>::infinity();
    for (size_t column = 1; column <= width_; ++column) {
      if (used[column] != 0) continue;
      const double reduced = Cost(row, column) - row_potential_[row] - column_potential_[column];
      if (reduced < least[column]) least[column] = reduced, way_[column] = from;
      if (least[column] < delta) delta = least[column], next = column;
    }
    for (size_t column = 0; column <= width_; ++column) {
      if (used[column] != 0)
        row_potential_[row_of_[column]] += delta, column_potential_[column] -= delta;
      else
        least[column] -= delta;
    }
    return next;
  }

  const Grid& gains_;
  size_t width_;
  std::vector<double> row_potential_, column_potential_;
  std::vector<size_t> row_of_, way_;
};

}  // namespace

std::vector<int> Assign(const Grid& gains) { return Hungarian(gains).Run(); }

}  // namespace migrateiq::match
