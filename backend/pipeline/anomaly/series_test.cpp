#include "pipeline/anomaly/series.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "pipeline/anomaly/generator.hpp"
#include "pipeline/anomaly/seeded_random.hpp"
#include "pipeline/anomaly/series_detector.hpp"

namespace migrateiq::anomaly {
namespace {

using testing::HasSubstr;

constexpr Micros kStep = 10 * kMinute;

TEST(Series, ReadsTimesAndValues) {
  const auto series = ParseSeries(
      "timestamp,value\n2014-04-01 00:00:00,20.5\r\n\"2014-04-01T00:05:00Z\",\"-3\"\n2014-04-02,1e3,x\n", "s");
  ASSERT_TRUE(series) << series.error().ToString();
  ASSERT_EQ(series->size(), 3U);
  EXPECT_EQ((*series)[1].time - (*series)[0].time, 5 * kMinute);
  EXPECT_EQ((*series)[1].value, -3);
  EXPECT_EQ((*series)[2].value, 1000);
}

TEST(Series, LeavesOutEmptyValuesAndNamesTheBadLine) {
  EXPECT_EQ(ParseSeries("t,v\n2014-04-01 00:00:00,\n", "s")->size(), 0U);
  for (const std::string bad : {"yesterday,1", "2014-04-01 00:00:00,much", "2014-04-01 00:00:00"}) {
    const auto series = ParseSeries("t,v\n2014-03-01 00:00:00,1\n" + bad + "\n", "s.csv");
    ASSERT_FALSE(series);
    EXPECT_THAT(series.error().ToString(), HasSubstr("s.csv:3"));
  }
  EXPECT_FALSE(ParseSeries("t,v\n2014-03-02,1\n2014-03-01,1\n", "s"));
  EXPECT_FALSE(ReadSeries("/nowhere/series.csv"));
}

TEST(SeriesDetector, CleanSeriesRaiseFewerThanOneAlertInFiveHundredPoints) {
  const uint64_t seeds = std::getenv("MIQ_SLOW") != nullptr ? 40 : 1;
  size_t points = 0, alerts = 0;
  for (const SeriesShape shape : kSeriesShapes)
    for (uint64_t seed = 1; seed <= seeds; ++seed) {
      const auto series = CleanSeries(shape, 3000, kStep, seed);
      points += series.size();
      alerts += DetectSeries(series).alerts.size();
    }
  EXPECT_LT(alerts * 500, points) << alerts << " of " << points;
}

TEST(SeriesDetector, FindsDisturbancesSoonAndOnce) {
  for (const SeriesShape shape : {SeriesShape::kNoise, SeriesShape::kDaily})
    for (const Disturbance disturbance : kDisturbances) {
      if (disturbance == Disturbance::kFlat && shape != SeriesShape::kDaily) continue;
      auto series = CleanSeries(shape, 1500, kStep, 11);
      Disturb(series, disturbance, 1200, 11);
      size_t soon = 0, before = 0;
      for (const auto& alert : DetectSeries(series).alerts) {
        before += alert.point.time < series[1200].time ? 1 : 0;
        soon += alert.point.time >= series[1200].time && alert.point.time < series[1320].time ? 1 : 0;
      }
      EXPECT_GE(soon, 1U) << static_cast<int>(shape) << " " << static_cast<int>(disturbance);
      EXPECT_LE(soon, 3U) << static_cast<int>(shape) << " " << static_cast<int>(disturbance);
      EXPECT_LE(before, 2U) << static_cast<int>(shape) << " " << static_cast<int>(disturbance);
    }
}

TEST(SeriesDetector, AnAlertSaysWhatIsUsual) {
  auto series = CleanSeries(SeriesShape::kDaily, 2000, kStep, 3);
  Disturb(series, Disturbance::kSpike, 1800, 3);
  const auto report = DetectSeries(series);
  const auto alert =
      std::ranges::find(report.alerts, series[1800].time, [](const auto& one) { return one.point.time; });
  ASSERT_NE(alert, report.alerts.end());
  EXPECT_THAT(alert->reason, HasSubstr("usual at this time of day is"));
  EXPECT_THAT(alert->reason, HasSubstr("is usually from"));
}

TEST(SeriesDetector, TheFutureDoesNotChangeThePast) {
  auto series = CleanSeries(SeriesShape::kDaily, 1500, kStep, 4);
  const auto whole = DetectSeries(series).scores;
  series.resize(700);
  const auto part = DetectSeries(series).scores;
  EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin()));
}

TEST(SeriesDetector, MissingPointsAreNoEvent) {
  auto series = CleanSeries(SeriesShape::kDaily, 2500, kStep, 5);
  series.erase(series.begin() + 1000, series.begin() + 1200);
  series[1500].value = std::numeric_limits<double>::quiet_NaN();
  const auto report = DetectSeries(series);
  EXPECT_EQ(report.scores.size(), series.size());
  for (size_t index = 1000; index < 1100; ++index) EXPECT_LT(report.scores[index], 0.5) << index;
  EXPECT_EQ(report.scores[1500], 0);
}

TEST(SeriesDetector, ANewLevelBecomesUsual) {
  auto series = CleanSeries(SeriesShape::kNoise, 3000, kStep, 6);
  Disturb(series, Disturbance::kLevelShift, 1500, 6);
  const auto report = DetectSeries(series);
  const auto late =
      std::ranges::count_if(report.alerts, [&](const auto& one) { return one.point.time > series[1700].time; });
  EXPECT_LE(late, 1);
}

RC_GTEST_PROP(SeriesDetector, ScoresLieBetweenZeroAndOne, (const std::vector<double>& values)) {
  std::vector<SeriesPoint> series;
  for (size_t index = 0; index < std::min<size_t>(values.size() * 20, 300); ++index)
    series.push_back({.time = static_cast<Micros>(index) * kHour, .value = values[index % values.size()]});
  for (const double score : DetectSeries(series, {.window = 100}).scores) RC_ASSERT(score >= 0 && score <= 1);
}

TEST(StreamTail, SurpriseIsAboutTheLogarithmOfTheChance) {
  StreamTail tail(5000);
  SeededRandom random(8);
  for (int index = 0; index < 5000; ++index) tail.Add(random.Normal());
  EXPECT_NEAR(tail.Surprise(3.09), 3, 0.3);
  EXPECT_NEAR(tail.Surprise(-3.09), 3, 0.3);
  EXPECT_EQ(tail.Surprise(0), 0);
  EXPECT_EQ(tail.size(), 5000U);
}

}  // namespace
}  // namespace migrateiq::anomaly
