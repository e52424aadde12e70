#include "apps/migrateiq/remote/run_watch.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

#include "apps/migrateiq/remote/json_members.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds kShortestPause{100}, kLongestPause{500};
constexpr int kMostFailures = 60;       ///< each of them took several tries and some seconds
constexpr int kPollsBeforeWorker = 12;  ///< about five seconds: a worker is usually there at once

std::string WordsFor(const RemoteRun& run) {
  static const std::map<std::string, std::string> kWords = {
      {"approval", "waits for the approval of a second person"},
      {"time", "waits for its time"},
      {"dependency", "waits for the runs that it depends on"},
      {"window", "waits for the maintenance window of its target"},
      {"retry", "failed, and is tried again"},
      {"worker", "waits for a worker"}};
  const auto found = kWords.find(run.waiting_for);
  const std::string words = found == kWords.end() ? "waits for: " + run.waiting_for : found->second;
  return run.waiting_for == "retry" && run.error ? words + ": " + run.error->message : words;
}

}  // namespace

Status RunWatch::SkipPast() {
  MIQ_ASSIGN(const std::vector<json::object> events, client_.List("runs/" + run_id_ + "/events"));
  for (const json::object& event : events) last_event_ = std::max(last_event_, NumberIn(event, "sequence"));
  MIQ_ASSIGN(const json::object tasks, client_.Get("runs/" + run_id_ + "/tasks"));
  for (const json::object& task : ObjectsIn(tasks, "items")) known_tasks_.insert(TextIn(task, "task_id"));
  return {};
}

Result<RemoteRun> RunWatch::UntilSettled() {
  while (true) {
    MIQ_ASSIGN(RemoteRun run, Load());
    if (!run.IsUnderWay()) return run;
    MIQ_TRY(Pause());
  }
}

Result<RemoteRun> RunWatch::UntilTaskDone(const std::string& kind) {
  while (true) {
    MIQ_ASSIGN(RemoteRun run, Load());
    MIQ_ASSIGN(const bool done, IsTaskDone(kind, run));
    if (done) return Load();
    MIQ_TRY(Pause());
  }
}

Result<bool> RunWatch::IsTaskDone(const std::string& kind, const RemoteRun& run) {
  MIQ_ASSIGN(const json::object tasks, client_.Get("runs/" + run_id_ + "/tasks"));
  bool found = false;
  for (const json::object& task : ObjectsIn(tasks, "items")) {
    const std::string state = TextIn(task, "state");
    if (TextIn(task, "kind") != kind || known_tasks_.contains(TextIn(task, "task_id"))) continue;
    found = true;
    if (state == "done") return true;
    const json::value* error = task.if_contains("error");
    const bool told = error != nullptr && error->is_object();
    if (state == "failed" && told) return Fail(ErrorFromJson(error->get_object()));
    if (state == "failed" || state == "cancelled")
      return Fail(codes::kRunState, "the " + kind + " of run " + run_id_ + " was " + state);
  }
  if (!found && run.pending != kind) return Fail(codes::kRunState, "the " + kind + " was not approved");
  return false;
}

/// The run, with everything new about it told.
Result<RemoteRun> RunWatch::Load() {
  while (true) {
    const Result<json::object> answer = client_.Get("runs/" + run_id_);
    const Status told = answer ? TellEvents() : Status();
    if (answer && told) {
      RemoteRun run = RemoteRunFrom(*answer);
      TellProgress(run);
      TellWaiting(run);
      failures_ = 0;
      return run;
    }
    MIQ_TRY(Tolerate(answer ? told.error() : answer.error()));
    MIQ_TRY(Pause());
  }
}

Status RunWatch::Tolerate(const Error& error) {
  if (!error.retryable || ++failures_ > kMostFailures) return Fail(error);
  if (failures_ == 1) observer_.OnEvent("warning", "the server does not answer; the run goes on, trying again");
  return {};
}

Status RunWatch::TellEvents() {
  while (true) {
    QueryMembers query{{"limit", "200"}};
    if (!cursor_.empty()) query.emplace_back("cursor", cursor_);
    MIQ_ASSIGN(const json::object page, client_.Get("runs/" + run_id_ + "/events", query));
    for (const json::object& event : ObjectsIn(page, "items")) {
      const int64_t sequence = NumberIn(event, "sequence");
      if (sequence > last_event_) observer_.OnEvent(TextIn(event, "level"), TextIn(event, "text"));
      last_event_ = std::max(last_event_, sequence);
    }
    const std::string next = TextIn(page, "next");
    if (next.empty()) return {};
    cursor_ = next;
  }
}

void RunWatch::TellProgress(const RemoteRun& run) {
  if (run.state != "running" || run.progress == progress_) return;
  progress_ = run.progress;
  if (const auto progress = ProgressFromJson(progress_, run_id_)) observer_.OnProgress(*progress);
}

void RunWatch::TellWaiting(const RemoteRun& run) {
  polls_waiting_ = run.waiting_for == "worker" ? polls_waiting_ + 1 : 0;
  if (run.waiting_for == "worker" && polls_waiting_ < kPollsBeforeWorker) return;
  if (run.waiting_for == waiting_) return;
  waiting_ = run.waiting_for;
  if (!waiting_.empty()) observer_.OnEvent("info", "the run " + WordsFor(run));
}

Status RunWatch::Pause() {
  const milliseconds pause = std::min(kShortestPause * (1 + polls_++), kLongestPause);
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any never;
  never.wait_for(lock, stop_, pause, [] { return false; });
  if (!stop_.stop_requested()) return {};
  return Fail(Error(codes::kRunInterrupted, "run " + run_id_ + " is no longer watched; it goes on at the server")
                  .Fix("`migrateiq resume " + run_id_ + "` watches it again; `pause` and `cancel` stop it."));
}

}  // namespace migrateiq::cli
