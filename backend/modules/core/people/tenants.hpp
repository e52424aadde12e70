#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/core/epoch.hpp"
#include "modules/core/people/roles.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// "users", "projects", "connections", "api_keys", "concurrent_runs", "storage_mb": how many a tenant may have.
using Quotas = std::map<std::string, int64_t>;

struct TenantRow {
  std::string tenant_id, name, slug;
  std::string plan;   ///< free, team, unlimited
  std::string state;  ///< active, suspended
  Quotas own_quotas;  ///< what differs from the plan
  int64_t version = 1;
  Micros created_at = 0;

  /// The plan's, with what differs.
  Quotas quotas() const;
};

struct TenantChange {
  std::optional<std::string> name, plan, state;
  std::optional<Quotas> own_quotas;
};

bool IsPlan(const std::string& plan);
bool IsQuota(const std::string& name);

/// In the caller's transaction, before one more is made of what the quota counts: fails with kApiQuota when the tenant
/// has `present` or more already than it may. Others who ask for the same quota wait until the transaction is over, so
/// count after this returns by passing a function.
Status RequireQuota(store::Session& session, const std::string& tenant_id, const std::string& quota,
                    const std::function<Result<int64_t>(store::Session&)>& count);

/// How much the tenant may have; the largest number where there is no limit. Errors: kApiNotFound.
Result<int64_t> QuotaOf(store::Session& session, const std::string& tenant_id, const std::string& quota);

/// Errors: kApiNotFound.
Result<TenantRow> RequireTenant(store::Session& session, const std::string& tenant_id);

/// Tenants. Those of others are for the instance's operators only: the owners of the first tenant. Thread-safe.
class Tenants {
 public:
  Tenants(store::Store& store, AccessCache& cache, const Clock& clock) : store_(store), cache_(cache), clock_(clock) {}

  /// Fails with kApiForbidden for everybody else.
  static Status RequireOperator(const Actor& actor);

  Result<TenantRow> Get(const std::string& tenant_id);
  Result<std::vector<TenantRow>> List(const Actor& acting, const PageRequest& page);
  /// Errors: kApiConflict when the slug is taken.
  Result<TenantRow> Create(const Actor& acting, const TenantRow& wanted);
  /// One's own tenant's name, or (operators) anything of any.
  Result<TenantRow> Change(const Actor& actor, const std::string& tenant_id, const TenantChange& change,
                           const VersionCheck& check);

 private:
  store::Store& store_;
  AccessCache& cache_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
