#pragma once

#include <string>

#include "modules/projects/connection_access.hpp"
#include "modules/projects/connections/connections.hpp"
#include "modules/projects/plans/mask_keys.hpp"

namespace migrateiq::projects {

/// PlanSource over the store: what the orchestrator asks. The addresses are checked at each call.
class StoredPlans : public PlanSource {
 public:
  StoredPlans(store::Store& store, Connections& connections, MaskKeys& mask_keys)
      : store_(store), connections_(connections), mask_keys_(mask_keys) {}
  Result<RunnablePlan> Resolve(const std::string& tenant_id, const std::string& plan_id, int64_t version) override;
  Result<RunnablePlan> ResolveText(const std::string& tenant_id, const std::string& project_id,
                                   const std::string& text) override;
  Result<RunnablePlan> Connect(const std::string& tenant_id, const std::string& project_id,
                               const std::string& source_connection_id,
                               const std::string& target_connection_id) override;

 private:
  Status Open(const std::string& tenant_id, const ConnectionRow& source, const ConnectionRow& target,
              RunnablePlan& runnable);
  store::Store& store_;
  Connections& connections_;
  MaskKeys& mask_keys_;
};

}  // namespace migrateiq::projects
