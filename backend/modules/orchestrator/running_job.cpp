#include "modules/orchestrator/running_job.hpp"

#include <spdlog/spdlog.h>

#include <boost/json.hpp>

#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "modules/orchestrator/run_id.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kInterval{1};
/// Of what the project's topic is told: a page shows several jobs at once.
constexpr std::chrono::milliseconds kTellEvery{300};
constexpr size_t kMostEvents = 10'000;

json::object JsonOf(const projects::JobProgress& progress) {
  json::object object{{"phase", progress.phase}, {"done", progress.done}, {"unit", progress.unit}};
  if (progress.total >= 0) object["total"] = progress.total;
  if (!progress.detail.empty()) object["detail"] = progress.detail;
  return object;
}

}  // namespace

core::Actor RunningJob::actor() const {
  core::Actor actor = core::Actor::System(job_.tenant_id);
  actor.id = job_.requested_by;
  actor.name = job_.requested_by_name;
  return actor;
}

void RunningJob::Progress(const projects::JobProgress& progress) {
  const std::lock_guard lock(mutex_);
  progress_ = JsonText(JsonOf(progress));
  Publish("run.progress", progress_, true);
  TellProject(progress);
  if (IsDue()) Store();
}

void RunningJob::TellProject(const projects::JobProgress& progress) {
  const auto now = std::chrono::steady_clock::now();
  if (topic_.event.empty() || (progress.phase == told_phase_ && now - told_ < kTellEvery)) return;
  told_ = now;
  told_phase_ = progress.phase;
  json::object data = JsonOf(progress);
  data[topic_.id_name] = job_.run_id;
  data["name"] = job_.name;
  const Status told =
      bus_.Publish({.topic = job_.project_id.empty() ? "tenant:" + job_.tenant_id : "project:" + job_.project_id,
                    .type = topic_.event + ".progress",
                    .data = JsonText(data),
                    .ephemeral = true});
  if (!told) spdlog::warn("progress of job {} not published: {}", job_.run_id, told.error().ToString());
}

void RunningJob::Say(const std::string& level, const std::string& text) {
  const std::lock_guard lock(mutex_);
  events_.push_back({UtcNow(), level, text, active_.task.task_id});
  Publish("run.event",
          JsonText(json::object{
              {"at", events_.back().at}, {"level", level}, {"text", text}, {"task_id", active_.task.task_id}}),
          false);
  if (IsDue()) Store();
}

Status RunningJob::Write(const std::function<Status(store::Session&)>& work) {
  return store_.Write(store::Scope::Tenant(job_.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(tasks::CheckClaim(session, active_.task));
    return work(session);
  });
}

bool RunningJob::IsDue() {
  const auto now = std::chrono::steady_clock::now();
  if (now - stored_ < kInterval) return false;
  stored_ = now;
  return true;
}

void RunningJob::Flush() {
  const std::lock_guard lock(mutex_);
  Store();
}

/// What cannot be written is kept for the next time, within reason.
void RunningJob::Store() {
  if (events_.empty() && progress_.empty()) return;
  const Status stored = Write([&](store::Session& session) -> Status {
    if (!events_.empty()) MIQ_TRY(jobs::AddEvents(session, active_.task, events_));
    return progress_.empty() ? Status() : jobs::PutProgress(session, active_.task, progress_);
  });
  if (!stored) spdlog::warn("job {}: {}", job_.run_id, stored.error().ToString());
  if (!stored && stored.error().Is(codes::kStateOpen) && events_.size() < kMostEvents) return;
  events_.clear();
  progress_.clear();
}

void RunningJob::Publish(const std::string& type, const std::string& data, bool ephemeral) {
  const Status published =
      bus_.Publish({.topic = "run:" + job_.run_id, .type = type, .data = data, .ephemeral = ephemeral});
  if (!published) spdlog::warn("event of job {} not published: {}", job_.run_id, published.error().ToString());
}

}  // namespace migrateiq::orchestrator
