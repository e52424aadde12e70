#pragma once

#include <map>
#include <string>

#include "base/error.hpp"
#include "pipeline/plan/plan.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::projects {

/// A stored plan made ready for the engine: the connections it names replaced by their URLs with secrets, each checked
/// against the addresses that connections may reach. For the orchestrator only; never rendered.
struct RunnablePlan {
  Plan plan;
  std::string project_id, plan_id;
  int64_t version = 0;
  std::string source_connection_id, target_connection_id;
  std::string source_connection, target_connection;  ///< their names
  bool target_is_production = false;
};

/// Implemented by the projects module. Thread-safe.
class PlanSource {
 public:
  virtual ~PlanSource() = default;
  /// `version` 0: the newest. Errors: kApiNotFound, kConnectionReach, kSecretOpen, plan errors.
  virtual Result<RunnablePlan> Resolve(const std::string& tenant_id, const std::string& plan_id, int64_t version) = 0;
  /// A text that is not stored, made ready for the engine as the plans of the project are. Errors: as above, and those
  /// of reading it, with places "plan:<line>:<column>".
  virtual Result<RunnablePlan> ResolveText(const std::string& tenant_id, const std::string& project_id,
                                           const std::string& text) = 0;
  /// A plan of nothing but its two ends, to be proposed. Errors: kApiNotFound for the project, kApiField for a
  /// connection that is not there, kConnectionReach, kSecretOpen.
  virtual Result<RunnablePlan> Connect(const std::string& tenant_id, const std::string& project_id,
                                       const std::string& source_connection_id,
                                       const std::string& target_connection_id) = 0;
};

}  // namespace migrateiq::projects
