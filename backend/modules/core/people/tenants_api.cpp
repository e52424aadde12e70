#include "base/errors/api.hpp"
#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

enum class TenantPlan { free, team, unlimited };
BOOST_DESCRIBE_ENUM(TenantPlan, free, team, unlimited)
enum class TenantState { active, suspended };
BOOST_DESCRIBE_ENUM(TenantState, active, suspended)

struct TenantView {
  std::string tenant_id, name, slug;
  TenantPlan plan = TenantPlan::free;
  TenantState state = TenantState::active;
  std::map<std::string, int64_t> quotas;
  Moment created_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TenantView, (), (tenant_id, name, slug, plan, state, quotas, created_at, version))

struct CreateTenant {
  Text<1, 200> name;
  Slug slug;
  TenantPlan plan = TenantPlan::free;
  Email owner_email;
};
BOOST_DESCRIBE_STRUCT(CreateTenant, (), (name, slug, plan, owner_email))

struct TenantCreated {
  TenantView tenant;
  std::string invitation_id;
  std::optional<ShownOnce> invitation_link;
};
BOOST_DESCRIBE_STRUCT(TenantCreated, (), (tenant, invitation_id, invitation_link))

struct ChangeOwnTenant {
  std::optional<Text<1, 200>> name;
};
BOOST_DESCRIBE_STRUCT(ChangeOwnTenant, (), (name))

struct ChangeTenant {
  std::optional<Text<1, 200>> name;
  std::optional<TenantPlan> plan;
  std::optional<TenantState> state;
  std::optional<std::map<std::string, Number<0, 1'000'000'000>>> quotas;
};
BOOST_DESCRIBE_STRUCT(ChangeTenant, (), (name, plan, state, quotas))

/// What goes with a tenant.
struct TenantRemovalView {
  std::string tenant_id, name;
  TenantState state = TenantState::active;  ///< only a suspended one can be removed
  std::map<std::string, int64_t> rows;      ///< of the store, by table
  int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(TenantRemovalView, (), (tenant_id, name, state, rows, total))

struct RemoveTenantQuery {
  Text<1, 200> name;  ///< the tenant's, typed once more
};
BOOST_DESCRIBE_STRUCT(RemoveTenantQuery, (), (name))

struct ListTenantsQuery {
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ListTenantsQuery, (), (limit, cursor))

std::string PlanText(TenantPlan plan) {
  switch (plan) {
    case TenantPlan::free: return "free";
    case TenantPlan::team: return "team";
    case TenantPlan::unlimited: return "unlimited";
  }
  return "";
}

TenantPlan PlanOf(const std::string& text) {
  if (text == "team") return TenantPlan::team;
  return text == "unlimited" ? TenantPlan::unlimited : TenantPlan::free;
}

TenantView ViewOf(const TenantRow& row) {
  return {row.tenant_id,
          row.name,
          row.slug,
          PlanOf(row.plan),
          row.state == "active" ? TenantState::active : TenantState::suspended,
          row.quotas(),
          {row.created_at},
          row.version};
}

std::string CursorOf(const TenantRow& row) { return EncodeCursor({std::to_string(row.created_at), row.tenant_id}); }

Result<TenantChange> ChangeOf(const ChangeTenant& body) {
  TenantChange change;
  if (body.name) change.name = *body.name;
  if (body.plan) change.plan = PlanText(*body.plan);
  if (body.state) change.state = *body.state == TenantState::active ? "active" : "suspended";
  if (!body.quotas) return change;
  change.own_quotas.emplace();
  for (const auto& [name, value] : *body.quotas) {
    if (!IsQuota(name)) return Fail(Error(codes::kApiField, "there is no quota '" + name + "'").At("/quotas/" + name));
    (*change.own_quotas)[name] = value;
  }
  return change;
}

void AddOwn(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, TenantView>(PermissionRoute(Method::kGet, "/api/v1/tenant", "getOwnTenant",
                                                           "tenant.read", "Your tenant, its plan and quotas."),
                                           [&](Context& context, const Nothing&, const Nothing&) -> Result<TenantView> {
                                             MIQ_ASSIGN(const TenantRow row,
                                                        services.tenants.Get(context.principal.tenant_id));
                                             return Versioned(context, ViewOf(row));
                                           });
  http::Route change =
      PermissionRoute(Method::kPatch, "/api/v1/tenant", "changeOwnTenant", "tenant.write", "Rename your tenant.");
  change.conditional = true;
  router.Add<ChangeOwnTenant, Nothing, TenantView>(
      std::move(change), [&](Context& context, const ChangeOwnTenant& body, const Nothing&) -> Result<TenantView> {
        TenantChange wanted;
        if (body.name) wanted.name = *body.name;
        MIQ_ASSIGN(const TenantRow row,
                   services.tenants.Change(ActorOf(context), context.principal.tenant_id, wanted,
                                           [&](int64_t version) { return context.RequireMatch(version); }));
        return Versioned(context, ViewOf(row));
      });
}

http::Route OperatorRoute(Method method, std::string path, std::string name, std::string summary) {
  http::Route route =
      PermissionRoute(method, "/api/v1/tenants" + path, std::move(name), "tenant.write", std::move(summary));
  route.operators = true;
  route.step_up = method != Method::kGet;
  route.idempotent_key = false;  // the answer may hold an invitation's link, which is kept nowhere
  return route;
}

void AddCreating(http::Router& router, CoreServices& services) {
  router.Add<CreateTenant, Nothing, TenantCreated>(
      OperatorRoute(Method::kPost, "", "createTenant", "Make a tenant and invite its owner (operators only)."),
      [&](Context& context, const CreateTenant& body, const Nothing&) -> Result<TenantCreated> {
        const Actor actor = ActorOf(context);
        MIQ_ASSIGN(const TenantRow row,
                   services.tenants.Create(actor, {"", body.name, body.slug, PlanText(body.plan), "active"}));
        MIQ_ASSIGN(const Invitations::Made made,
                   services.invitations.CreateFor(actor, row.tenant_id, body.owner_email));
        TenantCreated created{ViewOf(row), made.row.invitation_id, std::nullopt};
        if (!made.link.empty()) created.invitation_link = ShownOnce{made.link};
        return created;
      });
}

void AddOperating(http::Router& router, CoreServices& services) {
  router.Add<Nothing, ListTenantsQuery, Page<TenantView>>(
      OperatorRoute(Method::kGet, "", "listTenants", "All tenants (operators only)."),
      [&](Context& context, const Nothing&, const ListTenantsQuery& query) -> Result<Page<TenantView>> {
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto rows, services.tenants.List(ActorOf(context), page));
        return MakePage<TenantView, TenantRow>(rows, page.limit, ViewOf, CursorOf);
      });
  router.Add<Nothing, Nothing, TenantView>(
      OperatorRoute(Method::kGet, "/{tenant_id}", "getTenant", "One tenant (operators only)."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<TenantView> {
        MIQ_TRY(Tenants::RequireOperator(ActorOf(context)));
        MIQ_ASSIGN(const TenantRow row, services.tenants.Get(context.Path("tenant_id")));
        return Versioned(context, ViewOf(row));
      });
  http::Route change = OperatorRoute(Method::kPatch, "/{tenant_id}", "changeTenant",
                                     "Change a tenant's plan, quotas or state (operators only).");
  change.conditional = true;
  router.Add<ChangeTenant, Nothing, TenantView>(
      std::move(change), [&](Context& context, const ChangeTenant& body, const Nothing&) -> Result<TenantView> {
        MIQ_TRY(Tenants::RequireOperator(ActorOf(context)));
        MIQ_ASSIGN(const TenantChange wanted, ChangeOf(body));
        MIQ_ASSIGN(const TenantRow row,
                   services.tenants.Change(ActorOf(context), context.Path("tenant_id"), wanted,
                                           [&](int64_t version) { return context.RequireMatch(version); }));
        return Versioned(context, ViewOf(row));
      });
}

TenantRemovalView ViewOf(const TenantHoldings& holdings) {
  const TenantView tenant = ViewOf(holdings.tenant);
  TenantRemovalView view{tenant.tenant_id, tenant.name, tenant.state, holdings.rows, 0};
  for (const auto& [table, count] : holdings.rows) view.total += count;
  return view;
}

void AddRemoving(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, TenantRemovalView>(
      OperatorRoute(Method::kGet, "/{tenant_id}/removal", "getTenantRemoval",
                    "What would go with a tenant (operators only)."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<TenantRemovalView> {
        MIQ_ASSIGN(const TenantHoldings holdings,
                   services.tenant_removal.Look(ActorOf(context), context.Path("tenant_id")));
        context.SetVersion(holdings.tenant.version);
        return ViewOf(holdings);
      });
  http::Route remove =
      OperatorRoute(Method::kDelete, "/{tenant_id}", "removeTenant",
                    "Remove a suspended tenant with everything that is its own, for good (operators only).");
  remove.conditional = true;
  router.Add<Nothing, RemoveTenantQuery, Nothing>(
      std::move(remove), [&](Context& context, const Nothing&, const RemoveTenantQuery& query) -> Result<Nothing> {
        const Status removed =
            services.tenant_removal.Remove(ActorOf(context), context.Path("tenant_id"), query.name,
                                           [&](int64_t version) { return context.RequireMatch(version); });
        if (!removed && !removed.error().place.empty())
          context.faults.push_back({removed.error().place, removed.error().message});
        MIQ_TRY(removed);
        return Nothing{};
      });
}

}  // namespace

void AddTenantRoutes(http::Router& router, CoreServices& services) {
  AddOwn(router, services);
  AddCreating(router, services);
  AddOperating(router, services);
  AddRemoving(router, services);
}

}  // namespace migrateiq::core
