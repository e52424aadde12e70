#pragma once

#include <algorithm>

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/projects/job_queue.hpp"

namespace migrateiq::projects {

/// Jobs that are carried out when the test says so, without workers.
class FakeJobs : public JobQueue {
 public:
  explicit FakeJobs(store::Store& store) : store_(store) {}

  Result<JobView> Submit(const core::Actor& actor, const JobRequest& request, const Alongside& alongside) override {
    const std::string id = NewId();
    MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
      return alongside ? alongside(session, id) : Status();
    }));
    jobs[id] = {.job_id = id,
                .tenant_id = actor.tenant_id,
                .kind = request.kind,
                .project_id = request.project_id,
                .name = request.name,
                .state = "queued",
                .waiting_for = "worker",
                .requested_by = actor.id,
                .requested_by_name = actor.name};
    requests[id] = request;
    return jobs[id];
  }
  Result<JobView> Cancel(const core::Actor& actor, const std::string& job_id) override {
    const auto job = jobs.find(job_id);
    if (job == jobs.end() || job->second.tenant_id != actor.tenant_id) return Fail(codes::kApiNotFound, "no such job");
    if (job->second.is_over()) return Fail(codes::kApiState, "it is over");
    job->second.state = "cancelled";
    return job->second;
  }
  Result<std::map<std::string, JobView>> Find(const std::string& tenant_id,
                                              const std::vector<std::string>& job_ids) override {
    std::map<std::string, JobView> found;
    for (const std::string& id : job_ids) {
      const auto job = jobs.find(id);
      if (job != jobs.end() && job->second.tenant_id == tenant_id) found.insert(*job);
    }
    return found;
  }

  /// Does the work, here and now.
  Result<std::string> CarryOut(const JobKind& kind, const std::string& job_id);

  std::map<std::string, JobView> jobs;
  std::map<std::string, JobRequest> requests;
  std::stop_source stop;
  std::vector<std::string> said;           ///< by all jobs
  std::vector<JobProgress> progress_seen;  ///< of all jobs

 private:
  class Context : public JobContext {
   public:
    Context(FakeJobs& jobs, const std::string& id) : jobs_(jobs), job_(jobs.jobs.at(id)) {}
    const std::string& tenant_id() const override { return job_.tenant_id; }
    const std::string& project_id() const override { return job_.project_id; }
    const std::string& job_id() const override { return job_.job_id; }
    const std::string& input() const override { return jobs_.requests.at(job_.job_id).input; }
    core::Actor actor() const override {
      core::Actor actor = core::Actor::System(job_.tenant_id);
      actor.id = job_.requested_by;
      actor.name = job_.requested_by_name;
      return actor;
    }
    std::stop_token stop() const override { return jobs_.stop.get_token(); }
    void Progress(const JobProgress& progress) override { jobs_.progress_seen.push_back(progress); }
    void Say(const std::string& level, const std::string& text) override { jobs_.said.push_back(level + " " + text); }
    Status Write(const std::function<Status(store::Session&)>& work) override {
      return jobs_.store_.Write(store::Scope::Tenant(job_.tenant_id), work);
    }

   private:
    FakeJobs& jobs_;
    const JobView& job_;
  };

  store::Store& store_;
};

inline Result<std::string> FakeJobs::CarryOut(const JobKind& kind, const std::string& job_id) {
  JobView& job = jobs.at(job_id);
  job.state = "running";
  job.waiting_for.clear();
  if (kind.changed) kind.changed(job);
  Context context(*this, job_id);
  Result<std::string> answer = kind.carry_out(context);
  job.state = answer ? "succeeded" : "failed";
  if (answer) job.answer = *answer;
  if (kind.changed) kind.changed(job);
  return answer;
}

}  // namespace migrateiq::projects
