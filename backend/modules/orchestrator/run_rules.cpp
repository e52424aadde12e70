#include "modules/orchestrator/run_rules.hpp"

#include "base/json_text.hpp"
#include "modules/core/audit.hpp"
#include "modules/orchestrator/job_repository.hpp"

namespace migrateiq::orchestrator {

Status SaveRun(store::Session& session, RunJob& run) {
  MIQ_TRY(jobs::Update(session, run));
  ++run.version;
  return {};
}

Status AuditRun(store::Session& session, const core::Actor& actor, const RunJob& run, const std::string& action,
                const boost::json::object& details) {
  core::AuditEntry entry = actor.Entry("run." + action, "run", run.run_id);
  entry.details = JsonText(details);
  return core::AppendAudit(session, run.tenant_id, entry);
}

}  // namespace migrateiq::orchestrator
