#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "modules/orchestrator/job_repository.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/run/progress.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::orchestrator {

/// Carries the engine's progress and events to the bus (at once) and to the store (once a second).
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
  void Publish(const std::string& type, const std::string& data, bool ephemeral);

  store::Store& store_;
  realtime::Bus& bus_;
  RunRepository& records_;
  const Task& task_;
  std::chrono::steady_clock::time_point written_{};
  std::string progress_;
  std::vector<RunEvent> events_;
};

}  // namespace migrateiq::orchestrator
