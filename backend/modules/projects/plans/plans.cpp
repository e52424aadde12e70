#include "modules/projects/plans/plans.hpp"

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/projects/project_store.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

std::unexpected<Error> NameTaken(const std::string& name) {
  return Fail(Error(codes::kApiConflict, "the project has a plan named '" + name + "' already").At("/name"));
}

Status Audit(Session& session, const Actor& actor, const char* action, const PlanRow& plan) {
  core::AuditEntry entry = actor.Entry(action, "plan", plan.plan_id);
  entry.details = JsonText(boost::json::object{{"project_id", plan.project_id}, {"version", plan.version}});
  return core::AppendAudit(session, actor.tenant_id, entry);
}

}  // namespace

Result<PlanRow> MakePlan(Session& session, const Actor& actor, const std::string& project_id, const NewPlan& wanted,
                         Micros now) {
  MIQ_ASSIGN(const Plan parsed, ReadServerPlan(wanted.text));
  PlanRow plan{.plan_id = NewId(), .tenant_id = actor.tenant_id, .project_id = project_id, .name = wanted.name};
  MIQ_ASSIGN(plan.ends, LockEnds(session, actor.tenant_id, parsed));
  plan.created_at = plan.updated_at = now;
  MIQ_ASSIGN(const bool inserted, InsertPlan(session, plan));
  if (!inserted) return NameTaken(plan.name);
  MIQ_TRY(InsertVersion(session, actor.tenant_id,
                        {.plan_id = plan.plan_id,
                         .text = wanted.text,
                         .message = wanted.message,
                         .author_id = actor.id,
                         .author = actor.name,
                         .created_at = now}));
  MIQ_TRY(Audit(session, actor, "plan.created", plan));
  return plan;
}

void Plans::Announce(const Actor& actor, const PlanRow& plan, const char* change) const {
  events_.Tell(plan.project_id, "plan.changed", actor,
               {{"plan_id", plan.plan_id}, {"version", plan.version}, {"change", change}});
}

Result<std::vector<PlanRow>> Plans::List(const std::string& tenant_id, const std::string& project_id,
                                         const core::PageRequest& page) {
  using Rows = std::vector<PlanRow>;
  return store_.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<Rows> {
    MIQ_TRY(RequireProject(session, tenant_id, project_id));
    return ListPlans(session, tenant_id, project_id, page);
  });
}

Result<PlanRow> Plans::Get(const std::string& tenant_id, const std::string& plan_id) {
  return store_.ReadFor<PlanRow>(Scope::Tenant(tenant_id),
                                 [&](Session& session) { return RequirePlan(session, tenant_id, plan_id); });
}

Result<PlanDetail> Plans::Version(const std::string& tenant_id, const std::string& plan_id, int64_t number) {
  return store_.ReadFor<PlanDetail>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<PlanDetail> {
    MIQ_ASSIGN(PlanRow plan, RequirePlan(session, tenant_id, plan_id));
    // By the row's number: text and version of one moment, also when a new version comes between the two statements.
    MIQ_ASSIGN(VersionRow version, RequireVersion(session, tenant_id, plan_id, number == 0 ? plan.version : number));
    return PlanDetail{std::move(plan), std::move(version)};
  });
}

Result<std::vector<VersionRow>> Plans::Versions(const std::string& tenant_id, const std::string& plan_id,
                                                const core::PageRequest& page) {
  using Rows = std::vector<VersionRow>;
  return store_.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<Rows> {
    MIQ_TRY(RequirePlan(session, tenant_id, plan_id));
    return ListVersions(session, tenant_id, plan_id, page);
  });
}

Result<PlanDetail> Plans::Create(const Actor& actor, const std::string& project_id, const NewPlan& wanted) {
  MIQ_ASSIGN(PlanDetail made,
             store_.WriteFor<PlanDetail>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<PlanDetail> {
               MIQ_TRY(RequireEditable(session, actor.tenant_id, project_id));
               MIQ_ASSIGN(PlanRow plan, MakePlan(session, actor, project_id, wanted, clock_.Now()));
               MIQ_ASSIGN(VersionRow version, RequireVersion(session, actor.tenant_id, plan.plan_id, 1));
               return PlanDetail{std::move(plan), std::move(version)};
             }));
  Announce(actor, made.plan, "created");
  return made;
}

Status Plans::AddVersion(Session& session, const Actor& actor, PlanRow& plan, const PlanEdit& edit) {
  MIQ_ASSIGN(const VersionRow newest, RequireVersion(session, actor.tenant_id, plan.plan_id, plan.version));
  if (newest.text == *edit.text) return {};
  MIQ_ASSIGN(const Plan parsed, ReadServerPlan(*edit.text));
  MIQ_ASSIGN(plan.ends, LockEnds(session, actor.tenant_id, parsed));
  ++plan.version;
  return InsertVersion(session, actor.tenant_id,
                       {.plan_id = plan.plan_id,
                        .number = plan.version,
                        .text = *edit.text,
                        .message = edit.message,
                        .author_id = actor.id,
                        .author = actor.name,
                        .restored_from = edit.restored_from,
                        .created_at = plan.updated_at});
}

/// A new name alone is a version too: it has an author, and who had the old one in view is told.
Status Plans::AddRenamed(Session& session, const Actor& actor, PlanRow& plan, const std::string& old_name,
                         const PlanEdit& edit) {
  MIQ_ASSIGN(VersionRow version, RequireVersion(session, actor.tenant_id, plan.plan_id, plan.version));
  version.number = ++plan.version;
  version.message = edit.message.empty() ? "renamed; it was '" + old_name + "'" : edit.message;
  version.author_id = actor.id;
  version.author = actor.name;
  version.restored_from.reset();
  version.created_at = plan.updated_at;
  return InsertVersion(session, actor.tenant_id, version);
}

Result<PlanDetail> Plans::Apply(Session& session, const Actor& actor, PlanRow plan, const PlanEdit& edit) {
  plan.updated_at = clock_.Now();
  const int64_t before = plan.version;
  const std::string old_name = plan.name;
  if (edit.name) plan.name = *edit.name;
  if (edit.text) MIQ_TRY(AddVersion(session, actor, plan, edit));
  if (plan.name != old_name && plan.version == before) MIQ_TRY(AddRenamed(session, actor, plan, old_name, edit));
  MIQ_ASSIGN(const bool updated, UpdatePlan(session, plan));
  if (!updated) return NameTaken(plan.name);
  MIQ_TRY(Audit(session, actor, edit.restored_from ? "plan.restored" : "plan.changed", plan));
  MIQ_ASSIGN(VersionRow version, RequireVersion(session, actor.tenant_id, plan.plan_id, plan.version));
  return PlanDetail{std::move(plan), std::move(version)};
}

Result<PlanDetail> Plans::Change(const Actor& actor, const std::string& plan_id, const PlanEdit& edit,
                                 const VersionCheck& check) {
  MIQ_ASSIGN(PlanDetail changed,
             store_.WriteFor<PlanDetail>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<PlanDetail> {
               MIQ_ASSIGN(PlanRow plan, LockPlan(session, actor.tenant_id, plan_id));
               MIQ_TRY(check(plan.version));
               MIQ_TRY(RequireEditable(session, actor.tenant_id, plan.project_id));
               return Apply(session, actor, std::move(plan), edit);
             }));
  Announce(actor, changed.plan, "changed");
  return changed;
}

Result<PlanDetail> Plans::Restore(const Actor& actor, const std::string& plan_id, int64_t number,
                                  const std::string& message, const VersionCheck& check) {
  MIQ_ASSIGN(const PlanDetail old, Version(actor.tenant_id, plan_id, number));
  const std::string said = message.empty() ? "restored version " + std::to_string(number) : message;
  return Change(actor, plan_id, {.name = {}, .text = old.version.text, .message = said, .restored_from = number},
                check);
}

Status Plans::Remove(const Actor& actor, const std::string& plan_id, const VersionCheck& check) {
  PlanRow plan;
  MIQ_TRY(store_.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(plan, LockPlan(session, actor.tenant_id, plan_id));
    MIQ_TRY(check(plan.version));
    MIQ_TRY(RequireEditable(session, actor.tenant_id, plan.project_id));
    MIQ_TRY(DeletePlan(session, actor.tenant_id, plan_id));
    return Audit(session, actor, "plan.removed", plan);
  }));
  Announce(actor, plan, "removed");
  return {};
}

Result<Plan> Plans::Validate(const std::string& tenant_id, const std::string& text) {
  MIQ_ASSIGN(Plan plan, ReadServerPlan(text));
  MIQ_TRY(store_.Read(Scope::Tenant(tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(FindEnds(session, tenant_id, plan));
    return {};
  }));
  return plan;
}

}  // namespace migrateiq::projects
