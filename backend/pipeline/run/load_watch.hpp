#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "pipeline/run/active_run.hpp"
#include "pipeline/run/throttle.hpp"

namespace migrateiq {

/// Holds a run's workers while others keep its source busy (`throttle.pause_when_source_load_above`): asks the source
/// every second over a connection of its own, from a thread of its own. The workers go on where the source can no
/// longer be asked, with a warning: whether it is still there is theirs to find out.
class LoadWatch {
 public:
  struct Terms {
    double most = 0;  ///< statements of others; more than that pauses
    std::chrono::milliseconds every{1000};
  };
  using Ask = std::function<Result<int64_t>()>;
  using Tell = std::function<void(const std::string& level, const std::string& text)>;

  /// Null when the plan sets no limit. Fails where the source has no such figure, or the user may not see it.
  static Result<std::unique_ptr<LoadWatch>> For(ActiveRun& run, RateLimiter& limiter);

  /// Looks once before it returns. `ask` and `tell` are called from one thread at a time.
  static Result<std::unique_ptr<LoadWatch>> Start(const Terms& terms, Ask ask, Tell tell, RateLimiter& limiter);
  ~LoadWatch();

 private:
  LoadWatch(const Terms& terms, Ask ask, Tell tell, RateLimiter& limiter)
      : terms_(terms), ask_(std::move(ask)), tell_(std::move(tell)), limiter_(limiter) {}
  void Watch(const std::stop_token& stop);
  void Heed(int64_t others);
  void GoOn(const Error& why);

  const Terms terms_;
  Ask ask_;
  Tell tell_;
  RateLimiter& limiter_;
  bool paused_ = false;
  bool blind_ = false;  ///< the source could not be asked the last time
  std::jthread thread_;
};

}  // namespace migrateiq
