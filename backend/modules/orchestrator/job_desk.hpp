#pragma once

#include "modules/orchestrator/run_service.hpp"
#include "modules/projects/job_queue.hpp"

namespace migrateiq::orchestrator {

projects::JobView ViewOfJob(const RunJob& run);

/// JobQueue over the life of runs. Thread-safe.
class JobDesk : public projects::JobQueue {
 public:
  JobDesk(store::Store& store, RunService& runs) : store_(store), runs_(runs) {}
  Result<projects::JobView> Submit(const core::Actor& actor, const projects::JobRequest& request,
                                   const Alongside& alongside) override;
  Result<projects::JobView> Cancel(const core::Actor& actor, const std::string& job_id) override;
  Result<std::map<std::string, projects::JobView>> Find(const std::string& tenant_id,
                                                        const std::vector<std::string>& job_ids) override;

 private:
  store::Store& store_;
  RunService& runs_;
};

}  // namespace migrateiq::orchestrator
