#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "base/errors/server.hpp"
#include "platform/queue/queue.hpp"

/// What every kind of queue must do: queue_test.cpp runs it in memory, queue_dbtest.cpp over Redis.
namespace migrateiq::queue::cases {

using std::chrono::milliseconds;

inline std::string Body(const Result<std::optional<Queue::Message>>& message) {
  if (!message) return "error: " + message.error().ToString();
  return *message ? (*message)->body : "";
}

inline void EachMessageIsHandedOutOnce(Queue& queue) {
  for (const char* body : {"a", "b", "c"}) ASSERT_TRUE(queue.Push("q", body));
  std::multiset<std::string> got;
  for (int index = 0; index < 3; ++index) {
    const auto message = queue.Pop("q", "one", milliseconds(100));
    got.insert(Body(message));
    ASSERT_TRUE(message && *message);
    EXPECT_TRUE(queue.Acknowledge("q", (*message)->id));
  }
  EXPECT_EQ(got, (std::multiset<std::string>{"a", "b", "c"}));
  EXPECT_EQ(Body(queue.Pop("q", "one", milliseconds(10))), "");
}

inline void WhatIsNotAcknowledgedComesAgain(Queue& queue, milliseconds lease) {
  ASSERT_TRUE(queue.Push("q", "a"));
  const auto first = queue.Pop("q", "one", milliseconds(100));
  ASSERT_EQ(Body(first), "a");
  EXPECT_EQ(Body(queue.Pop("q", "two", milliseconds(10))), "");
  std::this_thread::sleep_for(lease + milliseconds(50));
  const auto second = queue.Pop("q", "two", milliseconds(100));
  ASSERT_EQ(Body(second), "a");
  EXPECT_EQ((*second)->deliveries, 2);
}

inline void ExtendKeepsAMessage(Queue& queue, milliseconds lease) {
  ASSERT_TRUE(queue.Push("q", "a"));
  const auto message = queue.Pop("q", "one", milliseconds(100));
  ASSERT_EQ(Body(message), "a");
  for (int index = 0; index < 3; ++index) {
    std::this_thread::sleep_for(lease / 2);
    ASSERT_TRUE(queue.Extend("q", "one", (*message)->id));
  }
  EXPECT_EQ(Body(queue.Pop("q", "two", milliseconds(10))), "");
}

inline void PoisonGoesToTheDeadLettersAndCanBeRevived(Queue& queue, milliseconds lease) {
  ASSERT_TRUE(queue.Push("q", "poison"));
  for (int delivery = 1; delivery <= 5; ++delivery) {
    const auto message = queue.Pop("q", "one", milliseconds(200));
    ASSERT_EQ(Body(message), "poison") << delivery;
    std::this_thread::sleep_for(lease + milliseconds(20));
  }
  EXPECT_EQ(Body(queue.Pop("q", "one", milliseconds(50))), "");
  const auto dead = queue.DeadLetters("q", 10);
  ASSERT_TRUE(dead && dead->size() == 1);
  EXPECT_EQ(dead->front().body, "poison");
  EXPECT_EQ(queue.Inspect()->front().dead, 1);
  ASSERT_TRUE(queue.Revive("q", dead->front().id));
  EXPECT_EQ(Body(queue.Pop("q", "one", milliseconds(200))), "poison");
  EXPECT_TRUE(queue.DeadLetters("q", 10)->empty());
}

inline void PushIsRefusedWhenTooMuchWaits(Queue& queue, size_t limit) {
  for (size_t index = 0; index < limit; ++index) ASSERT_TRUE(queue.Push("q", "x"));
  const auto refused = queue.Push("q", "x");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().Is(codes::kQueueFull));
  EXPECT_TRUE(refused.error().retryable);
}

inline void PopWaitsForWork(Queue& queue) {
  std::jthread pusher([&] {
    std::this_thread::sleep_for(milliseconds(100));
    (void)queue.Push("q", "late");
  });
  EXPECT_EQ(Body(queue.Pop("q", "one", milliseconds(5000))), "late");
}

}  // namespace migrateiq::queue::cases
