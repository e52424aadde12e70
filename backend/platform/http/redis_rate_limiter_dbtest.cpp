#include "platform/http/redis_rate_limiter.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "base/random.hpp"

namespace migrateiq::http {
namespace {

class RedisRateLimiterTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* url = std::getenv("MIQ_TEST_REDIS");
    if (url == nullptr) GTEST_SKIP() << "MIQ_TEST_REDIS is not set";
    url_ = url;
  }
  std::string url_;
  const std::string prefix_ = "test-" + RandomToken(6);
};

TEST_F(RedisRateLimiterTest, TwoProcessesShareOneBucket) {
  const auto one = *MakeRedisRateLimiter(url_, prefix_), two = *MakeRedisRateLimiter(url_, prefix_);
  const RateLimiter::Limit limit{.per_second = 2, .burst = 6};
  int allowed = 0;
  for (int turn = 0; turn < 10; ++turn)
    allowed += static_cast<int>((turn % 2 == 0 ? one : two)->Take("k", limit).allowed);
  EXPECT_GE(allowed, 6);
  EXPECT_LE(allowed, 7);
  const auto refused = one->Take("k", limit);
  EXPECT_FALSE(refused.allowed);
  EXPECT_GT(refused.retry_after.count(), 0);
  EXPECT_LE(refused.retry_after.count(), 600);
  std::this_thread::sleep_for(refused.retry_after + std::chrono::milliseconds(20));
  EXPECT_TRUE(two->Take("k", limit).allowed);
  EXPECT_TRUE(two->Take("other", limit).allowed);
}

TEST_F(RedisRateLimiterTest, WithoutRedisSignInIsRefusedAndTheRestIsCountedHere) {
  const auto limiter = *MakeRedisRateLimiter("redis://127.0.0.1:1", prefix_);
  EXPECT_FALSE(limiter->Take("login", {.per_second = 0.2, .burst = 5}).allowed);
  const RateLimiter::Limit limit{.per_second = 2, .burst = 3};
  int allowed = 0;
  for (int turn = 0; turn < 5; ++turn) allowed += static_cast<int>(limiter->Take("k", limit).allowed);
  EXPECT_GE(allowed, 3);
}

}  // namespace
}  // namespace migrateiq::http
