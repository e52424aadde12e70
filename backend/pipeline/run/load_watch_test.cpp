#include "pipeline/run/load_watch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <vector>

#include "base/errors/connect.hpp"

namespace migrateiq {
namespace {

/// A source whose load the test sets; negative: it cannot be asked.
struct Stage {
  std::atomic<int64_t> others = 0;
  std::atomic<int> asked = 0;
  RateLimiter limiter{Throttle{}};
  std::mutex mutex;
  std::vector<std::string> told;

  Result<std::unique_ptr<LoadWatch>> Watch(double most) {
    const auto ask = [this]() -> Result<int64_t> {
      ++asked;
      if (others < 0) return Fail(codes::kConnLost, "the server went away");
      return others.load();
    };
    const auto tell = [this](const std::string& level, const std::string& text) {
      const std::lock_guard lock(mutex);
      told.push_back(level + ": " + text);
    };
    return LoadWatch::Start({.most = most, .every = std::chrono::milliseconds(2)}, ask, tell, limiter);
  }

  /// Passed within the time? A stop token ends the waiting otherwise.
  bool Passes(std::chrono::milliseconds within) {
    std::atomic<bool> passed = false;
    std::stop_source stop;
    std::jthread worker([&] {
      limiter.Pass(1, 0, stop.get_token());
      passed = !stop.stop_requested();
    });
    const auto until = std::chrono::steady_clock::now() + within;
    while (!passed && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    stop.request_stop();
    worker.join();
    return passed;
  }

  void WaitForLooks(int more) {
    const int until = asked + more;
    while (asked < until) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
};

TEST(LoadWatch, WorkersWaitWhileTheSourceIsBusyAndGoOnAfterwards) {
  Stage stage;
  stage.others = 5;
  const auto watch = stage.Watch(4.5);
  ASSERT_TRUE(watch) << watch.error().ToString();
  EXPECT_FALSE(stage.Passes(std::chrono::milliseconds(50)));
  stage.others = 4;
  EXPECT_TRUE(stage.Passes(std::chrono::seconds(30)));
  const std::lock_guard lock(stage.mutex);
  ASSERT_EQ(2U, stage.told.size());
  EXPECT_NE(std::string::npos, stage.told[0].find("5 statements of others, more than the 4.5")) << stage.told[0];
  EXPECT_NE(std::string::npos, stage.told[1].find("goes on")) << stage.told[1];
}

TEST(LoadWatch, AnUndisturbedSourceIsNotSpokenOf) {
  Stage stage;
  stage.others = 3;
  const auto watch = stage.Watch(3);
  ASSERT_TRUE(watch);
  stage.WaitForLooks(3);
  EXPECT_TRUE(stage.Passes(std::chrono::seconds(30)));
  EXPECT_TRUE(stage.told.empty());
}

TEST(LoadWatch, ASourceThatCannotBeAskedAnyMoreHoldsNobody) {
  Stage stage;
  stage.others = 9;
  const auto watch = stage.Watch(1);
  ASSERT_TRUE(watch);
  stage.others = -1;
  EXPECT_TRUE(stage.Passes(std::chrono::seconds(30)));
  stage.WaitForLooks(3);
  {
    const std::lock_guard lock(stage.mutex);
    ASSERT_EQ(2U, stage.told.size()) << "the warning is given once";
    EXPECT_TRUE(stage.told[1].starts_with("warning: ")) << stage.told[1];
  }
  stage.others = 9;
  stage.WaitForLooks(2);
  EXPECT_FALSE(stage.Passes(std::chrono::milliseconds(50)));
}

TEST(LoadWatch, NobodyIsHeldAfterItsEnd) {
  Stage stage;
  stage.others = 9;
  { const auto watch = stage.Watch(1); }
  EXPECT_TRUE(stage.Passes(std::chrono::seconds(30)));
}

TEST(LoadWatch, ASourceThatNeverAnswersIsAnErrorAtTheStart) {
  Stage stage;
  stage.others = -1;
  const auto watch = stage.Watch(1);
  ASSERT_FALSE(watch);
  EXPECT_TRUE(watch.error().Is(codes::kConnLost));
}

}  // namespace
}  // namespace migrateiq
