#include "pipeline/run/bounded_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace migrateiq {
namespace {

TEST(BoundedQueue, HandsOverEverythingInOrder) {
  BoundedQueue<int> queue(2);
  std::jthread producer([&] {
    for (int i = 0; i < 10'000; ++i) queue.Push(i);
    queue.Finish();
  });
  int expected = 0;
  while (const auto item = queue.Pop()) EXPECT_EQ(expected++, *item);
  EXPECT_EQ(10'000, expected);
}

TEST(BoundedQueue, ProducerWaitsForRoom) {
  BoundedQueue<int> queue(3);
  std::atomic<int> pushed = 0;
  std::jthread producer([&] {
    while (queue.Push(1)) ++pushed;
  });
  while (pushed < 3) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(3, pushed);
  queue.Close();
}

TEST(BoundedQueue, CloseFreesBothSides) {
  BoundedQueue<int> queue(1);
  std::jthread consumer([&] { EXPECT_FALSE(queue.Pop().has_value()); });
  queue.Close();
  EXPECT_FALSE(queue.Push(1));
}

}  // namespace
}  // namespace migrateiq
