#pragma once

#include <string>
#include <vector>

#include "modules/projects/plans/plan_store.hpp"
#include "modules/workspace/plan_verdicts.hpp"
#include "modules/workspace/step.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::workspace {

/// Whose steps are looked at, and which the caller may see.
struct StepsWish {
  std::string tenant_id, project_id;
  std::string plan_id;  ///< the plan looked at; one that the project has not, or none: its first
  bool analysis = false, shared_analyses = false, mapping = false, validation = false, migration = false;
};

struct ProjectSteps {
  std::string plan_id;             ///< the plan that was looked at; empty when there is none
  std::vector<ProjectStep> steps;  ///< in the order of the work; without those that the caller may not see
};

/// How far a project is. Thread-safe.
class Steps {
 public:
  explicit Steps(store::Store& store) : store_(store) {}
  /// Errors: kApiNotFound.
  Result<ProjectSteps> Of(const StepsWish& wish);

 private:
  store::Store& store_;
  PlanVerdicts verdicts_;
};

}  // namespace migrateiq::workspace
