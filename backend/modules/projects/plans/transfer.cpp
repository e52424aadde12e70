#include "modules/projects/plans/transfer.hpp"

#include "base/errors/api.hpp"
#include "modules/projects/connections/connection_store.hpp"
#include "modules/projects/plans/plan_text.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

constexpr int64_t kMostPlans = 200;

/// The connections of a project's plans, each once.
Result<std::vector<ProjectDocument::Connection>> ConnectionsOf(Session& session, const std::string& tenant_id,
                                                               const std::vector<PlanRow>& plans) {
  std::map<std::string, ProjectDocument::Connection> found;
  for (const PlanRow& plan : plans) {
    for (const std::string& id : {plan.ends.source_id, plan.ends.target_id}) {
      if (found.contains(id)) continue;
      MIQ_ASSIGN(const auto row, FindConnection(session, tenant_id, id));
      if (row) found[id] = {row->name, row->kind, row->production};
    }
  }
  std::vector<ProjectDocument::Connection> connections;
  for (auto& [id, connection] : found) connections.push_back(std::move(connection));
  return connections;
}

}  // namespace

Result<ProjectRow> Transfer::Make(const Actor& actor, const NewProject& wanted, const std::vector<NewPlan>& plans) {
  MIQ_ASSIGN(const ProjectRow project, parts_.store.WriteFor<ProjectRow>(
                                           Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<ProjectRow> {
                                             const Micros now = parts_.clock.Now();
                                             MIQ_ASSIGN(ProjectRow row, MakeProject(session, actor, wanted, now));
                                             for (const NewPlan& plan : plans)
                                               MIQ_TRY(MakePlan(session, actor, row.project_id, plan, now));
                                             return row;
                                           }));
  parts_.events.Tell(project.project_id, "project.changed", actor, {{"version", project.version}});
  return project;
}

Result<ProjectRow> Transfer::Create(const Actor& actor, const NewProject& wanted, const Beginning& beginning) {
  if (beginning.template_id.empty()) return Make(actor, wanted, {});
  MIQ_ASSIGN(const TemplateRow chosen, parts_.templates.Get(actor.tenant_id, beginning.template_id));
  MIQ_ASSIGN(std::string text, FillTemplate(chosen.text, beginning.source, beginning.target));
  return Make(actor, wanted,
              {{.name = beginning.plan_name.empty() ? "main" : beginning.plan_name,
                .text = std::move(text),
                .message = "from the template '" + chosen.name + "'"}});
}

Result<ProjectRow> Transfer::Import(const Actor& actor, const ProjectDocument& document,
                                    const std::map<std::string, std::string>& connections) {
  std::vector<NewPlan> plans;
  for (const PlanDocument& plan : document.plans) {
    MIQ_ASSIGN(std::string text, Rewire(plan.text, connections));
    plans.push_back({.name = plan.name, .text = std::move(text), .message = "imported"});
  }
  return Make(actor, {.name = document.name, .description = document.description, .labels = document.labels}, plans);
}

Result<ProjectDocument> Transfer::Export(const std::string& tenant_id, const std::string& project_id) {
  return parts_.store.ReadFor<ProjectDocument>(
      Scope::Tenant(tenant_id), [&](Session& session) -> Result<ProjectDocument> {
        MIQ_ASSIGN(const ProjectRow project, RequireProject(session, tenant_id, project_id));
        MIQ_ASSIGN(const std::vector<PlanRow> plans,
                   ListPlans(session, tenant_id, project_id, {.limit = kMostPlans, .cursor = ""}));
        if (static_cast<int64_t>(plans.size()) > kMostPlans)
          return Fail(codes::kApiTooLarge, "a project with so many plans is exported plan by plan");
        ProjectDocument document{.name = project.name, .description = project.description, .labels = project.labels};
        for (const PlanRow& plan : plans) {
          MIQ_ASSIGN(VersionRow version, RequireVersion(session, tenant_id, plan.plan_id, plan.version));
          document.plans.push_back({plan.name, std::move(version.text)});
        }
        MIQ_ASSIGN(document.connections, ConnectionsOf(session, tenant_id, plans));
        return document;
      });
}

}  // namespace migrateiq::projects
