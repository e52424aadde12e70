#include "modules/orchestrator/throughput.hpp"

#include "modules/orchestrator/run_life_test_support.hpp"
#include "modules/orchestrator/tidy.hpp"

namespace migrateiq::orchestrator {
namespace {

class ThroughputTest : public RunLifeTest {
 protected:
  void SetUp() override {
    RunLifeTest::SetUp();
    run_ = Start({.plan_id = "p"});
    task_ = {.tenant_id = server_->tenant, .run_id = run_.run_id};
  }
  void Keep(Micros at, int64_t rows, bool last = false) {
    ASSERT_TRUE(server_->store->Write(store::Scope::System(), [&](store::Session& session) {
      return throughput::Keep(session, task_, {at, rows, rows * 10}, last);
    }));
  }
  std::vector<ThroughputPoint> Points(const std::string& tenant) {
    return *server_->store->ReadFor<std::vector<ThroughputPoint>>(store::Scope::System(), [&](store::Session& session) {
      return throughput::OfRun(session, tenant, run_.run_id);
    });
  }

  RunJob run_;
  Task task_;
};

TEST_F(ThroughputTest, ALongRunHasAFewHundredPointsFromEndToEnd) {
  const Micros begin = 1'000 * kSecond, step = 10 * kSecond;
  ASSERT_TRUE(server_->store->Write(store::Scope::System(), [&](store::Session& session) -> Status {
    for (int64_t i = 0; i <= 2'000; ++i)
      MIQ_TRY(throughput::Keep(session, task_, {begin + i * step, i * 100, i * 1'000}, i == 2'000));
    return {};
  }));
  const auto points = Points(server_->tenant);
  EXPECT_LE(points.size(), static_cast<size_t>(throughput::kMostPoints));
  EXPECT_GE(points.size(), 100U);
  EXPECT_EQ(points.front().at, begin);
  EXPECT_EQ(points.back().at, begin + 2'000 * step);
  for (const ThroughputView& view : throughput::Rates(points, {}))
    if (view.at.micros > begin) EXPECT_NEAR(view.rows_per_second, 10, 0.001);
  EXPECT_TRUE(Points("another tenant").empty());
}

TEST_F(ThroughputTest, PointsAreASecondApartAtFirst) {
  for (int i = 0; i < 20; ++i) ASSERT_NO_FATAL_FAILURE(Keep(kSecond + i * 300 * kMillisecond, i));
  EXPECT_EQ(Points(server_->tenant).size(), 5U);
  Keep(kSecond + 19 * 300 * kMillisecond + 1, 20, true);
  EXPECT_EQ(Points(server_->tenant).size(), 6U) << "the end is kept";
}

TEST_F(ThroughputTest, RowsThatWereTakenBackCountAsNone) {
  const auto rates = throughput::Rates({{kSecond, 100, 10}, {2 * kSecond, 40, 4}, {4 * kSecond, 60, 24}}, {});
  EXPECT_EQ(rates[0].rows_per_second, 0);
  EXPECT_EQ(rates[1].rows_per_second, 0);
  EXPECT_EQ(rates[2].rows_per_second, 10);
  EXPECT_EQ(rates[2].bytes_per_second, 10);
  EXPECT_EQ(throughput::Rates({{2 * kSecond, 100, 10}}, kSecond).at(0).rows_per_second, 100)
      << "a short run's only one";
}

TEST_F(ThroughputTest, GoesWithTheRun) {
  Keep(kSecond, 5);
  const auto worker = server_->StartWorker("w1");
  server_->WaitFor(run_.run_id, RunState::succeeded);
  ASSERT_TRUE(Tidy(*server_->store, server_->clock.Now() - kDay));
  EXPECT_EQ(Points(server_->tenant).size(), 1U);
  ASSERT_TRUE(Tidy(*server_->store, server_->clock.Now() + kDay));
  EXPECT_TRUE(Points(server_->tenant).empty());
}

}  // namespace
}  // namespace migrateiq::orchestrator
