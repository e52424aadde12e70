#include "pipeline/match/assignment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

namespace migrateiq::match {
namespace {

using testing::ElementsAre;

Grid Of(size_t rows, size_t columns, std::vector<double> cells) {
  Grid grid(rows, columns);
  grid.cells = std::move(cells);
  return grid;
}

TEST(Assignment, PrefersTheBestTotal) {
  EXPECT_THAT(Assign(Of(2, 2, {5, 4, 4, 1})), ElementsAre(1, 0));
  EXPECT_THAT(Assign(Of(1, 3, {1, 3, 2})), ElementsAre(1));
}

TEST(Assignment, LeavesFreeWhatGainsNothing) {
  EXPECT_THAT(Assign(Of(2, 2, {-1, -2, 3, -1})), ElementsAre(-1, 0));
  EXPECT_THAT(Assign(Of(2, 1, {1, 2})), ElementsAre(-1, 0));
  EXPECT_THAT(Assign(Of(1, 0, {})), ElementsAre(-1));
}

double Best(const Grid& gains, size_t row, unsigned taken) {
  if (row == gains.rows) return 0;
  double best = Best(gains, row + 1, taken);
  for (size_t j = 0; j < gains.columns; ++j)
    if ((taken >> j & 1U) == 0) best = std::max(best, gains.at(row, j) + Best(gains, row + 1, taken | 1U << j));
  return best;
}

TEST(Assignment, IsAsGoodAsTryingAll) {
  EXPECT_TRUE(rc::check([] {
    Grid gains(*rc::gen::inRange<size_t>(1, 5), *rc::gen::inRange<size_t>(1, 5));
    for (double& cell : gains.cells) cell = *rc::gen::inRange(-10, 20);
    const std::vector<int> assigned = Assign(gains);
    double sum = 0;
    for (size_t i = 0; i < assigned.size(); ++i)
      if (assigned[i] >= 0) sum += gains.at(i, static_cast<size_t>(assigned[i]));
    RC_ASSERT(sum == Best(gains, 0, 0));
  }));
}

TEST(Assignment, ManyRowsThatCompeteWithFewAreQuick) {
  constexpr size_t kRows = 1500;
  Grid gains(kRows, kRows, -0.3);
  for (size_t i = 0; i < kRows; ++i) {
    gains.at(i, (i + 1) % kRows) = 1;
    gains.at(i, i) = i % 3 == 0 ? 2 : 0.5;
    if (i % 3 == 2) gains.at(i, (i + 1) % kRows) = -1;
  }
  // Of each three rows the first takes its own column; the second gives its own up for the third's, which is left free.
  const std::vector<int> assigned = Assign(gains);
  for (size_t i = 0; i + 2 < kRows; i += 3) {
    EXPECT_EQ(assigned[i], static_cast<int>(i));
    EXPECT_EQ(assigned[i + 1] == static_cast<int>(i + 2), assigned[i + 2] == -1);
    const double second = assigned[i + 1] == static_cast<int>(i + 2) ? 1 : 0.5;
    const double third = assigned[i + 2] < 0 ? 0 : 0.5;
    EXPECT_DOUBLE_EQ(second + third, 1);
  }
}

}  // namespace
}  // namespace migrateiq::match
