#include "modules/orchestrator/worker.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <condition_variable>

#include "base/errors/run.hpp"
#include "base/json_text.hpp"

namespace migrateiq::orchestrator {

namespace {

Micros ToMicros(std::chrono::milliseconds time) { return std::chrono::microseconds(time).count(); }

void Log(const char* what, const Status& status) {
  if (!status) spdlog::warn("{}: {}", what, status.error().ToString());
}

/// Sleeps, but not past a stop.
void Rest(const std::stop_token& stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any never;
  never.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

Worker::Worker(Parts parts, Options options)
    : parts_(std::move(parts)), options_(std::move(options)), started_at_(parts_.clock.Now()) {}

Worker::~Worker() {
  leaving_ = true;
  for (auto& thread : threads_) thread.request_stop();
  GiveBackAll();
  threads_.clear();
  beat_ = {};
}

void Worker::Start() {
  Beat();
  beat_ = std::jthread([this](const std::stop_token& stop) { BeatLoop(stop); });
  for (int slot = 0; slot < options_.slots; ++slot)
    threads_.emplace_back([this](const std::stop_token& stop) { Loop(stop); });
}

void Worker::Drain(std::chrono::seconds deadline) {
  leaving_ = true;
  GiveBackAll();
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (at_work() > 0 && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

void Worker::GiveBackAll() {
  for (const auto& active : Active()) active->Stop(StopReason::kGiveBack);
}

size_t Worker::at_work() const {
  const std::lock_guard lock(mutex_);
  return active_.size();
}

std::vector<std::shared_ptr<ActiveTask>> Worker::Active() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<ActiveTask>> all;
  for (const auto& [id, active] : active_) all.push_back(active);
  return all;
}

/// The queue only wakes: what is to be done is claimed in the store, also when no message came.
void Worker::Loop(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (is_closed()) {
      Rest(stop, options_.idle_wait);
      continue;
    }
    const auto message = parts_.queue.Pop(kTaskQueue, options_.id, options_.idle_wait);
    if (!message) {
      Log("the queue does not answer", std::unexpected(message.error()));
      Rest(stop, options_.idle_wait);
    }
    const auto claimed =
        parts_.store.WriteFor<std::optional<Task>>(store::Scope::System(), [&](store::Session& session) {
          return tasks::Claim(session, options_.id, parts_.clock.Now(), ToMicros(options_.lease), options_.limits);
        });
    if (message && *message) Log("message not acknowledged", parts_.queue.Acknowledge(kTaskQueue, (*message)->id));
    if (!claimed) {
      Log("no task claimed", std::unexpected(claimed.error()));
      Rest(stop, options_.idle_wait);
      continue;
    }
    if (*claimed) Carry(std::make_shared<ActiveTask>(**claimed));
  }
}

void Worker::Carry(const std::shared_ptr<ActiveTask>& active) {
  active->confirmed_at = parts_.clock.Now();
  {
    const std::lock_guard lock(mutex_);
    active_[active->task.task_id] = active;
  }
  if (is_closed()) active->Stop(StopReason::kGiveBack);
  Status ended = parts_.runs.Begin(active->task);
  if (ended) {
    const RunService::Outcome outcome = parts_.carry_out(*active);
    // A task that was lost belongs to somebody else now: nothing is said about it.
    if (active->reason != StopReason::kLost) ended = parts_.runs.Complete(active->task, outcome);
  }
  Log("a task's end is not recorded; its lease will run out and it will be repeated", ended);
  const std::lock_guard lock(mutex_);
  active_.erase(active->task.task_id);
}

void Worker::BeatLoop(const std::stop_token& stop) {
  auto next = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    for (const auto& active : Active()) LookAtControl(*active);
    if (std::chrono::steady_clock::now() >= next) {
      for (const auto& active : Active()) KeepLease(*active);
      Beat();
      next = std::chrono::steady_clock::now() + options_.lease / 4;
    }
    Rest(stop, std::min(options_.lease / 4, std::chrono::milliseconds(500)));
  }
}

void Worker::Beat() {
  boost::json::array doing;
  for (const auto& active : Active()) doing.push_back(boost::json::string(active->task.task_id));
  bool draining = false;
  const Status beaten = parts_.store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(workers::Beat(session, {.worker_id = options_.id,
                                    .host = options_.host,
                                    .process = ::getpid(),
                                    .slots = options_.slots,
                                    .started_at = started_at_,
                                    .seen_at = parts_.clock.Now(),
                                    .doing = JsonText(doing)}));
    MIQ_ASSIGN(draining, workers::IsDraining(session, options_.id));
    return {};
  });
  Log("no sign of life given", beaten);
  if (!beaten) return;
  draining_ = draining;
  if (draining) GiveBackAll();
}

/// A lease that cannot be confirmed is given up before it ends: another worker may have the task by then.
void Worker::KeepLease(ActiveTask& active) {
  const Micros now = parts_.clock.Now();
  const Status kept = parts_.store.Write(store::Scope::System(), [&](store::Session& session) {
    return tasks::Extend(session, active.task, now + ToMicros(options_.lease));
  });
  if (kept) {
    active.confirmed_at = now;
    return;
  }
  Log("a lease was not extended", kept);
  if (kept.error().Is(codes::kRunHeld) || parts_.clock.Now() - active.confirmed_at > ToMicros(options_.lease) * 3 / 4)
    active.Stop(StopReason::kLost);
}

void Worker::LookAtControl(ActiveTask& active) {
  if (active.timeout_at > 0 && parts_.clock.Now() > active.timeout_at) active.Stop(StopReason::kTimeout);
  if (active.task.kind == kHelpTask) {
    const auto terms = parts_.runs.HelpTerms(active.task);
    if (terms && !*terms) active.Stop(StopReason::kGiveBack);
    return;
  }
  const auto run = parts_.runs.Find(active.task.tenant_id, active.task.run_id);
  if (!run) return;
  if (run->control == "pause") active.Stop(StopReason::kPause);
  if (run->control == "cancel") active.Stop(StopReason::kCancel);
  if (run->control == kHold) active.Stop(StopReason::kHold);
}

}  // namespace migrateiq::orchestrator
