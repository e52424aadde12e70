#include "nab.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "baselines.hpp"
#include "pipeline/anomaly/generator.hpp"

namespace migrateiq::bench {
namespace {

/// 1000 points, judged from 150 on, windows at 400..499 and 700..799.
LabelledSeries TwoWindows() {
  LabelledSeries series{.folder = "f", .name = "n", .points = std::vector<anomaly::SeriesPoint>(1000)};
  series.windows = {{.begin = 400, .end = 499}, {.begin = 700, .end = 799}};
  return series;
}

double ScoreOf(const std::vector<size_t>& detections) {
  std::vector<double> scores(1000, 0);
  for (const size_t at : detections) scores[at] = 1;
  JudgedSet set;
  Judge(TwoWindows(), scores, set);
  EXPECT_EQ(set.windows, 2);
  return NormalizedScore(set, 0.5);
}

TEST(Nab, ProbationIsFifteenPercentOfAtMostFiveThousandPoints) {
  EXPECT_EQ(ProbationLength(1000), 150U);
  EXPECT_EQ(ProbationLength(4032), 604U);
  EXPECT_EQ(ProbationLength(22'000), 750U);
}

TEST(Nab, NothingFoundIsZeroAndAllAtTheLeftEdgesIsAHundred) {
  EXPECT_NEAR(ScoreOf({}), 0, 1e-9);
  EXPECT_NEAR(ScoreOf({400, 700}), 100, 1e-9);
  EXPECT_NEAR(ScoreOf({400, 401, 450, 700}), 100, 1e-9) << "the earliest counts, the others are free";
}

TEST(Nab, LaterIsWorthLess) {
  const auto sigmoid = [](double position) { return 2 / (1 + std::exp(5 * position)) - 1; };
  const double middle = sigmoid(-0.5) / sigmoid(-1), last = sigmoid(-0.01) / sigmoid(-1);
  EXPECT_NEAR(ScoreOf({450, 700}), 100 * (middle + 1 + 2) / 4, 1e-6);
  EXPECT_NEAR(ScoreOf({499, 700}), 100 * (last + 1 + 2) / 4, 1e-6);
}

TEST(Nab, AFalseAlertCostsElevenHundredthsAndLessRightBehindAWindow) {
  EXPECT_NEAR(ScoreOf({200, 400, 700}), 100 - 100 * 0.11 / 4, 1e-6);
  EXPECT_NEAR(ScoreOf({100, 400, 700}), 100, 1e-6) << "the probation is not judged";
  EXPECT_GT(ScoreOf({400, 505, 700}), ScoreOf({400, 560, 700}));
  EXPECT_GT(ScoreOf({400, 505, 700}), 98.9);
}

TEST(Nab, TheBestThresholdSeparatesWhatCanBeSeparated) {
  std::vector<double> scores(1000, 0.1);
  scores[400] = 0.8;
  scores[705] = 0.7;
  scores[300] = 0.6;
  JudgedSet set;
  Judge(TwoWindows(), scores, set);
  EXPECT_DOUBLE_EQ(BestThreshold(set), 0.7);
  EXPECT_GT(NormalizedScore(set, 0.7), NormalizedScore(set, 0.8));
  EXPECT_GT(NormalizedScore(set, 0.7), NormalizedScore(set, 0.6));
}

TEST(Nab, BothOtherDetectorsSeeASpike) {
  auto series = anomaly::CleanSeries(anomaly::SeriesShape::kNoise, 600, 300 * kSecond, 1);
  anomaly::Disturb(series, anomaly::Disturbance::kSpike, 500, 1);
  for (const auto& scores : {RandomCutForest(series), WindowedGaussian(series)}) {
    const auto highest = std::ranges::max_element(scores.begin() + 100, scores.end()) - scores.begin();
    EXPECT_TRUE(highest == 500 || highest == 501) << highest;
  }
}

}  // namespace
}  // namespace migrateiq::bench
