#include "modules/workspace/plan_verdicts.hpp"

#include "modules/projects/plans/plan_text.hpp"

namespace migrateiq::workspace {

namespace {

constexpr size_t kMost = 4096;

std::string KeyOf(const projects::PlanRow& plan) {
  return plan.tenant_id + "\n" + plan.plan_id + "\n" + std::to_string(plan.version);
}

Result<Plan> JustEnds(const std::string& text) {
  MIQ_ASSIGN(const Plan plan, projects::ReadServerPlan(text));
  Plan ends;
  ends.source = plan.source;
  ends.target = plan.target;
  return ends;
}

}  // namespace

Result<PlanVerdicts::Ends> PlanVerdicts::EndsOf(store::Session& session, const projects::PlanRow& plan) {
  const std::string key = KeyOf(plan);
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
  }
  MIQ_ASSIGN(const projects::VersionRow version,
             projects::RequireVersion(session, plan.tenant_id, plan.plan_id, plan.version));
  Ends ends = JustEnds(version.text);
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMost) known_.clear();
  known_.emplace(key, ends);
  return ends;
}

Status PlanVerdicts::Check(store::Session& session, const projects::PlanRow& plan) {
  MIQ_ASSIGN(const Ends ends, EndsOf(session, plan));
  if (!ends) return Fail(Error(ends.error()));
  MIQ_TRY(projects::FindEnds(session, plan.tenant_id, *ends));
  return {};
}

}  // namespace migrateiq::workspace
