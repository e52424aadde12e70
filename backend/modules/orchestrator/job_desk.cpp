#include "modules/orchestrator/job_desk.hpp"

namespace migrateiq::orchestrator {

using projects::JobView;

JobView ViewOfJob(const RunJob& run) {
  return {.job_id = run.run_id,
          .tenant_id = run.tenant_id,
          .kind = run.kind,
          .project_id = run.project_id,
          .name = run.name,
          .state = std::string(Word(run.state)),
          .waiting_for = run.waiting_for,
          .asked_to = run.control,
          .error = run.error,
          .progress = run.progress,
          .answer = run.answer,
          .attempt = run.attempt,
          .requested_by = run.requested_by,
          .requested_by_name = run.requested_by_name,
          .created_at = run.created_at,
          .started_at = run.started_at,
          .finished_at = run.finished_at};
}

Result<JobView> JobDesk::Submit(const core::Actor& actor, const projects::JobRequest& request,
                                const Alongside& alongside) {
  MIQ_ASSIGN(const RunJob job, runs_.Submit(actor, request, alongside));
  return ViewOfJob(job);
}

Result<JobView> JobDesk::Cancel(const core::Actor& actor, const std::string& job_id) {
  MIQ_ASSIGN(const RunJob job, runs_.Act(actor, job_id, RunAction::kCancel));
  return ViewOfJob(job);
}

Result<std::map<std::string, JobView>> JobDesk::Find(const std::string& tenant_id,
                                                     const std::vector<std::string>& job_ids) {
  MIQ_ASSIGN(const std::vector<RunJob> found,
             store_.ReadFor<std::vector<RunJob>>(store::Scope::Tenant(tenant_id), [&](store::Session& session) {
               return jobs::FindAll(session, tenant_id, job_ids);
             }));
  std::map<std::string, JobView> views;
  for (const RunJob& job : found) views.emplace(job.run_id, ViewOfJob(job));
  return views;
}

}  // namespace migrateiq::orchestrator
