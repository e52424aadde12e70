#include "modules/projects/plans/plan_source.hpp"

#include "base/errors/api.hpp"
#include "modules/projects/plans/plan_store.hpp"
#include "modules/projects/project_store.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

/// What the store says of a plan, at one moment.
struct Stored {
  RunnablePlan runnable;
  ConnectionRow source, target;
};

Result<ConnectionRow> RequireEnd(Session& session, const std::string& tenant_id, const std::string& connection_id) {
  MIQ_ASSIGN(auto row, FindConnection(session, tenant_id, connection_id));
  if (!row) return Fail(codes::kApiNotFound, "a connection of the plan was removed");
  return std::move(*row);
}

/// What a request names.
Result<ConnectionRow> RequireNamed(Session& session, const std::string& tenant_id, const std::string& connection_id,
                                   const char* pointer) {
  MIQ_ASSIGN(auto row, FindConnection(session, tenant_id, connection_id));
  if (!row) return Fail(Error(codes::kApiField, "there is no such connection").At(pointer));
  return std::move(*row);
}

Status FindBoth(Session& session, const std::string& tenant_id, Stored& stored) {
  MIQ_ASSIGN(const PlanEnds ends, FindEnds(session, tenant_id, stored.runnable.plan));
  MIQ_ASSIGN(stored.source, RequireEnd(session, tenant_id, ends.source_id));
  MIQ_ASSIGN(stored.target, RequireEnd(session, tenant_id, ends.target_id));
  return {};
}

Result<Stored> Load(Session& session, const std::string& tenant_id, const std::string& plan_id, int64_t number) {
  Stored stored;
  MIQ_ASSIGN(const PlanRow row, RequirePlan(session, tenant_id, plan_id));
  MIQ_ASSIGN(const VersionRow version, RequireVersion(session, tenant_id, plan_id, number == 0 ? row.version : number));
  MIQ_ASSIGN(stored.runnable.plan, ReadServerPlan(version.text));
  MIQ_TRY(FindBoth(session, tenant_id, stored));
  if (stored.runnable.plan.name.empty()) stored.runnable.plan.name = row.name;
  stored.runnable.project_id = row.project_id;
  stored.runnable.plan_id = plan_id;
  stored.runnable.version = version.number;
  return stored;
}

}  // namespace

Result<RunnablePlan> StoredPlans::Resolve(const std::string& tenant_id, const std::string& plan_id, int64_t version) {
  MIQ_ASSIGN(Stored stored, store_.ReadFor<Stored>(Scope::Tenant(tenant_id), [&](Session& session) {
    return Load(session, tenant_id, plan_id, version);
  }));
  MIQ_TRY(Open(tenant_id, stored.source, stored.target, stored.runnable));
  return std::move(stored.runnable);
}

Status StoredPlans::Open(const std::string& tenant_id, const ConnectionRow& source, const ConnectionRow& target,
                         RunnablePlan& runnable) {
  MIQ_ASSIGN(runnable.plan.source.url, connections_.Open(tenant_id, source, ConnectionUse::kSource));
  MIQ_ASSIGN(runnable.plan.target.url, connections_.Open(tenant_id, target, ConnectionUse::kTarget));
  MIQ_TRY(mask_keys_.Fill(tenant_id, runnable.plan));
  runnable.plan.source.connection.clear();
  runnable.plan.target.connection.clear();
  runnable.source_connection_id = source.connection_id;
  runnable.target_connection_id = target.connection_id;
  runnable.source_connection = source.name;
  runnable.target_connection = target.name;
  runnable.target_is_production = target.production;
  return {};
}

Result<RunnablePlan> StoredPlans::ResolveText(const std::string& tenant_id, const std::string& project_id,
                                              const std::string& text) {
  Stored stored;
  MIQ_ASSIGN(stored.runnable.plan, ReadServerPlan(text));
  MIQ_TRY(store_.Read(Scope::Tenant(tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(RequireProject(session, tenant_id, project_id));
    return FindBoth(session, tenant_id, stored);
  }));
  stored.runnable.project_id = project_id;
  MIQ_TRY(Open(tenant_id, stored.source, stored.target, stored.runnable));
  return std::move(stored.runnable);
}

Result<RunnablePlan> StoredPlans::Connect(const std::string& tenant_id, const std::string& project_id,
                                          const std::string& source_connection_id,
                                          const std::string& target_connection_id) {
  Stored stored;
  MIQ_TRY(store_.Read(Scope::Tenant(tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(RequireProject(session, tenant_id, project_id));
    MIQ_ASSIGN(stored.source, RequireNamed(session, tenant_id, source_connection_id, "/source_connection_id"));
    MIQ_ASSIGN(stored.target, RequireNamed(session, tenant_id, target_connection_id, "/target_connection_id"));
    return {};
  }));
  stored.runnable.project_id = project_id;
  MIQ_TRY(Open(tenant_id, stored.source, stored.target, stored.runnable));
  return std::move(stored.runnable);
}

}  // namespace migrateiq::projects
