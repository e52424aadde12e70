#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "modules/orchestrator/job_repository.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "modules/orchestrator/throughput.hpp"
#include "pipeline/run/progress.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::orchestrator {

/// Carries the engine's progress and events to the bus (at once) and to the store (once a second; how fast it goes is
/// kept for good). Thread-safe.
class ServerObserver : public RunObserver {
 public:
  ServerObserver(store::Store& store, realtime::Bus& bus, RunRepository& records, const Task& task)
      : store_(store), bus_(bus), records_(records), task_(task) {}
  ~ServerObserver() override { Flush(); }
  void OnProgress(const Progress& progress) override;
  void OnEvent(const std::string& level, const std::string& text) override;
  /// Writes what was not yet written.
  void Flush();

 private:
  bool IsDue();
  void FlushEvents();
  void Write(bool last);
  void Publish(const std::string& type, const std::string& data, bool ephemeral);

  store::Store& store_;
  realtime::Bus& bus_;
  RunRepository& records_;
  const Task& task_;
  std::mutex mutex_;  ///< guards what follows
  std::chrono::steady_clock::time_point written_{};
  std::string progress_;
  ThroughputPoint point_;
  std::vector<RunEvent> events_;
};

/// Of a worker that helps: the run's progress is told by its controller; events say who it was.
class HelpObserver : public ServerObserver {
 public:
  HelpObserver(store::Store& store, realtime::Bus& bus, RunRepository& records, const Task& task)
      : ServerObserver(store, bus, records, task), prefix_("worker " + task.owner + " ") {}
  void OnProgress(const Progress&) override {}
  void OnEvent(const std::string& level, const std::string& text) override {
    ServerObserver::OnEvent(level, prefix_ + text);
  }

 private:
  const std::string prefix_;
};

}  // namespace migrateiq::orchestrator
