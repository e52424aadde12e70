#include "platform/realtime/bus_test_support.hpp"

namespace migrateiq::realtime {
namespace {

TEST(MemoryBus, EventsAreNumberedPerTopicAndHeard) {
  const auto bus = MakeMemoryBus();
  cases::EventsAreNumberedPerTopicAndHeard(*bus, *bus);
}

TEST(MemoryBus, HistoryIsGivenWhileItIsKept) { cases::HistoryIsGivenWhileItIsKept(*MakeMemoryBus()); }

TEST(MemoryBus, ForgetsTheTopicThatWasSilentLongest) {
  const auto bus = MakeMemoryBus();
  const std::string data(300, 'x');
  const auto publish = [&](const std::string& topic, int times) {
    for (int index = 0; index < times; ++index) ASSERT_TRUE(bus->Publish({.topic = topic, .type = "t", .data = data}));
  };
  publish("old", 3);
  publish("kept", 1);
  for (int topic = 0; topic < 20; ++topic) {
    publish("kept", 1);
    publish("busy " + std::to_string(topic), 1000);
  }
  EXPECT_FALSE(bus->Since("old", 1)->has_value()) << "its reader must load anew";
  EXPECT_TRUE(bus->Since("kept", 1)->has_value());
  publish("old", 2);
  EXPECT_FALSE(bus->Since("old", 1)->has_value()) << "these two are not the two that were missed";
}

}  // namespace
}  // namespace migrateiq::realtime
