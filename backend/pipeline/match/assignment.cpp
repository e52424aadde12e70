#include "pipeline/match/assignment.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

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

constexpr size_t kLarge = 200;  ///< rows: then it pays to take the grid apart

/// Rows and columns that compete with each other, and with no others.
struct Part {
  std::vector<size_t> rows, columns;
};

std::vector<Part> PartsOf(const Grid& gains) {
  std::vector<size_t> above(gains.rows + gains.columns);  // of each row and column one that it belongs together with
  std::iota(above.begin(), above.end(), size_t{0});
  const auto top = [&above](size_t one) {
    while (above[one] != one) one = above[one] = above[above[one]];
    return one;
  };
  for (size_t i = 0; i < gains.rows; ++i)
    for (size_t j = 0; j < gains.columns; ++j)
      if (gains.at(i, j) > 0) above[top(i)] = top(gains.rows + j);
  std::map<size_t, Part> parts;
  for (size_t i = 0; i < gains.rows; ++i) parts[top(i)].rows.push_back(i);
  for (size_t j = 0; j < gains.columns; ++j) parts[top(gains.rows + j)].columns.push_back(j);
  std::vector<Part> all;
  for (auto& [number, part] : parts)
    if (!part.rows.empty() && !part.columns.empty()) all.push_back(std::move(part));
  return all;
}

}  // namespace

std::vector<int> Assign(const Grid& gains) {
  if (gains.rows < kLarge) return Hungarian(gains).Run();
  std::vector<int> assigned(gains.rows, -1);
  for (const Part& part : PartsOf(gains)) {
    Grid own(part.rows.size(), part.columns.size());
    for (size_t i = 0; i < own.rows; ++i)
      for (size_t j = 0; j < own.columns; ++j) own.at(i, j) = gains.at(part.rows[i], part.columns[j]);
    const std::vector<int> found = Hungarian(own).Run();
    for (size_t i = 0; i < own.rows; ++i)
      if (found[i] >= 0) assigned[part.rows[i]] = static_cast<int>(part.columns[static_cast<size_t>(found[i])]);
  }
  return assigned;
}

}  // namespace migrateiq::match
