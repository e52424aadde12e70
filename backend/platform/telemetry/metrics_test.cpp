#include "platform/telemetry/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace migrateiq::telemetry {
namespace {

using testing::HasSubstr;

TEST(MetricsTest, TextOfAllKinds) {
  Metrics metrics;
  metrics.AddCounter("miq_a_total", "As", {{"kind", "x\"y\n"}}).Increment(3);
  metrics.AddGauge("miq_b", "Bs").Set(1.5);
  metrics.AddHistogram("miq_c_seconds", "Cs", {0.1, 1}).Observe(0.5);
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("# TYPE miq_a_total counter\nmiq_a_total{kind=\"x\\\"y\\n\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("miq_b 1.5\n"));
  EXPECT_THAT(text, HasSubstr("miq_c_seconds_bucket{le=\"0.1\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("miq_c_seconds_bucket{le=\"1\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("process_resident_memory_bytes "));
}

TEST(MetricsTest, TheSameNumberAgain) {
  Metrics metrics;
  Counter& one = metrics.AddCounter("miq_a_total", "As", {{"kind", "x"}});
  EXPECT_EQ(&one, &metrics.AddCounter("miq_a_total", "As", {{"kind", "x"}}));
  EXPECT_NE(&one, &metrics.AddCounter("miq_a_total", "As", {{"kind", "y"}}));
}

TEST(MetricsTest, GaugesAreSetBeforeTheText) {
  Metrics metrics;
  Gauge& gauge = metrics.AddGauge("miq_depth", "Depth");
  metrics.OnCollect([&gauge] { gauge.Set(7); });
  EXPECT_THAT(metrics.Text(), HasSubstr("miq_depth 7\n"));
}

TEST(MetricsTest, ManyThreads) {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&metrics] {
      for (int i = 0; i < 1000; ++i) metrics.AddCounter("miq_a_total", "As").Increment();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(metrics.Text(), HasSubstr("miq_a_total 4000\n"));
}

}  // namespace
}  // namespace migrateiq::telemetry
