#include "apps/migrateiq/run_recorder.hpp"

#include <spdlog/spdlog.h>

#include "modules/orchestrator/progress_json.hpp"
#include "modules/orchestrator/run_id.hpp"

namespace migrateiq::cli {

namespace {

constexpr std::chrono::seconds kInterval{1};

void Log(const Status& status) {
  if (!status) spdlog::warn("{}", status.error().ToString());
}

}  // namespace

void RunRecorder::OnProgress(const Progress& progress) {
  display_.OnProgress(progress);
  if (!IsDue()) return;
  Log(repository_.PutFact(run_id_, "progress", ProgressJson(progress)));
  Flush();
}

void RunRecorder::OnEvent(const std::string& level, const std::string& text) {
  display_.OnEvent(level, text);
  events_.push_back({UtcNow(), level, text});
  if (IsDue()) Flush();
}

bool RunRecorder::IsDue() {
  const Clock::time_point now = Clock::now();
  if (now - written_ < kInterval) return false;
  written_ = now;
  return true;
}

void RunRecorder::Flush() {
  if (!events_.empty()) Log(repository_.AddEvents(run_id_, events_));
  events_.clear();
}

}  // namespace migrateiq::cli
