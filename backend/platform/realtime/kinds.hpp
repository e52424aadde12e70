#pragma once

#include "platform/realtime/bus.hpp"

namespace migrateiq::realtime {

/// How many events of a topic are kept for clients that come back.
inline constexpr size_t kKeptPerTopic = 1000;

std::unique_ptr<Bus> MakeMemoryBus();
Result<std::unique_ptr<Bus>> MakeRedisBus(const std::string& redis_url, const std::string& prefix);

/// Are these all the events after `after`, when the newest has number `newest`? (Not when some were dropped, or when
/// the numbering began anew.)
bool IsComplete(const std::vector<Event>& events, int64_t after, int64_t newest);

}  // namespace migrateiq::realtime
