#include "pipeline/anomaly/run_history.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "pipeline/anomaly/seeded_random.hpp"

namespace migrateiq::anomaly {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Micros kMonday = 20'458 * kDay + 2 * kHour;  // 2026-01-05 02:00

RunFacts Made(Micros at, double rows, SeededRandom& random) {
  const double seconds = rows / 1000 * (1 + 0.05 * random.Normal());
  return {.started_at = at, .rows = rows, .seconds = seconds, .errors = 0, .bytes = rows * 80};
}

/// One run a day, Mondays twice as large, all with some noise.
std::vector<RunFacts> Weeks(int weeks, uint64_t seed, double noise = 0.04) {
  SeededRandom random(seed);
  std::vector<RunFacts> runs;
  for (int day = 0; day < 7 * weeks; ++day) {
    const double rows = (day % 7 == 0 ? 10'200 : 5000) * (1 + noise * random.Normal());
    runs.push_back(Made(kMonday + day * kDay, std::round(rows), random));
  }
  return runs;
}

std::vector<RunMeasure> Measures(const std::vector<RunAlert>& alerts) {
  std::vector<RunMeasure> measures;
  for (const auto& alert : alerts) measures.push_back(alert.measure);
  return measures;
}

TEST(RunHistory, AMondayIsJudgedByMondays) {
  SeededRandom random(1);
  const auto history = Weeks(8, 1);
  const auto small = JudgeRun(history, Made(kMonday + 56 * kDay, 412, random));
  ASSERT_THAT(Measures(small), ElementsAre(RunMeasure::kRows, RunMeasure::kBytes));
  EXPECT_THAT(small[0].reason, HasSubstr("412 rows; Mondays at this hour usually 10,"));
  EXPECT_THAT(small[0].reason, HasSubstr("over the last 8 weeks"));
  EXPECT_GT(small[0].score, 0.5);
  EXPECT_THAT(JudgeRun(history, Made(kMonday + 56 * kDay, 10'400, random)), IsEmpty());
  EXPECT_THAT(Measures(JudgeRun(history, Made(kMonday + 56 * kDay, 5000, random))),
              ElementsAre(RunMeasure::kRows, RunMeasure::kBytes));
  EXPECT_THAT(Measures(JudgeRun(history, Made(kMonday + 57 * kDay, 10'200, random))),
              ElementsAre(RunMeasure::kRows, RunMeasure::kDuration, RunMeasure::kBytes));
}

TEST(RunHistory, FiveRunsAreEnoughAndFourAreNot) {
  SeededRandom random(2);
  std::vector<RunFacts> history;
  for (int day = 0; day < 5; ++day) history.push_back(Made(kMonday + day * kDay, 8000 + 30 * day, random));
  const RunFacts empty = Made(kMonday + 5 * kDay, 0, random);
  EXPECT_THAT(Measures(JudgeRun(history, empty)), testing::Contains(RunMeasure::kRows));
  history.pop_back();
  EXPECT_THAT(JudgeRun(history, empty), IsEmpty());
}

TEST(RunHistory, SlownessAndRejectedRowsAreSeen) {
  SeededRandom random(3);
  const auto history = Weeks(6, 3);
  RunFacts run = Made(kMonday + 43 * kDay, 5000, random);
  run.seconds *= 4;
  EXPECT_THAT(Measures(JudgeRun(history, run)), ElementsAre(RunMeasure::kDuration, RunMeasure::kThroughput));
  run = Made(kMonday + 43 * kDay, 5000, random);
  run.errors = 120;
  const auto alerts = JudgeRun(history, run);
  ASSERT_THAT(Measures(alerts), ElementsAre(RunMeasure::kErrorRate));
  EXPECT_THAT(alerts[0].reason, HasSubstr("2.34 % rejected; runs usually 0 %"));
  run.errors = 2;
  EXPECT_THAT(JudgeRun(history, run), IsEmpty());
}

TEST(RunHistory, ANewLevelIsAcceptedAfterThreeRuns) {
  SeededRandom random(4);
  std::vector<RunFacts> history;
  for (int day = 0; day < 20; ++day) history.push_back(Made(kMonday + day * kDay, 5000 + 10 * (day % 5), random));
  for (int day = 20; day < 22; ++day) history.push_back(Made(kMonday + day * kDay, 9000, random));
  EXPECT_THAT(Measures(JudgeRun(history, Made(kMonday + 22 * kDay, 9050, random))),
              testing::Contains(RunMeasure::kRows));
  history.push_back(Made(kMonday + 22 * kDay, 9050, random));
  EXPECT_THAT(JudgeRun(history, Made(kMonday + 23 * kDay, 9020, random)), IsEmpty());
  EXPECT_THAT(Measures(JudgeRun(history, Made(kMonday + 23 * kDay, 3000, random))),
              testing::Contains(RunMeasure::kRows));
}

TEST(RunHistory, MissingRunsAndOrderDoNotMatter) {
  SeededRandom random(5);
  auto history = Weeks(8, 5);
  history.erase(history.begin() + 10, history.begin() + 14);
  const RunFacts run = Made(kMonday + 56 * kDay, 400, random);
  const auto alerts = JudgeRun(history, run);
  std::ranges::reverse(history);
  const auto again = JudgeRun(history, run);
  ASSERT_EQ(alerts.size(), again.size());
  ASSERT_FALSE(alerts.empty());
  EXPECT_EQ(alerts[0].reason, again[0].reason);
}

TEST(RunHistory, CleanRunsRaiseFewerThanOneAlertInAHundred) {
  int judged = 0, alerted = 0;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    const auto runs = Weeks(12, seed, seed % 2 == 0 ? 0.04 : 0.15);
    for (size_t index = 5; index < runs.size(); ++index) {
      const std::vector<RunFacts> history(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(index));
      const bool first_mondays = index < 5 * 7 && index % 7 == 0;  // nothing can tell yet that Mondays are larger
      if (first_mondays) continue;
      ++judged;
      alerted += JudgeRun(history, runs[index]).empty() ? 0 : 1;
    }
  }
  EXPECT_LT(alerted * 100, judged) << alerted << " of " << judged;
}

RC_GTEST_PROP(RunHistory, ARunLikeAllOthersRaisesNothing, ()) {
  const auto rows = static_cast<double>(*rc::gen::inRange<uint32_t>(0, 100'000'000));
  const int runs = *rc::gen::inRange(0, 60);
  const auto step = *rc::gen::inRange<Micros>(kMinute, 9 * kDay);
  std::vector<RunFacts> history;
  const auto at = [&](int index) {
    return RunFacts{.started_at = kMonday + index * step, .rows = rows, .seconds = 10, .errors = 1, .bytes = rows};
  };
  for (int index = 0; index < runs; ++index) history.push_back(at(index));
  RC_ASSERT(JudgeRun(history, at(runs)).empty());
}

}  // namespace
}  // namespace migrateiq::anomaly
