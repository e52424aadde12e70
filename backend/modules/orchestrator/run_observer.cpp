#include "modules/orchestrator/run_observer.hpp"

#include <spdlog/spdlog.h>

#include <boost/json.hpp>

#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "modules/orchestrator/progress_json.hpp"
#include "modules/orchestrator/run_id.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr std::chrono::seconds kInterval{1};
constexpr size_t kMostEvents = 10'000;

void Log(const Status& status) {
  if (!status) spdlog::warn("{}", status.error().ToString());
}

}  // namespace

void ServerObserver::OnProgress(const Progress& progress) {
  const std::lock_guard lock(mutex_);
  progress_ = ProgressJson(progress);
  point_ = {SystemClock().Now(), progress.rows_done, progress.bytes_done};
  Publish("run.progress", progress_, true);
  if (IsDue()) Write(false);
}

void ServerObserver::OnEvent(const std::string& level, const std::string& text) {
  const std::lock_guard lock(mutex_);
  events_.push_back({UtcNow(), level, text, task_.task_id});
  const RunEvent& event = events_.back();
  Publish("run.event",
          JsonText(boost::json::object{{"at", event.at}, {"level", level}, {"text", text}, {"task_id", event.task_id}}),
          false);
  if (IsDue()) Write(false);
}

bool ServerObserver::IsDue() {
  const auto now = std::chrono::steady_clock::now();
  if (now - written_ < kInterval) return false;
  written_ = now;
  return true;
}

void ServerObserver::Flush() {
  const std::lock_guard lock(mutex_);
  Write(true);
}

void ServerObserver::Write(bool last) {
  FlushEvents();
  if (progress_.empty()) return;
  Log(store_.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(jobs::PutProgress(session, task_, progress_));
    return throughput::Keep(session, task_, point_, last);
  }));
  progress_.clear();
}

/// Events that cannot be written are kept for the next time, within reason.
void ServerObserver::FlushEvents() {
  if (events_.empty()) return;
  const Status added = records_.AddEvents(task_.run_id, events_);
  Log(added);
  const bool again = !added && added.error().Is(codes::kStateOpen);  // nothing was sent
  if (!again || events_.size() > kMostEvents) events_.clear();
}

void ServerObserver::Publish(const std::string& type, const std::string& data, bool ephemeral) {
  Log(bus_.Publish({.topic = "run:" + task_.run_id, .type = type, .data = data, .ephemeral = ephemeral}));
}

}  // namespace migrateiq::orchestrator
