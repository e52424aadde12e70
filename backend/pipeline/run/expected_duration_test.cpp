#include "pipeline/run/expected_duration.hpp"

#include <gtest/gtest.h>

namespace migrateiq {

namespace {

constexpr int64_t kMegabyte = 1'000'000;
const ReadingMeasured kReading{.seconds = 2, .error = 0.5, .bytes = 100e6};
const std::string kTarget = "postgresql://app@db/crm";

TEST(ExpectedDuration, WithoutEarlierRunsIsALowerBoundAndSaysSo) {
  const std::vector<PastRun> others = {{"mysql://db/x", 10, 100 * kMegabyte}, {kTarget, 1, 1000}};
  const ExpectedDuration expected = ExpectDuration(kReading, others, kTarget);
  EXPECT_EQ(expected.seconds, 2);
  EXPECT_EQ(expected.error, 0.5);
  EXPECT_NE(expected.basis.find("at least"), std::string::npos);
}

TEST(ExpectedDuration, ComesFromRunsIntoTheSameTargetFirst) {
  const std::vector<PastRun> past = {{"postgresql://app@other/crm", 100, 10 * kMegabyte},
                                     {kTarget, 2, 20 * kMegabyte},
                                     {kTarget, 4, 40 * kMegabyte},
                                     {kTarget, 10, 80 * kMegabyte}};
  const ExpectedDuration expected = ExpectDuration(kReading, past, kTarget);
  EXPECT_NEAR(expected.seconds, 16.0 / 140 * 100, 1e-9);
  EXPECT_GT(expected.error, 0.5);
  EXPECT_LT(expected.error, expected.seconds / 2);
  EXPECT_NE(expected.basis.find("3 earlier runs into this target, 8.8 MB/s (8.0 to 10.0)"), std::string::npos)
      << expected.basis;
}

TEST(ExpectedDuration, OneRunIntoAnotherTargetOfTheKindHasALargeError) {
  const ExpectedDuration expected =
      ExpectDuration(kReading, {{"postgresql://app@other/crm", 10, 50 * kMegabyte}}, kTarget);
  EXPECT_NEAR(expected.seconds, 20, 1e-9);
  EXPECT_NEAR(expected.error, 10, 1e-9);
  EXPECT_NE(expected.basis.find("1 earlier run into targets of this kind"), std::string::npos);
}

TEST(ExpectedDuration, IsNeverLessThanReadingTakes) {
  const ExpectedDuration expected = ExpectDuration(kReading, {{kTarget, 1, 1000 * kMegabyte}}, kTarget);
  EXPECT_EQ(expected.seconds, 2);
}

}  // namespace

}  // namespace migrateiq
