#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "platform/http/gateway.hpp"

namespace migrateiq::http {
namespace {

using std::chrono::milliseconds;

class RateLimiterTest : public testing::Test {
 protected:
  std::chrono::steady_clock::time_point now_{};
  std::unique_ptr<RateLimiter> limiter_ = MakeMemoryRateLimiter([this] { return now_; });
};

TEST_F(RateLimiterTest, BurstThenRate) {
  const RateLimiter::Limit limit{10, 3};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter_->Take("a", limit).allowed);
  const auto refused = limiter_->Take("a", limit);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_after, milliseconds(100));
  EXPECT_TRUE(limiter_->Take("b", limit).allowed);
  now_ += milliseconds(100);
  EXPECT_TRUE(limiter_->Take("a", limit).allowed);
  EXPECT_FALSE(limiter_->Take("a", limit).allowed);
  now_ += milliseconds(10'000);
  EXPECT_EQ(limiter_->Take("a", limit).remaining, 2);
}

TEST_F(RateLimiterTest, ZeroIsUnlimited) {
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limiter_->Take("a", {0, 0}).allowed);
}

TEST_F(RateLimiterTest, ManyKeysDoNotMixAndAreForgotten) {
  const RateLimiter::Limit limit{1000, 1};
  for (int i = 0; i < 100'000; ++i) {
    EXPECT_TRUE(limiter_->Take(std::to_string(i), limit).allowed);
    now_ += milliseconds(1);
  }
  EXPECT_TRUE(limiter_->Take("1", limit).allowed);
}

TEST(RateLimiterThreadsTest, TokensAreTakenOnce) {
  const auto limiter = MakeMemoryRateLimiter();
  std::atomic<int> allowed = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) {
        if (limiter->Take("a", {0.001, 100}).allowed) ++allowed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(allowed, 100);
}

}  // namespace
}  // namespace migrateiq::http
