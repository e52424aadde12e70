#include "modules/core/people/tenants.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/sign_in/system_tenant.hpp"

namespace migrateiq::core {

namespace json = boost::json;

namespace {

constexpr std::string_view kSelect =
    "SELECT tenant_id, name, slug, plan, state, quotas, version, created_at FROM tenant ";
constexpr int64_t kNoLimit = 1'000'000'000;

const std::map<std::string, Quotas>& Plans() {
  static const std::map<std::string, Quotas> kPlans{{"free",
                                                     {{"users", 3},
                                                      {"projects", 3},
                                                      {"connections", 6},
                                                      {"api_keys", 3},
                                                      {"concurrent_runs", 1},
                                                      {"storage_mb", 1024}}},
                                                    {"team",
                                                     {{"users", 50},
                                                      {"projects", 200},
                                                      {"connections", 200},
                                                      {"api_keys", 100},
                                                      {"concurrent_runs", 8},
                                                      {"storage_mb", 102'400}}},
                                                    {"unlimited",
                                                     {{"users", kNoLimit},
                                                      {"projects", kNoLimit},
                                                      {"connections", kNoLimit},
                                                      {"api_keys", kNoLimit},
                                                      {"concurrent_runs", kNoLimit},
                                                      {"storage_mb", kNoLimit}}}};
  return kPlans;
}

Quotas ParseQuotas(const std::string& text) {
  Quotas quotas;
  json::error_code fault;
  const json::value value = json::parse(text, fault);
  if (fault || !value.is_object()) return quotas;
  for (const auto& member : value.get_object()) {
    if (member.value().is_int64()) quotas[std::string(member.key())] = member.value().get_int64();
  }
  return quotas;
}

std::string QuotasText(const Quotas& quotas) {
  json::object object;
  for (const auto& [name, value] : quotas) object[name] = value;
  return JsonText(object);
}

TenantRow RowOf(const store::Row& row) {
  return {row.Text(0),    row.Text(1),   row.Text(2), row.Text(3), row.Text(4), ParseQuotas(row.Text(5)),
          row.Integer(6), row.Integer(7)};
}

Status CheckChange(const Actor& actor, const std::string& tenant_id, const TenantChange& change) {
  const bool own = actor.tenant_id == tenant_id;
  if (!own || change.plan || change.state || change.own_quotas) MIQ_TRY(Tenants::RequireOperator(actor));
  if (own && change.state == "suspended") return Fail(codes::kApiState, "nobody suspends their own tenant");
  return {};
}

}  // namespace

Result<TenantRow> RequireTenant(store::Session& session, const std::string& tenant_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query(std::string(kSelect) + "WHERE tenant_id = $1", tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such tenant");
  return RowOf(rows[0]);
}

bool IsPlan(const std::string& plan) { return Plans().contains(plan); }
bool IsQuota(const std::string& name) { return Plans().at("unlimited").contains(name); }

Quotas TenantRow::quotas() const {
  const auto found = Plans().find(plan);
  Quotas all = found == Plans().end() ? Quotas() : found->second;
  for (const auto& [name, value] : own_quotas) all[name] = value;
  return all;
}

Status RequireQuota(store::Session& session, const std::string& tenant_id, const std::string& quota,
                    const std::function<Result<int64_t>(store::Session&)>& count) {
  MIQ_TRY(session.Serialise("quota:" + tenant_id + ":" + quota));
  MIQ_ASSIGN(const TenantRow tenant, RequireTenant(session, tenant_id));
  const Quotas quotas = tenant.quotas();
  const auto limit = quotas.find(quota);
  if (limit == quotas.end() || limit->second >= kNoLimit) return {};
  MIQ_ASSIGN(const int64_t present, count(session));
  if (present < limit->second) return {};
  return Fail(codes::kApiQuota,
              "the plan '" + tenant.plan + "' allows " + std::to_string(limit->second) + " of " + quota);
}

Result<int64_t> QuotaOf(store::Session& session, const std::string& tenant_id, const std::string& quota) {
  MIQ_ASSIGN(const TenantRow tenant, RequireTenant(session, tenant_id));
  const Quotas quotas = tenant.quotas();
  const auto limit = quotas.find(quota);
  return limit == quotas.end() ? kNoLimit : limit->second;
}

Status Tenants::RequireOperator(const Actor& actor) {
  const bool owner = actor.MayGive({"tenant.write"}).has_value();
  if (owner && actor.tenant_id == kDefaultTenant) return {};
  return Fail(codes::kApiForbidden, "only owners of the first tenant manage tenants");
}

Result<TenantRow> Tenants::Get(const std::string& tenant_id) {
  return store_.ReadFor<TenantRow>(store::Scope::Tenant(tenant_id),
                                   [&](store::Session& session) { return RequireTenant(session, tenant_id); });
}

Result<std::vector<TenantRow>> Tenants::List(const Actor& acting, const PageRequest& page) {
  MIQ_TRY(RequireOperator(acting));
  MIQ_ASSIGN(const MomentCursor after, ReadMomentCursor(page.cursor));
  return store_.ReadFor<std::vector<TenantRow>>(
      store::Scope::System(), [&](store::Session& session) -> Result<std::vector<TenantRow>> {
        MIQ_ASSIGN(const store::Rows rows,
                   session.Query(std::string(kSelect) + "WHERE created_at > $1 OR (created_at = $1 AND tenant_id > $2) "
                                                        "ORDER BY created_at, tenant_id LIMIT $3",
                                 after.moment, after.id, page.limit + 1));
        std::vector<TenantRow> tenants;
        for (const store::Row& row : rows) tenants.push_back(RowOf(row));
        return tenants;
      });
}

Result<TenantRow> Tenants::Create(const Actor& acting, const TenantRow& wanted) {
  MIQ_TRY(RequireOperator(acting));
  return store_.WriteFor<TenantRow>(store::Scope::System(), [&](store::Session& session) -> Result<TenantRow> {
    const std::string tenant_id = NewId();
    MIQ_ASSIGN(
        const int64_t inserted,
        session.Execute("INSERT INTO tenant (tenant_id, name, slug, plan, state, quotas, version, created_at) "
                        "VALUES ($1, $2, $3, $4, 'active', $5, 1, $6) ON CONFLICT (slug) DO NOTHING",
                        tenant_id, wanted.name, wanted.slug, wanted.plan, QuotasText(wanted.own_quotas), clock_.Now()));
    if (inserted == 0) return Fail(codes::kApiConflict, "there is a tenant '" + wanted.slug + "'");
    MIQ_TRY(AppendAudit(session, acting.tenant_id, acting.Entry("tenant.created", "tenant", tenant_id)));
    return RequireTenant(session, tenant_id);
  });
}

Result<TenantRow> Tenants::Change(const Actor& actor, const std::string& tenant_id, const TenantChange& change,
                                  const VersionCheck& check) {
  MIQ_TRY(CheckChange(actor, tenant_id, change));
  MIQ_ASSIGN(TenantRow changed,
             store_.WriteFor<TenantRow>(store::Scope::System(), [&](store::Session& session) -> Result<TenantRow> {
               MIQ_ASSIGN(const TenantRow row, RequireTenant(session, tenant_id));
               MIQ_TRY(check(row.version));
               MIQ_TRY(session.Execute(
                   "UPDATE tenant SET name = $1, plan = $2, state = $3, quotas = $4, version = version + 1 "
                   "WHERE tenant_id = $5",
                   change.name.value_or(row.name), change.plan.value_or(row.plan), change.state.value_or(row.state),
                   QuotasText(change.own_quotas.value_or(row.own_quotas)), tenant_id));
               MIQ_TRY(RaiseEpoch(session, tenant_id));
               MIQ_TRY(AppendAudit(session, tenant_id, actor.Entry("tenant.changed", "tenant", tenant_id)));
               return RequireTenant(session, tenant_id);
             }));
  cache_.Forget(tenant_id);
  return changed;
}

}  // namespace migrateiq::core
