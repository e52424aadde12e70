#pragma once

#include <map>
#include <mutex>
#include <string>

#include "modules/projects/plans/plan_store.hpp"
#include "pipeline/plan/plan.hpp"

namespace migrateiq::workspace {

/// Is a stored plan sound? The text of a version never changes and is read once; whether its connections are there is
/// asked each time. Thread-safe.
class PlanVerdicts {
 public:
  /// Of the newest version. Errors: those of ReadServerPlan and FindEnds, when it is not.
  Status Check(store::Session& session, const projects::PlanRow& plan);

 private:
  using Ends = Result<Plan>;  ///< nothing but the plan's ends, or what is wrong with the text
  Result<Ends> EndsOf(store::Session& session, const projects::PlanRow& plan);

  std::mutex mutex_;
  std::map<std::string, Ends> known_;  ///< by tenant, plan and version
};

}  // namespace migrateiq::workspace
