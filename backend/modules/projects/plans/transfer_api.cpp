#include "base/errors/api.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

struct ExportedPlan {
  std::string name, text;
};
BOOST_DESCRIBE_STRUCT(ExportedPlan, (), (name, text))

struct ExportedConnection {
  std::string name, kind;
  bool production = false;
};
BOOST_DESCRIBE_STRUCT(ExportedConnection, (), (name, kind, production))

struct ExportedProject {
  int64_t version = 1;
  std::string name, description;
  std::vector<std::string> labels;
  std::vector<ExportedPlan> plans;
  std::vector<ExportedConnection> connections;
};
BOOST_DESCRIBE_STRUCT(ExportedProject, (), (version, name, description, labels, plans, connections))

struct ImportedPlan {
  Name name;
  Text<1, 1 << 20> text;
};
BOOST_DESCRIBE_STRUCT(ImportedPlan, (), (name, text))

struct ImportedConnection {
  Name name;
  std::optional<Text<0, 40>> kind;
  std::optional<bool> production;
};
BOOST_DESCRIBE_STRUCT(ImportedConnection, (), (name, kind, production))

/// What an export answered, or a name and a plan file's text; `connections` of the export are for people.
struct ImportedProject {
  Number<1, 1> version{1};
  Name name;
  std::optional<Text<0, 4000>> description;
  Labels labels;
  std::vector<ImportedPlan> plans;
  std::vector<ImportedConnection> connections;
};
BOOST_DESCRIBE_STRUCT(ImportedProject, (), (version, name, description, labels, plans, connections))

struct ImportProject {
  std::optional<Name> name;
  std::optional<ImportedProject> document;
  std::optional<Text<1, 1 << 20>> text;
  std::optional<Name> plan_name;
  std::map<std::string, std::string> connections;
};
BOOST_DESCRIBE_STRUCT(ImportProject, (), (name, document, text, plan_name, connections))

struct ImportedProjectView {
  std::string project_id, name;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ImportedProjectView, (), (project_id, name, version))

Result<ProjectDocument> DocumentOf(const ImportProject& body) {
  if (body.document.has_value() == body.text.has_value())
    return Fail(Error(codes::kApiField, "give document (an export) or text (a plan file)").At("/document"));
  ProjectDocument document;
  if (body.text) {
    if (!body.name) return Fail(Error(codes::kApiField, "the new project needs a name").At("/name"));
    document.plans.push_back({body.plan_name.value_or("main"), *body.text});
  } else {
    document.name = body.document->name;
    document.description = body.document->description.value_or("");
    document.labels = Plain(body.document->labels);
    for (const ImportedPlan& plan : body.document->plans) document.plans.push_back({plan.name, plan.text});
  }
  if (body.name) document.name = *body.name;
  MIQ_TRY(CheckName(document.name));
  MIQ_TRY(CheckLabels(document.labels));
  for (const PlanDocument& plan : document.plans) MIQ_TRY(CheckName(plan.name));
  return document;
}

Result<ProjectRow> Import(ProjectServices& services, Context& context, const ImportProject& body) {
  MIQ_ASSIGN(const ProjectDocument document, DocumentOf(body));
  return services.transfer.Import(ActorOf(context), document, body.connections);
}

ExportedProject ViewOf(const ProjectDocument& document) {
  ExportedProject view{.name = document.name, .description = document.description, .labels = document.labels};
  for (const PlanDocument& plan : document.plans) view.plans.push_back({plan.name, plan.text});
  for (const auto& one : document.connections) view.connections.push_back({one.name, one.kind, one.production});
  return view;
}

}  // namespace

void AddTransferRoutes(http::Router& router, ProjectServices& services) {
  http::Route import = TenantRoute(Method::kPost, "projects/import", "importProject", "projects.create",
                                   "Make a project of an export or a plan file; `connections` maps names to yours.");
  import.body_limit = 32 << 20;
  router.Add<ImportProject, Nothing, ImportedProjectView>(
      std::move(import),
      [&](Context& context, const ImportProject& body, const Nothing&) -> Result<ImportedProjectView> {
        MIQ_ASSIGN(const ProjectRow row, Placed(context, Import(services, context, body)));
        context.response.headers.Set("Location", "/api/v1/projects/" + row.project_id);
        return Versioned(context, ImportedProjectView{row.project_id, row.name, row.version});
      });
  router.Add<Nothing, Nothing, ExportedProject>(
      ProjectRoute(Method::kGet, "projects/{project_id}/export", "exportProject", "projects.read",
                   "The project with the texts of its plans and the names of their connections; no secrets."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<ExportedProject> {
        MIQ_ASSIGN(const ProjectDocument document,
                   services.transfer.Export(context.principal.tenant_id, context.Path("project_id")));
        return ViewOf(document);
      });
}

}  // namespace migrateiq::projects
