#include "modules/core/people/tenant_removal.hpp"

#include <boost/json/object.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/sign_in/system_tenant.hpp"
#include "platform/store/tenant_data.hpp"

namespace migrateiq::core {

namespace {

/// Its entries cannot be deleted as long as their tenant is there.
constexpr const char* kAuditTable = "audit_entry";

Status MayGo(const TenantRow& tenant, const std::string& name) {
  if (tenant.tenant_id == kDefaultTenant)
    return Fail(codes::kApiState, "the tenant of the instance's operators cannot be removed");
  if (tenant.state != "suspended")
    return Fail(Error(codes::kApiState, "the tenant is at work")
                    .Fix("Suspend it first (PATCH with state \"suspended\"); nobody can sign in then."));
  if (name == tenant.name) return {};
  return Fail(Error(codes::kApiField, "type the tenant's name: " + tenant.name).At("/name"));
}

/// What was removed, and with which head its audit log ended: an exported copy can be proved by it.
Result<std::string> LastWords(store::Session& session, const TenantHoldings& holdings) {
  boost::json::object rows;
  for (const auto& [table, count] : holdings.rows) rows[table] = count;
  boost::json::object details{{"name", holdings.tenant.name}, {"slug", holdings.tenant.slug}, {"rows", rows}};
  MIQ_ASSIGN(const store::Rows head,
             session.Query("SELECT sequence, hash FROM audit_head WHERE tenant_id = $1", holdings.tenant.tenant_id));
  if (!head.empty()) {
    details["audit_entries"] = head[0].Integer(0);
    details["audit_hash"] = head[0].Text(1);
  }
  return JsonText(details);
}

Result<TenantHoldings> HoldingsOf(store::Session& session, const std::string& tenant_id) {
  TenantHoldings holdings;
  MIQ_ASSIGN(holdings.tenant, RequireTenant(session, tenant_id));
  MIQ_ASSIGN(holdings.rows, store::CountTenantRows(session, tenant_id));
  return holdings;
}

}  // namespace

Result<TenantHoldings> TenantRemoval::Look(const Actor& acting, const std::string& tenant_id) {
  MIQ_TRY(Tenants::RequireOperator(acting));
  return store_.ReadFor<TenantHoldings>(store::Scope::System(),
                                        [&](store::Session& session) { return HoldingsOf(session, tenant_id); });
}

Status TenantRemoval::Remove(const Actor& acting, const std::string& tenant_id, const std::string& name,
                             const VersionCheck& check) {
  MIQ_ASSIGN(const TenantHoldings seen, Look(acting, tenant_id));
  MIQ_TRY(check(seen.tenant.version));
  MIQ_TRY(MayGo(seen.tenant, name));
  for (const Outside& outside : outside_) MIQ_TRY(outside(tenant_id));
  MIQ_TRY(store_.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const TenantHoldings holdings, HoldingsOf(session, tenant_id));
    MIQ_TRY(MayGo(holdings.tenant, name));
    AuditEntry entry = acting.Entry("tenant.removed", "tenant", tenant_id);
    MIQ_ASSIGN(entry.details, LastWords(session, holdings));
    MIQ_TRY(store::DeleteTenantRows(session, tenant_id, kAuditTable));
    return AppendAudit(session, acting.tenant_id, entry);
  }));
  cache_.Forget(tenant_id);
  return {};
}

}  // namespace migrateiq::core
