#include "modules/projects/api_support.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

using TemplateText = Text<1, 1 << 20>;

struct TemplateView {
  std::string template_id, name, description, text;
  bool built_in = false;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TemplateView, (), (template_id, name, description, text, built_in, version))

struct TemplateList {
  std::vector<TemplateView> items;
};
BOOST_DESCRIBE_STRUCT(TemplateList, (), (items))

struct CreateTemplate {
  Name name;
  std::optional<Text<0, 2000>> description;
  TemplateText text;
};
BOOST_DESCRIBE_STRUCT(CreateTemplate, (), (name, description, text))

struct ChangeTemplate {
  std::optional<Name> name;
  std::optional<Text<0, 2000>> description;
  std::optional<TemplateText> text;
};
BOOST_DESCRIBE_STRUCT(ChangeTemplate, (), (name, description, text))

TemplateView ViewOf(const TemplateRow& row) {
  return {row.template_id, row.name, row.description, row.text, row.built_in, row.version};
}

Result<TemplateRow> Create(ProjectServices& services, Context& context, const CreateTemplate& body) {
  MIQ_TRY(CheckName(body.name));
  return services.templates.Create(ActorOf(context), body.name, body.description.value_or(""), body.text);
}

Result<TemplateRow> Change(ProjectServices& services, Context& context, const ChangeTemplate& body) {
  TemplateEdit edit;
  if (body.name) MIQ_TRY(CheckName(*body.name));
  if (body.name) edit.name = *body.name;
  if (body.description) edit.description = *body.description;
  if (body.text) edit.text = *body.text;
  return services.templates.Change(ActorOf(context), context.Path("template_id"), edit, MatchOf(context));
}

void AddReading(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, Nothing, TemplateList>(
      http::Whole(TenantRoute(Method::kGet, "templates", "listTemplates", "projects.read",
                              "Beginnings for plans: built-in ones and the tenant's own.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<TemplateList> {
        MIQ_ASSIGN(const auto rows, services.templates.List(context.principal.tenant_id));
        TemplateList list;
        for (const TemplateRow& row : rows) list.items.push_back(ViewOf(row));
        return list;
      });
  router.Add<Nothing, Nothing, TemplateView>(
      TenantRoute(Method::kGet, "templates/{template_id}", "getTemplate", "projects.read", "One template."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<TemplateView> {
        MIQ_ASSIGN(const TemplateRow row,
                   services.templates.Get(context.principal.tenant_id, context.Path("template_id")));
        return Versioned(context, ViewOf(row));
      });
}

void AddChanging(http::Router& router, ProjectServices& services) {
  http::Route create = TenantRoute(Method::kPost, "templates", "createTemplate", "templates.write",
                                   "Make a template; {{source}} and {{target}} stand for connections.");
  create.body_limit = 6 << 20;
  router.Add<CreateTemplate, Nothing, TemplateView>(
      std::move(create), [&](Context& context, const CreateTemplate& body, const Nothing&) -> Result<TemplateView> {
        MIQ_ASSIGN(const TemplateRow row, Placed(context, Create(services, context, body)));
        context.response.headers.Set("Location", "/api/v1/templates/" + row.template_id);
        return Versioned(context, ViewOf(row));
      });
  http::Route change = Conditional(TenantRoute(Method::kPatch, "templates/{template_id}", "changeTemplate",
                                               "templates.write", "Change one of the tenant's own templates."));
  change.body_limit = 6 << 20;
  router.Add<ChangeTemplate, Nothing, TemplateView>(
      std::move(change), [&](Context& context, const ChangeTemplate& body, const Nothing&) -> Result<TemplateView> {
        MIQ_ASSIGN(const TemplateRow row, Placed(context, Change(services, context, body)));
        return Versioned(context, ViewOf(row));
      });
  router.Add<Nothing, Nothing, Nothing>(
      Conditional(TenantRoute(Method::kDelete, "templates/{template_id}", "removeTemplate", "templates.write",
                              "Remove one of the tenant's own templates.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.templates.Remove(ActorOf(context), context.Path("template_id"), MatchOf(context)));
        return Nothing{};
      });
}

}  // namespace

void AddTemplateRoutes(http::Router& router, ProjectServices& services) {
  AddReading(router, services);
  AddChanging(router, services);
}

}  // namespace migrateiq::projects
