#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

#include "pipeline/plan/plan.hpp"

namespace migrateiq {

/// Keeps all workers together under the plan's rates. Thread-safe.
class RateLimiter {
 public:
  explicit RateLimiter(const Throttle& throttle) : throttle_(throttle) {}
  /// Waits until this much more may pass, or the stop token is triggered.
  void Pass(int64_t rows, int64_t bytes, const std::stop_token& stop);
  /// So many processes share the rates: each keeps to its part.
  void Share(int processes) { processes_ = processes; }
  /// While it is held, nothing passes.
  void Hold(bool held);

 private:
  using Clock = std::chrono::steady_clock;
  Clock::duration DelayFor(int64_t rows, int64_t bytes) const;
  void WaitWhileHeld(const std::stop_token& stop);

  Throttle throttle_;
  std::atomic<int> processes_ = 1;
  std::atomic<bool> held_ = false;
  std::mutex mutex_;
  std::condition_variable_any released_;
  Clock::time_point free_at_ = Clock::now();
};

}  // namespace migrateiq
