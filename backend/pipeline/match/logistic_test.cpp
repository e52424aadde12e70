#include "pipeline/match/logistic.hpp"

#include <gtest/gtest.h>

namespace migrateiq::match {
namespace {

std::vector<Example> Steps() {
  std::vector<Example> examples;
  for (int i = 0; i < 40; ++i) examples.push_back({{i / 10.0, (i % 3) * 1.0}, i >= 20 || i == 7 ? 1.0 : 0.0, 1});
  return examples;
}

TEST(Logistic, LearnsADirection) {
  const Linear linear = FitLogistic(Steps(), {.penalty = 0.1, .signs = {}});
  EXPECT_GT(linear.weights[0], 1);
  EXPECT_LT(Sigmoid(linear.Score(std::vector<double>{0, 1})), 0.2);
  EXPECT_GT(Sigmoid(linear.Score(std::vector<double>{4, 1})), 0.8);
}

TEST(Logistic, KeepsSigns) {
  const Linear linear = FitLogistic(Steps(), {.penalty = 0.1, .signs = {-1, 0}});
  EXPECT_EQ(linear.weights[0], 0);
}

TEST(Logistic, IsTheOptimum) {
  // Half of the examples are right, whatever the feature says: the offset alone explains that.
  const Linear linear = FitLogistic({{{1}, 1, 1}, {{1}, 0, 1}, {{2}, 1, 1}, {{2}, 0, 1}}, {.penalty = 1, .signs = {}});
  EXPECT_NEAR(linear.weights[0], 0, 1e-6);
  EXPECT_NEAR(linear.offset, 0, 1e-6);
}

TEST(Logistic, IsTheSameEveryTime) {
  const Linear a = FitLogistic(Steps(), {.signs = {}}), b = FitLogistic(Steps(), {.signs = {}});
  EXPECT_EQ(a.weights, b.weights);
  EXPECT_EQ(a.offset, b.offset);
}

TEST(Logistic, WithoutExamplesSaysNothing) { EXPECT_TRUE(FitLogistic({}, {.signs = {}}).weights.empty()); }

}  // namespace
}  // namespace migrateiq::match
