#include "pipeline/run/throttle.hpp"

#include <algorithm>

namespace migrateiq {

RateLimiter::Clock::duration RateLimiter::DelayFor(int64_t rows, int64_t bytes) const {
  double seconds = 0;
  if (throttle_.rows_per_second > 0)
    seconds = static_cast<double>(rows) / static_cast<double>(throttle_.rows_per_second);
  if (throttle_.bytes_per_second > 0) {
    seconds = std::max(seconds, static_cast<double>(bytes) / static_cast<double>(throttle_.bytes_per_second));
  }
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds * processes_));
}

void RateLimiter::Hold(bool held) {
  {
    const std::lock_guard lock(mutex_);
    held_ = held;
  }
  released_.notify_all();
}

void RateLimiter::WaitWhileHeld(const std::stop_token& stop) {
  if (!held_) return;
  std::unique_lock lock(mutex_);
  released_.wait(lock, stop, [this] { return !held_; });
}

void RateLimiter::Pass(int64_t rows, int64_t bytes, const std::stop_token& stop) {
  WaitWhileHeld(stop);
  const Clock::duration delay = DelayFor(rows, bytes);
  if (delay == Clock::duration::zero()) return;
  Clock::time_point until;
  {
    const std::lock_guard lock(mutex_);
    free_at_ = std::max(free_at_, Clock::now()) + delay;
    until = free_at_;
  }
  std::mutex sleeping;
  std::unique_lock lock(sleeping);
  std::condition_variable_any().wait_until(lock, stop, until, [] { return false; });
}

}  // namespace migrateiq
