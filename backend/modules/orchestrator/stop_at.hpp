#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace migrateiq::orchestrator {

/// Asks for a stop at a moment, unless it ends before.
class StopAt {
 public:
  explicit StopAt(std::chrono::steady_clock::time_point moment)
      : thread_([this, moment](const std::stop_token& over) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any never;
          never.wait_until(lock, over, moment, [] { return false; });
          if (!over.stop_requested()) stop_.request_stop();
        }) {}
  std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  std::jthread thread_;
};

}  // namespace migrateiq::orchestrator
