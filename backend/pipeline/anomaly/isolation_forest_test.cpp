#include "pipeline/anomaly/isolation_forest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

#include "pipeline/anomaly/combinations.hpp"

namespace migrateiq::anomaly {
namespace {

/// Two clouds; in the first all three features are low, in the second all are high. The last row mixes them.
FeatureRows TwoClouds(size_t count, uint64_t seed) {
  SeededRandom random(seed);
  FeatureRows rows(3);
  for (size_t row = 0; row < count; ++row) {
    const double center = row % 2 == 0 ? 0.2 : 0.8;
    std::array<float, 3> values;
    for (float& value : values) value = static_cast<float>(center + 0.05 * random.Normal());
    rows.Add(values);
  }
  rows.Add(std::array{0.2F, 0.2F, 0.8F});
  return rows;
}

TEST(IsolationForest, ScoresTheOddRowAboveAllOthers) {
  const FeatureRows rows = TwoClouds(800, 1);
  const IsolationForest forest(rows, 7);
  const double odd = forest.Score(rows[800]);
  EXPECT_GT(odd, 0.55);
  int above = 0;
  for (size_t row = 0; row < 800; ++row) above += forest.Score(rows[row]) >= odd ? 1 : 0;
  EXPECT_LE(above, 8);
}

TEST(IsolationForest, BlamesTheFeatureThatIsWrong) {
  const FeatureRows rows = TwoClouds(800, 2);
  const auto shares = IsolationForest(rows, 7).Contributions(rows[800]);
  EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-9);
  EXPECT_GT(shares[2], shares[0]);
  EXPECT_GT(shares[2], shares[1]);
}

TEST(IsolationForest, TheSameSeedGrowsTheSameForest) {
  const FeatureRows rows = TwoClouds(300, 3);
  const IsolationForest one(rows, 5), same(rows, 5), other(rows, 6);
  EXPECT_EQ(one.Score(rows[10]), same.Score(rows[10]));
  EXPECT_NE(one.Score(rows[10]), other.Score(rows[10]));
}

TEST(IsolationForest, EqualRowsAreOrdinary) {
  FeatureRows rows(2);
  for (int row = 0; row < 100; ++row) rows.Add(std::array{1.0F, 2.0F});
  const IsolationForest forest(rows, 1);
  EXPECT_NEAR(forest.Score(rows[0]), 0.5, 0.01);
  EXPECT_EQ(forest.Contributions(rows[0])[0], 0);
}

std::vector<Combinations::Cell> Clouds(SeededRandom& random, int cloud) {
  return {10.0 * cloud + random.Normal(), 100.0 * (cloud == 1 ? 1 : 0) + 5 * random.Normal(),
          cloud == 2 ? std::string_view("late") : std::string_view("soon")};
}

/// Rows that were found in three clouds of 1000 rows with one row between them.
std::vector<int64_t> FoundBetweenClouds(uint64_t seed) {
  SeededRandom random(seed);
  Combinations combinations({"a", "b", "c"}, {});
  for (int64_t row = 0; row < 1000; ++row) combinations.Add(row, Clouds(random, static_cast<int>(row % 3)));
  combinations.Add(1000, {20.0, 100.0, std::string_view("soon")});
  std::vector<int64_t> rows;
  for (const Anomaly& found : combinations.Find()) rows.push_back(found.examples[0].row);
  return rows;
}

TEST(Combinations, MostRowsBetweenCloudsAreFoundAndNothingElse) {
  int found = 0, wrong = 0;
  for (uint64_t seed = 1; seed <= 5; ++seed)
    for (const int64_t row : FoundBetweenClouds(seed)) ++(row == 1000 ? found : wrong);
  EXPECT_GE(found, 3);
  EXPECT_EQ(wrong, 0);
}

TEST(Combinations, RowsBeyondTheSampleReplaceOthersAndMemoryStaysBounded) {
  SeededRandom random(5);
  Combinations combinations({"a", "b", "c"}, {.rows = 500});
  for (int64_t row = 0; row < 2000; ++row) combinations.Add(row, Clouds(random, static_cast<int>(row % 3)));
  EXPECT_TRUE(combinations.Find().empty());
}

}  // namespace
}  // namespace migrateiq::anomaly
