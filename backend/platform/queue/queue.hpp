#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace migrateiq::queue {

/// Says that there is work; the truth about it is in the store. At least once: a message may come twice, and whoever
/// gets it claims the work in the store first. Thread-safe.
class Queue {
 public:
  struct Message {
    std::string id, body;  ///< body: a task's id
    int deliveries = 1;
  };
  struct Numbers {
    std::string name;
    int64_t waiting = 0, delivered = 0, dead = 0;  ///< delivered: handed out, not yet acknowledged
  };
  virtual ~Queue() = default;
  /// kQueueFull (retryable) when more than the configured number wait.
  virtual Status Push(const std::string& queue, const std::string& body) = 0;
  /// Waits up to `wait`; nothing when there was none. Unacknowledged messages come again after `lease`, and after 5
  /// deliveries go to the dead letters.
  virtual Result<std::optional<Message>> Pop(const std::string& queue, const std::string& consumer,
                                             std::chrono::milliseconds wait) = 0;
  virtual Status Acknowledge(const std::string& queue, const std::string& id) = 0;
  virtual Status Extend(const std::string& queue, const std::string& consumer, const std::string& id) = 0;
  virtual Result<std::vector<Numbers>> Inspect() = 0;
  virtual Result<std::vector<Message>> DeadLetters(const std::string& queue, size_t limit) = 0;
  virtual Status Revive(const std::string& queue, const std::string& id) = 0;
  virtual Status Ping() = 0;
};

struct QueueOptions {
  std::string redis_url;  ///< empty: in this process
  size_t max_waiting = 100'000;
  std::chrono::milliseconds lease{30'000};
  std::string prefix = "miq";
};
Result<std::unique_ptr<Queue>> OpenQueue(const QueueOptions& options);

}  // namespace migrateiq::queue
