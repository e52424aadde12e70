#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "modules/orchestrator/run_service.hpp"

namespace migrateiq::orchestrator {

/// Why a task was asked to stop.
enum class StopReason { kNone, kPause, kCancel, kTimeout, kGiveBack, kHold, kLost };

/// A task at work: its claim, and what its carrier looks at.
struct ActiveTask {
  explicit ActiveTask(Task the_task) : task(std::move(the_task)) {}
  const Task task;
  std::stop_source stop;
  std::atomic<StopReason> reason = StopReason::kNone;
  std::atomic<Micros> timeout_at = 0;    ///< 0: none
  std::atomic<Micros> confirmed_at = 0;  ///< when the lease was last known to be ours
  void Stop(StopReason why) {
    auto none = StopReason::kNone;
    reason.compare_exchange_strong(none, why);
    stop.request_stop();
  }
};

/// Carries out tasks, some at a time, and keeps their leases. Several processes may run one over the same store.
class Worker {
 public:
  struct Options {
    std::string id;  ///< unique, e.g. host:process:random
    std::string host;
    int slots = 2;
    std::chrono::milliseconds lease{30'000}, idle_wait{1000};
    tasks::Limits limits{};
  };
  struct Parts {
    store::Store& store;
    queue::Queue& queue;
    RunService& runs;
    const Clock& clock;
    /// Does the work; returns how it went, also when it was asked to stop.
    std::function<RunService::Outcome(ActiveTask&)> carry_out;
  };
  Worker(Parts parts, Options options);
  ~Worker();
  void Start();
  /// Takes no new tasks and gives back those at work: each stops at the next border of a chunk, and another worker goes
  /// on with it. Waits for them up to the deadline.
  void Drain(std::chrono::seconds deadline);
  size_t at_work() const;
  const std::string& id() const { return options_.id; }

 private:
  void Loop(const std::stop_token& stop);
  void Carry(const std::shared_ptr<ActiveTask>& active);
  void BeatLoop(const std::stop_token& stop);
  void Beat();
  void KeepLease(ActiveTask& active);
  void LookAtControl(ActiveTask& active);
  void GiveBackAll();
  std::vector<std::shared_ptr<ActiveTask>> Active() const;

  const Parts parts_;
  const Options options_;
  const Micros started_at_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<ActiveTask>> active_;  ///< shared by the slot's thread and the beat's
  std::atomic<bool> leaving_ = false;                          ///< this process ends
  std::atomic<bool> draining_ = false;                         ///< somebody asked for it through the store
  bool is_closed() const { return leaving_ || draining_; }
  std::vector<std::jthread> threads_;
  std::jthread beat_;
};

}  // namespace migrateiq::orchestrator
