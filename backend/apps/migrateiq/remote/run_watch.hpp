#pragma once

#include <set>
#include <stop_token>

#include "apps/migrateiq/remote/api_client.hpp"
#include "apps/migrateiq/remote/remote_run.hpp"

namespace migrateiq::cli {

/// Follows one run of a server and tells an observer its progress and events. A server that is away for a while is
/// waited for. Errors of all: what the server tells; kRunInterrupted when `stop` is asked for: the run goes on.
class RunWatch {
 public:
  RunWatch(ApiClient& client, std::string run_id, RunObserver& observer, std::stop_token stop)
      : client_(client), run_id_(std::move(run_id)), observer_(observer), stop_(std::move(stop)) {}

  /// Leaves out the events until now, and remembers the tasks until now as known. Call before asking for something new.
  Status SkipPast();
  /// Until the run is no longer queued or running.
  Result<RemoteRun> UntilSettled();
  /// Until a new task of this kind is done. Errors: also the task's, kRunState when it was refused.
  Result<RemoteRun> UntilTaskDone(const std::string& kind);

 private:
  Result<RemoteRun> Load();
  Status TellEvents();
  void TellProgress(const RemoteRun& run);
  void TellWaiting(const RemoteRun& run);
  Result<bool> IsTaskDone(const std::string& kind, const RemoteRun& run);
  Status Pause();
  Status Tolerate(const Error& error);

  ApiClient& client_;
  const std::string run_id_;
  RunObserver& observer_;
  const std::stop_token stop_;
  std::string cursor_, progress_, waiting_;
  int64_t last_event_ = 0;
  std::set<std::string> known_tasks_;
  int polls_ = 0, failures_ = 0, polls_waiting_ = 0;
};

}  // namespace migrateiq::cli
