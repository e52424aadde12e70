#include "pipeline/anomaly/robust.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "pipeline/anomaly/generator.hpp"
#include "pipeline/anomaly/value_tails.hpp"

namespace migrateiq::anomaly {
namespace {

std::vector<double> Sorted(std::vector<double> values) {
  std::ranges::sort(values);
  return values;
}

TEST(Robust, QuantilesLieBetweenTheNearestValues) {
  const std::vector<double> values = {1, 2, 3, 4, 10};
  EXPECT_DOUBLE_EQ(Quantile(values, 0), 1);
  EXPECT_DOUBLE_EQ(Quantile(values, 0.5), 3);
  EXPECT_DOUBLE_EQ(Quantile(values, 0.625), 3.5);
  EXPECT_DOUBLE_EQ(Quantile(values, 1), 10);
}

RC_GTEST_PROP(Robust, MedianIsTheMiddleInAnyOrder, (std::vector<int> numbers)) {
  RC_PRE(!numbers.empty());
  std::vector<double> values(numbers.begin(), numbers.end());
  const double expected = Median(Sorted(values));
  RC_ASSERT(std::abs(MedianOf(values) - expected) < 1e-6);
}

RC_GTEST_PROP(Robust, AWildValueMovesTheMadNoFurtherThanTheOthersReach, (std::vector<uint8_t> numbers)) {
  RC_PRE(numbers.size() > 4);
  std::vector<double> values(numbers.begin(), numbers.end());
  values[0] = 1e12;
  RC_ASSERT(MadDeviation(Sorted(values)) <= 1.4826 * 255);
}

TEST(Robust, MedcoupleHasTheSignOfTheSkewness) {
  EXPECT_NEAR(Medcouple(Sorted(CleanNumbers(Shape::kNormal, 4000, 1))), 0, 0.06);
  const auto skewed = Sorted(CleanNumbers(Shape::kLogNormal, 4000, 1));
  EXPECT_GT(Medcouple(skewed), 0.25);
  std::vector<double> mirrored;
  for (const double value : skewed) mirrored.push_back(-value);
  EXPECT_NEAR(Medcouple(Sorted(mirrored)), -Medcouple(skewed), 1e-9);
}

TEST(Robust, FencesReachFurtherOnTheSkewedSide) {
  const auto skewed = Sorted(CleanNumbers(Shape::kExponential, 4000, 2));
  const Fences fences = AdjustedFences(skewed);
  const double median = Median(skewed);
  EXPECT_GT(fences.high - median, 2 * (median - fences.low));
}

TEST(Robust, NormalTailAndItsInverse) {
  EXPECT_NEAR(LogNormalTail(0), std::log10(0.5), 1e-9);
  EXPECT_NEAR(LogNormalTail(3), std::log10(0.001349898), 1e-6);
  EXPECT_NEAR(LogNormalTail(40), -349.4, 0.1);
  EXPECT_NEAR(LogStudentTail(5.208, 6), -3, 0.03);
  EXPECT_NEAR(NormalQuantile(0.975), 1.959964, 1e-5);
}

TEST(ValueTails, RecognisesShapes) {
  const auto model = [](Shape shape) { return ValueTails(Sorted(CleanNumbers(shape, 4000, 3))).model(); };
  EXPECT_EQ(model(Shape::kNormal), ValueTails::Model::kNormal);
  EXPECT_EQ(model(Shape::kLogNormal), ValueTails::Model::kLogNormal);
  EXPECT_EQ(model(Shape::kExponential), ValueTails::Model::kPareto);
  EXPECT_EQ(model(Shape::kPareto), ValueTails::Model::kPareto);
}

RC_GTEST_PROP(ValueTails, FurtherOutIsNeverLikelier, ()) {
  const auto shape = *rc::gen::elementOf(std::vector<Shape>(std::begin(kShapes), std::end(kShapes)));
  const auto values = Sorted(CleanNumbers(shape, 400, *rc::gen::inRange<uint64_t>(1, 1000)));
  const ValueTails tails(values);
  const double step = (values.back() - values.front()) / 20;
  for (double value = tails.median(); value < values.back() + 40 * step; value += step)
    RC_ASSERT(tails.LogChance(value + step) <= tails.LogChance(value) + 1e-12);
  for (double value = tails.median(); value > values.front() - 40 * step; value -= step)
    RC_ASSERT(tails.LogChance(value - step) <= tails.LogChance(value) + 1e-12);
}

}  // namespace
}  // namespace migrateiq::anomaly
