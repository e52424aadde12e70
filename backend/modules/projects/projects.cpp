#include "modules/projects/projects.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

std::unexpected<Error> NameTaken(const std::string& name) {
  return Fail(Error(codes::kApiConflict, "there is a project named '" + name + "' already").At("/name"));
}

}  // namespace

Result<ProjectRow> MakeProject(Session& session, const Actor& actor, const NewProject& wanted, Micros now) {
  ProjectRow row;
  row.project_id = NewId();
  row.tenant_id = actor.tenant_id;
  row.name = wanted.name;
  row.description = wanted.description;
  row.labels = wanted.labels;
  row.created_at = row.updated_at = now;
  row.created_by = actor.id;
  row.created_by_name = actor.name;
  MIQ_ASSIGN(const bool inserted, InsertProject(session, row));
  if (!inserted) return NameTaken(row.name);
  MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry("project.created", "project", row.project_id)));
  return row;
}

Result<std::vector<ProjectRow>> Projects::List(const std::string& tenant_id, const ProjectFilter& filter,
                                               const core::PageRequest& page) {
  return store_.ReadFor<std::vector<ProjectRow>>(
      Scope::Tenant(tenant_id), [&](Session& session) { return ListProjects(session, tenant_id, filter, page); });
}

Result<ProjectRow> Projects::Get(const std::string& tenant_id, const std::string& project_id) {
  return store_.ReadFor<ProjectRow>(Scope::Tenant(tenant_id),
                                    [&](Session& session) { return RequireProject(session, tenant_id, project_id); });
}

Result<ProjectRow> Projects::Store(Session& session, const Actor& actor, ProjectRow row, const std::string& action) {
  row.updated_at = clock_.Now();
  MIQ_ASSIGN(const bool updated, UpdateProject(session, row));
  if (!updated) return NameTaken(row.name);
  MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry(action, "project", row.project_id)));
  return RequireProject(session, actor.tenant_id, row.project_id);
}

Result<ProjectRow> Projects::Change(const Actor& actor, const std::string& project_id, const ProjectChange& change,
                                    const VersionCheck& check) {
  MIQ_ASSIGN(const ProjectRow changed,
             store_.WriteFor<ProjectRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<ProjectRow> {
               MIQ_ASSIGN(ProjectRow row, RequireEditable(session, actor.tenant_id, project_id));
               MIQ_TRY(check(row.version));
               if (change.name) row.name = *change.name;
               if (change.description) row.description = *change.description;
               if (change.labels) row.labels = *change.labels;
               return Store(session, actor, row, "project.changed");
             }));
  events_.Tell(project_id, "project.changed", actor, {{"version", changed.version}});
  return changed;
}

Result<ProjectRow> Projects::Move(const Actor& actor, const std::string& project_id, ProjectState to,
                                  const VersionCheck& check) {
  MIQ_ASSIGN(const ProjectRow changed,
             store_.WriteFor<ProjectRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<ProjectRow> {
               MIQ_ASSIGN(ProjectRow row, LockProject(session, actor.tenant_id, project_id));
               MIQ_TRY(check(row.version));
               MIQ_TRY(CheckTransition(row.state, to));
               row.state = to;
               return Store(session, actor, row, "project.moved");
             }));
  events_.Tell(project_id, "project.changed", actor, {{"version", changed.version}, {"state", WordOf(to)}});
  return changed;
}

Status Projects::Remove(const Actor& actor, const std::string& project_id, const VersionCheck& check) {
  MIQ_TRY(store_.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(const ProjectRow row, LockProject(session, actor.tenant_id, project_id));
    MIQ_TRY(check(row.version));
    if (row.state != ProjectState::draft && row.state != ProjectState::archived)
      return Fail(codes::kApiState, "a project that is " + WordOf(row.state) + " is not removed; archive it first");
    MIQ_TRY(DeleteProject(session, actor.tenant_id, project_id));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("project.removed", "project", project_id));
  }));
  access_.Forget(actor.tenant_id);
  events_.Tell(project_id, "project.changed", actor, {{"removed", true}});
  return {};
}

}  // namespace migrateiq::projects
