#pragma once

#include <string>

#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/plan/plan.hpp"

namespace migrateiq::cli {

/// The file that a run's plan came from, and what it said: the command's flags are not part of it.
struct PlanOrigin {
  std::string path;  ///< absolute; empty: the plan came from no file
  std::string text;  ///< canonical, without secrets, comments and layout
};

PlanOrigin OriginOf(const std::string& path, const Plan& plan);

Status RememberOrigin(RunRepository& repository, const std::string& run_id, const PlanOrigin& origin);

/// A plan file that says something else than when the run began is refused (kRunChanged, with the first difference).
/// One that is not there any more changes nothing: the run keeps its plan.
Status CheckOrigin(RunRepository& repository, const std::string& run_id);

}  // namespace migrateiq::cli
