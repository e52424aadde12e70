#pragma once

#include <map>
#include <string>

#include "pipeline/plan/plan.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::projects {

/// Reads a plan of a server: both ends name stored connections; URLs, references and paths are refused.
/// Errors: those of ParsePlan (places are "plan:<line>:<column>"), kConnectionForm.
Result<Plan> ReadServerPlan(const std::string& text);

/// The ids of the connections that a plan names.
struct PlanEnds {
  std::string source_id, target_id;
};
/// Inside a transaction; the connections stay until it ends. Errors: kPlanValue at the place of the name.
Result<PlanEnds> LockEnds(store::Session& session, const std::string& tenant_id, const Plan& plan);
/// Without a lock.
Result<PlanEnds> FindEnds(store::Session& session, const std::string& tenant_id, const Plan& plan);

/// The plan with other connections: `names` maps the names in it to those of this server; an end that is a URL needs
/// "source" or "target" in it. Unchanged text stays as it was written. Errors: plan errors, kConnectionForm.
Result<std::string> Rewire(const std::string& text, const std::map<std::string, std::string>& names);

}  // namespace migrateiq::projects
