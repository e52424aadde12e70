// The engine over the generator and the checking sink: what no scenario can say (threads, stops, the store's view).
#include "pipeline/run/engine.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "pipeline/run/memory_store.hpp"

namespace migrateiq {
namespace {

using testing::MemoryStore;
using testing::QuietObserver;

Plan PlanFor(const std::string& source, const std::string& target) {
  Plan plan;
  plan.source.url = source;
  plan.target.url = target;
  plan.run.workers = 4;
  plan.run.chunk_rows = 1000;
  return plan;
}

struct Stage {
  MemoryStore store;
  QuietObserver observer;
  std::stop_source stop;
  EngineContext Context() { return {store, observer, stop.get_token()}; }
};

TEST(Engine, ManyWorkersLoadEveryChunkOnce) {
  Stage stage;
  EngineContext context = stage.Context();
  const auto report =
      ExecuteRun(PlanFor("fake:lineitem?rows=20000&seed=1", "assert:many?memory=true"), "r1", false, context);
  ASSERT_TRUE(report) << report.error().ToString();
  EXPECT_EQ(RunResult::kSucceeded, report->status) << ToJson(*report);
  ASSERT_EQ(1U, report->tables.size());
  EXPECT_EQ(20000, report->tables[0].rows_written);
  EXPECT_EQ("match", report->tables[0].verified);
  EXPECT_EQ(report->tables[0].source_digest, report->tables[0].target_digest);
}

TEST(Engine, NumberOfWorkersAndChunksDoesNotChangeTheDigest) {
  std::string digest;
  for (const int workers : {1, 3}) {
    for (const int64_t rows : {int64_t{700}, int64_t{1'000'000}}) {
      Stage stage;
      EngineContext context = stage.Context();
      Plan plan =
          PlanFor("fake:ugly?rows=3000&seed=5", "assert:shape" + std::to_string(workers) + std::to_string(rows));
      plan.run.workers = workers;
      plan.run.chunk_rows = rows;
      plan.run.verify = VerifyLevel::kNone;
      const auto report = ExecuteRun(plan, "r2", false, context);
      ASSERT_TRUE(report) << report.error().ToString();
      if (digest.empty()) digest = report->tables[0].source_digest;
      EXPECT_EQ(digest, report->tables[0].source_digest) << workers << " workers, chunks of " << rows;
    }
  }
}

TEST(Engine, RefusedRowsAreFoundByBisectingAndKept) {
  Stage stage;
  EngineContext context = stage.Context();
  Plan plan = PlanFor("fake:orders?rows=2000&seed=2", "assert:refusing?refuse_every=500");
  plan.run.verify = VerifyLevel::kNone;
  const auto report = ExecuteRun(plan, "r3", false, context);
  ASSERT_TRUE(report) << report.error().ToString();
  EXPECT_EQ(RunResult::kQuarantined, report->status) << ToJson(*report);
  int64_t quarantined = 0;
  for (const TableReport& table : report->tables) {
    EXPECT_EQ(table.rows_read, table.rows_written + table.rows_quarantined + table.rows_filtered);
    quarantined += table.rows_quarantined;
  }
  const auto rows = stage.store.ListQuarantine("r3");
  ASSERT_TRUE(rows);
  EXPECT_GT(quarantined, 0);
  EXPECT_EQ(quarantined, static_cast<int64_t>(rows->size()));
  EXPECT_NE(std::string::npos, rows->front().original.find('{'));
}

TEST(Engine, AStoppedRunSaysSoAndCanBeResumed) {
  Stage stage;
  Plan plan = PlanFor("fake:lineitem?rows=300000&seed=3", "assert:stopped?memory=true");
  plan.run.throttle.rows_per_second = 400'000;
  EngineContext context = stage.Context();
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    stage.stop.request_stop();
  });
  const auto stopped = ExecuteRun(plan, "r4", false, context);
  ASSERT_TRUE(stopped) << stopped.error().ToString();
  EXPECT_EQ(RunResult::kInterrupted, stopped->status);
  stopper.join();
  plan.run.throttle.rows_per_second = 0;
  QuietObserver observer;
  EngineContext again{stage.store, observer, {}};
  const auto resumed = ExecuteRun(plan, "r4", true, again);
  // The plan's throttle is part of its fingerprint: a changed plan is refused, the same one goes on.
  ASSERT_FALSE(resumed);
  EXPECT_TRUE(resumed.error().Is(codes::kRunChanged));
  plan.run.throttle.rows_per_second = 400'000;
  const auto same = ExecuteRun(plan, "r4", true, again);
  ASSERT_TRUE(same) << same.error().ToString();
  EXPECT_EQ(RunResult::kSucceeded, same->status) << ToJson(*same);
  EXPECT_EQ(300'000, same->tables[0].rows_written);
}

TEST(Engine, TooManyRejectedRowsFailTheRun) {
  Stage stage;
  EngineContext context = stage.Context();
  Plan plan = PlanFor("fake:orders?rows=2000&seed=2", "assert:toomany?refuse_every=2");
  plan.on.max_row_errors = 10;
  const auto report = ExecuteRun(plan, "r5", false, context);
  ASSERT_TRUE(report) << report.error().ToString();
  EXPECT_EQ(RunResult::kFailed, report->status);
  ASSERT_FALSE(report->errors.empty());
  EXPECT_TRUE(report->errors.front().Is(codes::kDataTooManyErrors)) << report->errors.front().ToString();
}

}  // namespace
}  // namespace migrateiq
