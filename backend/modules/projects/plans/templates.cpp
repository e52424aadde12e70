#include "modules/projects/plans/templates.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/audit.hpp"
#include "modules/projects/plans/built_in_templates.hpp"
#include "modules/projects/plans/plan_text.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

constexpr int64_t kMostOwn = 200;
constexpr const char* kSelect =
    "SELECT template_id, name, description, body, version, created_at FROM plan_template WHERE tenant_id = $1 ";

TemplateRow Read(const store::Row& row) {
  return {row.Text(0), row.Text(1), row.Text(2), row.Text(3), false, row.Integer(4), row.Integer(5)};
}

TemplateRow RowOf(const BuiltInTemplate& one) {
  return {std::string(one.template_id), std::string(one.name), std::string(one.description), std::string(one.text),
          true};
}

std::optional<TemplateRow> FindBuiltIn(const std::string& template_id) {
  for (const BuiltInTemplate& one : BuiltInTemplates()) {
    if (one.template_id == template_id) return RowOf(one);
  }
  return std::nullopt;
}

Result<TemplateRow> RequireOwn(Session& session, const std::string& tenant_id, const std::string& template_id) {
  if (FindBuiltIn(template_id)) return Fail(codes::kApiState, "built-in templates stay as they are; make your own");
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "AND template_id = $2", tenant_id, template_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such template");
  return Read(rows[0]);
}

/// Holds for the names that will be put in, since those have nothing that YAML would mind.
Status CheckText(const std::string& text) {
  MIQ_ASSIGN(const std::string filled, FillTemplate(text, "a connection", "a connection"));
  MIQ_TRY(ReadServerPlan(filled));
  return {};
}

/// Errors: kApiConflict, kApiQuota.
Status CheckRoom(Session& session, const std::string& tenant_id, const TemplateRow& row) {
  MIQ_TRY(session.Serialise("templates:" + tenant_id));
  MIQ_ASSIGN(const store::Rows same,
             session.Query("SELECT 1 FROM plan_template WHERE tenant_id = $1 AND name = $2 AND template_id <> $3",
                           tenant_id, row.name, row.template_id));
  if (!same.empty())
    return Fail(Error(codes::kApiConflict, "there is a template named '" + row.name + "' already").At("/name"));
  MIQ_ASSIGN(const store::Rows count,
             session.Query("SELECT COUNT(*) FROM plan_template WHERE tenant_id = $1", tenant_id));
  if (count.at(0).Integer(0) < kMostOwn) return {};
  return Fail(codes::kApiQuota, "a tenant has at most " + std::to_string(kMostOwn) + " templates of its own");
}

Status Put(std::string& text, const std::string& token, const std::string& name, const char* pointer) {
  size_t at = text.find(token);
  if (at != std::string::npos && name.empty())
    return Fail(Error(codes::kApiField, "the template needs the name of a connection here").At(pointer));
  for (; at != std::string::npos; at = text.find(token, at + name.size())) text.replace(at, token.size(), name);
  return {};
}

}  // namespace

Result<std::string> FillTemplate(const std::string& text, const std::string& source, const std::string& target) {
  std::string filled = text;
  MIQ_TRY(Put(filled, "{{source}}", source, "/source_connection"));
  MIQ_TRY(Put(filled, "{{target}}", target, "/target_connection"));
  return filled;
}

Result<std::vector<TemplateRow>> Templates::List(const std::string& tenant_id) {
  using Rows = std::vector<TemplateRow>;
  return store_.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<Rows> {
    Rows all;
    for (const BuiltInTemplate& one : BuiltInTemplates()) all.push_back(RowOf(one));
    MIQ_ASSIGN(const store::Rows rows, session.Query(std::string(kSelect) + "ORDER BY name", tenant_id));
    for (const store::Row& row : rows) all.push_back(Read(row));
    return all;
  });
}

Result<TemplateRow> Templates::Get(const std::string& tenant_id, const std::string& template_id) {
  if (auto built_in = FindBuiltIn(template_id)) return std::move(*built_in);
  return store_.ReadFor<TemplateRow>(Scope::Tenant(tenant_id),
                                     [&](Session& session) { return RequireOwn(session, tenant_id, template_id); });
}

Result<TemplateRow> Templates::Create(const Actor& actor, const std::string& name, const std::string& description,
                                      const std::string& text) {
  MIQ_TRY(CheckText(text));
  const TemplateRow row{NewId(), name, description, text, false, 1, clock_.Now()};
  return store_.WriteFor<TemplateRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<TemplateRow> {
    MIQ_TRY(CheckRoom(session, actor.tenant_id, row));
    MIQ_TRY(
        session.Execute("INSERT INTO plan_template (template_id, tenant_id, name, description, body, version, "
                        "created_at, created_by) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)",
                        row.template_id, actor.tenant_id, name, description, text, row.created_at, actor.id));
    MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry("template.created", "template", row.template_id)));
    return row;
  });
}

Result<TemplateRow> Templates::Change(const Actor& actor, const std::string& template_id, const TemplateEdit& edit,
                                      const VersionCheck& check) {
  if (edit.text) MIQ_TRY(CheckText(*edit.text));
  return store_.WriteFor<TemplateRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<TemplateRow> {
    MIQ_TRY(session.Serialise("templates:" + actor.tenant_id));
    MIQ_ASSIGN(TemplateRow row, RequireOwn(session, actor.tenant_id, template_id));
    MIQ_TRY(check(row.version));
    if (edit.name) row.name = *edit.name;
    if (edit.description) row.description = *edit.description;
    if (edit.text) row.text = *edit.text;
    if (edit.name) MIQ_TRY(CheckRoom(session, actor.tenant_id, row));
    MIQ_TRY(
        session.Execute("UPDATE plan_template SET name = $3, description = $4, body = $5, version = version + 1 "
                        "WHERE tenant_id = $1 AND template_id = $2",
                        actor.tenant_id, template_id, row.name, row.description, row.text));
    MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry("template.changed", "template", template_id)));
    return RequireOwn(session, actor.tenant_id, template_id);
  });
}

Status Templates::Remove(const Actor& actor, const std::string& template_id, const VersionCheck& check) {
  return store_.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(session.Serialise("templates:" + actor.tenant_id));
    MIQ_ASSIGN(const TemplateRow row, RequireOwn(session, actor.tenant_id, template_id));
    MIQ_TRY(check(row.version));
    MIQ_TRY(session.Execute("DELETE FROM plan_template WHERE tenant_id = $1 AND template_id = $2", actor.tenant_id,
                            template_id));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("template.removed", "template", template_id));
  });
}

}  // namespace migrateiq::projects
