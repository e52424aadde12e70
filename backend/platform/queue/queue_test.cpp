#include "platform/queue/kinds.hpp"
#include "platform/queue/queue_test_support.hpp"
#include "platform/queue/redis.hpp"

namespace migrateiq::queue {
namespace {

constexpr std::chrono::milliseconds kLease{100};

std::unique_ptr<Queue> Make() { return MakeMemoryQueue({.max_waiting = 10, .lease = kLease}); }

TEST(MemoryQueue, EachMessageIsHandedOutOnce) { cases::EachMessageIsHandedOutOnce(*Make()); }
TEST(MemoryQueue, WhatIsNotAcknowledgedComesAgain) { cases::WhatIsNotAcknowledgedComesAgain(*Make(), kLease); }
TEST(MemoryQueue, ExtendKeepsAMessage) { cases::ExtendKeepsAMessage(*Make(), kLease); }
TEST(MemoryQueue, PoisonGoesToTheDeadLettersAndCanBeRevived) {
  cases::PoisonGoesToTheDeadLettersAndCanBeRevived(*Make(), kLease);
}
TEST(MemoryQueue, PushIsRefusedWhenTooMuchWaits) { cases::PushIsRefusedWhenTooMuchWaits(*Make(), 10); }
TEST(MemoryQueue, PopWaitsForWork) { cases::PopWaitsForWork(*Make()); }

TEST(RedisUrl, NamesServersAndLogin) {
  const auto options = redis::ParseUrl("redis://me:p%40ss@a:7000,b,[::1]:7001/0");
  ASSERT_TRUE(options) << options.error().ToString();
  EXPECT_EQ(options->user, "me");
  EXPECT_EQ(options->password, "p@ss");
  EXPECT_EQ(options->nodes, (std::vector<redis::Address>{{"a", 7000}, {"b", 6379}, {"::1", 7001}}));
}

TEST(RedisUrl, OtherTextIsRefusedWithoutItsPassword) {
  for (const char* url :
       {"", "http://a", "redis://", "redis://:secret@", "redis://:secret@a:0", "redis://:secret@a:x", "redis://a,,b"}) {
    const auto options = redis::ParseUrl(url);
    ASSERT_FALSE(options) << url;
    EXPECT_EQ(options.error().ToString().find("secret"), std::string::npos);
  }
}

TEST(RedisSlots, FollowTheClusterSpecification) {
  EXPECT_EQ(redis::SlotOf("123456789"), 0x31C3);
  EXPECT_EQ(redis::SlotOf("{user1000}.following"), redis::SlotOf("{user1000}.followers"));
  EXPECT_EQ(redis::SlotOf("foo{}{bar}"), redis::SlotOf("foo{}{bar}"));
  EXPECT_NE(redis::SlotOf("foo{}{bar}"), redis::SlotOf("bar"));
  EXPECT_EQ(redis::SlotOf("foo{{bar}}zap"), redis::SlotOf("{bar"));
}

}  // namespace
}  // namespace migrateiq::queue
