#pragma once

#include "platform/queue/queue.hpp"

namespace migrateiq::queue {

/// Inside this process; nothing survives it. The store knows what is to be done, and fills it again at start.
std::unique_ptr<Queue> MakeMemoryQueue(const QueueOptions& options);
/// Redis Streams with a consumer group.
Result<std::unique_ptr<Queue>> MakeRedisQueue(const QueueOptions& options);

/// A message goes to the dead letters after so many deliveries.
inline constexpr int kMaxDeliveries = 5;

}  // namespace migrateiq::queue
