#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "modules/orchestrator/job_repository.hpp"
#include "modules/orchestrator/worker.hpp"
#include "modules/projects/job_queue.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::orchestrator {

/// A job at work: its progress and history go to the bus at once, and to the store once a second. Thread-safe.
class RunningJob : public projects::JobContext {
 public:
  RunningJob(store::Store& store, realtime::Bus& bus, ActiveTask& active, const RunJob& job,
             projects::JobKind::Topic topic = {})
      : store_(store), bus_(bus), active_(active), job_(job), topic_(std::move(topic)) {}
  ~RunningJob() override { Flush(); }
  const std::string& tenant_id() const override { return job_.tenant_id; }
  const std::string& project_id() const override { return job_.project_id; }
  const std::string& job_id() const override { return job_.run_id; }
  const std::string& input() const override { return job_.options; }
  core::Actor actor() const override;
  std::stop_token stop() const override { return active_.stop.get_token(); }
  void Progress(const projects::JobProgress& progress) override;
  void Say(const std::string& level, const std::string& text) override;
  Status Write(const std::function<Status(store::Session&)>& work) override;
  /// Writes what was not yet written.
  void Flush();

 private:
  bool IsDue();
  void Store();
  void Publish(const std::string& type, const std::string& data, bool ephemeral);
  void TellProject(const projects::JobProgress& progress);

  store::Store& store_;
  realtime::Bus& bus_;
  ActiveTask& active_;
  const RunJob& job_;
  const projects::JobKind::Topic topic_;
  std::mutex mutex_;  ///< guards what follows
  std::chrono::steady_clock::time_point stored_{};
  std::chrono::steady_clock::time_point told_{};
  std::string told_phase_, progress_;
  std::vector<RunEvent> events_;
};

}  // namespace migrateiq::orchestrator
