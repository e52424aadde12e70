#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/error.hpp"

namespace migrateiq {

/// Runs `work(slot, index)` for every index in [0, count) on at most `workers` threads; indexes are taken in order.
/// Each slot in [0, workers) is one thread. After the first error no new index is begun; that error is returned.
inline Status ParallelFor(int workers, size_t count, const std::function<Status(int slot, size_t index)>& work) {
  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  std::mutex mutex;
  Status result;
  const auto run = [&](int slot) {
    for (size_t index = next++; index < count && !failed; index = next++) {
      Status status = work(slot, index);
      if (status) continue;
      const std::lock_guard lock(mutex);
      if (!failed.exchange(true)) result = std::move(status);
    }
  };
  std::vector<std::jthread> threads;
  const auto wanted = static_cast<int>(std::min<size_t>(static_cast<size_t>(workers), count));
  for (int slot = 1; slot < wanted; ++slot) threads.emplace_back(run, slot);
  if (count > 0) run(0);
  threads.clear();
  return result;
}

}  // namespace migrateiq
