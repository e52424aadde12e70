#include <cstdlib>

#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "platform/queue/kinds.hpp"
#include "platform/queue/queue_test_support.hpp"
#include "platform/queue/redis.hpp"

namespace migrateiq::queue {
namespace {

constexpr std::chrono::milliseconds kLease{150};

class RedisQueueTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* url = std::getenv("MIQ_TEST_REDIS");
    if (url == nullptr) GTEST_SKIP() << "MIQ_TEST_REDIS is not set";
    url_ = url;
  }
  std::unique_ptr<Queue> Make() const {
    return *MakeRedisQueue({.redis_url = url_, .max_waiting = 10, .lease = kLease, .prefix = "test-" + RandomToken(6)});
  }
  std::string url_;
};

TEST_F(RedisQueueTest, EachMessageIsHandedOutOnce) { cases::EachMessageIsHandedOutOnce(*Make()); }
TEST_F(RedisQueueTest, WhatIsNotAcknowledgedComesAgain) { cases::WhatIsNotAcknowledgedComesAgain(*Make(), kLease); }
TEST_F(RedisQueueTest, ExtendKeepsAMessage) { cases::ExtendKeepsAMessage(*Make(), kLease); }
TEST_F(RedisQueueTest, PoisonGoesToTheDeadLettersAndCanBeRevived) {
  cases::PoisonGoesToTheDeadLettersAndCanBeRevived(*Make(), kLease);
}
TEST_F(RedisQueueTest, PushIsRefusedWhenTooMuchWaits) { cases::PushIsRefusedWhenTooMuchWaits(*Make(), 10); }
TEST_F(RedisQueueTest, PopWaitsForWork) { cases::PopWaitsForWork(*Make()); }

TEST_F(RedisQueueTest, ManyConsumersShareTheWork) {
  const std::string prefix = "test-" + RandomToken(6);
  std::mutex mutex;
  std::multiset<std::string> got;
  const auto pusher = *MakeRedisQueue({.redis_url = url_, .prefix = prefix});
  for (int index = 0; index < 200; ++index) ASSERT_TRUE(pusher->Push("q", std::to_string(index)));
  std::vector<std::jthread> consumers;
  for (int consumer = 0; consumer < 4; ++consumer) {
    consumers.emplace_back([&, consumer] {
      const auto queue = *MakeRedisQueue({.redis_url = url_, .prefix = prefix});
      for (;;) {
        const auto message = queue->Pop("q", "consumer-" + std::to_string(consumer), std::chrono::milliseconds(100));
        if (!message || !*message) return;
        (void)queue->Acknowledge("q", (*message)->id);
        const std::lock_guard lock(mutex);
        got.insert((*message)->body);
      }
    });
  }
  consumers.clear();
  EXPECT_EQ(got.size(), 200U);
  EXPECT_EQ(std::set<std::string>(got.begin(), got.end()).size(), 200U);
  EXPECT_EQ(pusher->Inspect()->front().delivered, 0);
}

TEST_F(RedisQueueTest, ASubscriberHearsWhatIsPublished) {
  const auto options = *redis::ParseUrl(url_);
  std::mutex mutex;
  std::vector<std::string> heard;
  std::atomic<int> gaps = 0;
  const redis::Subscriber subscriber(
      options, "test-channel",
      [&](std::string text) {
        const std::lock_guard lock(mutex);
        heard.push_back(std::move(text));
      },
      [&] { ++gaps; });
  redis::Client client(options);
  for (int turn = 0; turn < 100 && gaps == 0; ++turn) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ASSERT_TRUE(client.Run("test-channel", {"PUBLISH", "test-channel", "hello"}));
  for (int turn = 0; turn < 100; ++turn) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const std::lock_guard lock(mutex);
    if (!heard.empty()) break;
  }
  const std::lock_guard lock(mutex);
  EXPECT_EQ(heard, std::vector<std::string>{"hello"});
}

TEST_F(RedisQueueTest, GoesOnAfterRedisForgotEverything) {
  const std::string prefix = "test-" + RandomToken(6);
  const auto queue = *MakeRedisQueue({.redis_url = url_, .prefix = prefix});
  redis::Client client(*redis::ParseUrl(url_));
  for (const char* body : {"1", "2"}) {
    ASSERT_TRUE(queue->Push("q", body));
    ASSERT_TRUE(client.Run(prefix + ":{q}", {"DEL", prefix + ":{q}"}));
    EXPECT_FALSE(queue->Inspect()) << "there is nothing to look at";
    EXPECT_TRUE(queue->Inspect());
    ASSERT_TRUE(queue->Push("q", body));
    EXPECT_EQ((*queue->Pop("q", "c", std::chrono::milliseconds(100)))->body, body);
  }
}

TEST_F(RedisQueueTest, AServerThatIsAwayIsAClearError) {
  const auto queue = *MakeRedisQueue({.redis_url = "redis://:secret@127.0.0.1:1"});
  const auto pushed = queue->Push("q", "x");
  ASSERT_FALSE(pushed);
  EXPECT_TRUE(pushed.error().Is(codes::kQueueDown));
  EXPECT_EQ(pushed.error().ToString().find("secret"), std::string::npos);
}

}  // namespace
}  // namespace migrateiq::queue
