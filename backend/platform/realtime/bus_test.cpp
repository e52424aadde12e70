#include "platform/realtime/bus_test_support.hpp"

namespace migrateiq::realtime {
namespace {

TEST(MemoryBus, EventsAreNumberedPerTopicAndHeard) {
  const auto bus = MakeMemoryBus();
  cases::EventsAreNumberedPerTopicAndHeard(*bus, *bus);
}

TEST(MemoryBus, HistoryIsGivenWhileItIsKept) { cases::HistoryIsGivenWhileItIsKept(*MakeMemoryBus()); }

}  // namespace
}  // namespace migrateiq::realtime
