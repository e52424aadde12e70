#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/run/progress.hpp"

namespace migrateiq::cli {

/// Keeps a run's events and, once a second, its progress in the state, for `status`; passes everything on to a display.
/// A state that cannot be written does not stop the run.
class RunRecorder : public RunObserver {
 public:
  RunRecorder(RunRepository& repository, std::string run_id, RunObserver& display)
      : repository_(repository), run_id_(std::move(run_id)), display_(display) {}
  ~RunRecorder() override { Flush(); }

  void OnProgress(const Progress& progress) override;
  void OnEvent(const std::string& level, const std::string& text) override;

 private:
  using Clock = std::chrono::steady_clock;
  bool IsDue();
  void Flush();

  RunRepository& repository_;
  const std::string run_id_;
  RunObserver& display_;
  std::vector<RunEvent> events_;
  Clock::time_point written_;
};

}  // namespace migrateiq::cli
