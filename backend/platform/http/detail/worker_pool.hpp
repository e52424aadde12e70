#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace migrateiq::http::detail {

/// Threads that run handlers, so that blocking work never stands on an I/O thread. What is posted is run, also while
/// the pool is being destroyed. Thread-safe.
class WorkerPool {
 public:
  using Job = std::move_only_function<void()>;
  WorkerPool(int threads, size_t queue_limit);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Do as many jobs wait as may? Whoever begins new work asks first.
  bool Full() const;
  size_t waiting() const;
  void Post(Job job);

 private:
  void Run();

  const size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace migrateiq::http::detail
