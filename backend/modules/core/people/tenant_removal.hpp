#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "modules/core/people/tenants.hpp"

namespace migrateiq::core {

/// What would go with a tenant.
struct TenantHoldings {
  TenantRow tenant;
  std::map<std::string, int64_t> rows;  ///< by table of the store
};

/// The end of a tenant: everything of it goes, for good. For the instance's operators, of tenants that were suspended
/// before. What proves its audit log (how many entries it had, and the last one's hash) goes into the operators' own.
/// Thread-safe.
class TenantRemoval {
 public:
  /// Removes what stands outside the store; called before the store's rows go, and again when that is repeated.
  using Outside = std::function<Status(const std::string& tenant_id)>;

  TenantRemoval(store::Store& store, AccessCache& cache) : store_(store), cache_(cache) {}
  /// Before anything is at work.
  void Also(Outside outside) { outside_.push_back(std::move(outside)); }

  Result<TenantHoldings> Look(const Actor& acting, const std::string& tenant_id);
  /// `name`: the tenant's, typed once more. Errors: kApiField at /name, kApiState while the tenant is not suspended or
  /// when it is the operators' own.
  Status Remove(const Actor& acting, const std::string& tenant_id, const std::string& name, const VersionCheck& check);

 private:
  store::Store& store_;
  AccessCache& cache_;
  std::vector<Outside> outside_;
};

}  // namespace migrateiq::core
