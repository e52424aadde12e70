#pragma once

#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "platform/realtime/kinds.hpp"

/// What every kind of bus must do.
namespace migrateiq::realtime::cases {

/// Keeps what it hears.
class Ear {
 public:
  explicit Ear(Bus& bus) {
    bus.Listen([this](const Event& event) {
      const std::lock_guard lock(mutex_);
      if (!event.topic.empty()) heard_.push_back(event);
    });
  }
  std::vector<Event> Wait(size_t count) {
    for (int turn = 0; turn < 250; ++turn) {
      {
        const std::lock_guard lock(mutex_);
        if (heard_.size() >= count) return heard_;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  std::mutex mutex_;
  std::vector<Event> heard_;
};

inline void EventsAreNumberedPerTopicAndHeard(Bus& publisher, Bus& hearer) {
  Ear ear(hearer);
  for (int turn = 0; turn < 100 && ear.Wait(0).empty(); ++turn) {  // until the subscription stands
    ASSERT_TRUE(publisher.Publish({.topic = "warm-up", .type = "t", .data = "{}", .ephemeral = true}));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const size_t before = ear.Wait(1).size();
  for (const char* topic : {"run:1", "run:1", "run:2"})
    ASSERT_TRUE(publisher.Publish({.topic = topic, .type = "t", .data = R"({"a":"\u00e9"})"}));
  const auto heard = ear.Wait(before + 3);
  ASSERT_EQ(heard.size(), before + 3);
  EXPECT_EQ(heard[before].sequence, 1);
  EXPECT_EQ(heard[before + 1].sequence, 2);
  EXPECT_EQ(heard[before + 2].sequence, 1);
  EXPECT_EQ(heard[before + 2].topic, "run:2");
  EXPECT_EQ(heard[before].data, R"({"a":"\u00e9"})");
}

inline void HistoryIsGivenWhileItIsKept(Bus& bus) {
  for (int index = 1; index <= 3; ++index)
    ASSERT_TRUE(bus.Publish({.topic = "run:3", .type = "t", .data = std::to_string(index)}));
  ASSERT_TRUE(bus.Publish({.topic = "run:3", .type = "progress", .data = "{}", .ephemeral = true}));
  const auto since = bus.Since("run:3", 1);
  ASSERT_TRUE(since && *since);
  ASSERT_EQ((*since)->size(), 2U);
  EXPECT_EQ((**since)[0].data, "2");
  EXPECT_EQ((**since)[1].sequence, 3);
  EXPECT_TRUE(bus.Since("run:3", 3)->value().empty());
  EXPECT_FALSE(bus.Since("run:3", 4)->has_value()) << "a number from another life of the bus";
  EXPECT_TRUE(bus.Since("never", 0)->value().empty());
  for (size_t index = 0; index < kKeptPerTopic; ++index)
    ASSERT_TRUE(bus.Publish({.topic = "run:3", .type = "t", .data = "x"}));
  EXPECT_FALSE(bus.Since("run:3", 1)->has_value());
  EXPECT_EQ(bus.Since("run:3", 3)->value().size(), kKeptPerTopic);
}

}  // namespace migrateiq::realtime::cases
