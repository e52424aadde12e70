#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace migrateiq::cli {

/// Turns SIGINT, SIGTERM and requests of other processes into a stop token, as long as it lives. Make it before any
/// other thread: the signals are blocked in the threads made after it. A second signal ends the process at once.
class RunControl {
 public:
  /// Says what another process asked for ("pause", "cancel"), or nothing; called four times a second.
  using Poll = std::function<std::string()>;

  explicit RunControl(Poll poll = nullptr);
  ~RunControl();
  RunControl(const RunControl&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  /// "signal", "pause", "cancel", or empty.
  std::string reason() const { return kReasons[reason_]; }

 private:
  static constexpr const char* kReasons[] = {"", "signal", "pause", "cancel"};
  void Watch(const std::stop_token& over);
  void Stop(int reason);

  sigset_t signals_{}, before_{};
  Poll poll_;
  std::stop_source stop_;
  std::atomic<int> reason_ = 0;
  std::jthread thread_;
};

}  // namespace migrateiq::cli
