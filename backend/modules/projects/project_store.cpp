#include "modules/projects/project_store.hpp"

#include "base/errors/api.hpp"
#include "modules/core/id_cursor.hpp"
#include "modules/core/people/grants.hpp"
#include "modules/core/people/tenants.hpp"
#include "modules/projects/json_list.hpp"

namespace migrateiq::projects {

namespace {

constexpr const char* kSelect =
    "SELECT project_id, tenant_id, name, description, state, labels, version, created_at, created_by, created_by_name, "
    "updated_at FROM project ";

ProjectRow Read(const store::Row& row) {
  ProjectRow found;
  found.project_id = row.Text(0);
  found.tenant_id = row.Text(1);
  found.name = row.Text(2);
  found.description = row.Text(3);
  found.state = ProjectStateOf(row.Text(4));
  found.labels = ParseJsonList(row.Text(5));
  found.version = row.Integer(6);
  found.created_at = row.Integer(7);
  found.created_by = row.Text(8);
  found.created_by_name = row.Text(9);
  found.updated_at = row.Integer(10);
  return found;
}

Result<bool> NameIsTaken(store::Session& session, const ProjectRow& row) {
  MIQ_TRY(session.Serialise("projects:" + row.tenant_id));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT 1 FROM project WHERE tenant_id = $1 AND name = $2 AND project_id <> $3",
                           row.tenant_id, row.name, row.project_id));
  return !rows.empty();
}

/// The conditions that the filter adds, and their parameters.
Result<std::string> Conditions(store::Session& session, const std::string& tenant_id, const ProjectFilter& filter,
                               std::vector<store::Value>& parameters) {
  std::string sql;
  const auto parameter = [&](const std::string& value) {
    parameters.push_back(store::ToValue(value));
    return "$" + std::to_string(parameters.size());
  };
  if (!filter.state.empty()) sql += " AND state = " + parameter(filter.state);
  if (!filter.search.empty()) sql += " AND LOWER(name) LIKE '%' || LOWER(" + parameter(filter.search) + ") || '%'";
  if (filter.only_for_user.empty()) return sql;
  MIQ_ASSIGN(const auto granted, core::GrantedProjects(session, tenant_id, filter.only_for_user, "projects.read"));
  sql += " AND project_id IN (''";
  for (const std::string& project_id : granted) sql += ", " + parameter(project_id);
  return sql + ")";
}

}  // namespace

Result<std::optional<ProjectRow>> FindProject(store::Session& session, const std::string& tenant_id,
                                              const std::string& project_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND project_id = $2", tenant_id, project_id));
  return rows.empty() ? std::nullopt : std::optional(Read(rows[0]));
}

Result<ProjectRow> RequireProject(store::Session& session, const std::string& tenant_id,
                                  const std::string& project_id) {
  MIQ_ASSIGN(auto row, FindProject(session, tenant_id, project_id));
  if (!row) return Fail(codes::kApiNotFound, "there is no such project");
  return std::move(*row);
}

Result<ProjectRow> LockProject(store::Session& session, const std::string& tenant_id, const std::string& project_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND project_id = $2" +
                                                       std::string(session.ForUpdate()),
                                                   tenant_id, project_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such project");
  return Read(rows[0]);
}

Result<ProjectRow> RequireEditable(store::Session& session, const std::string& tenant_id,
                                   const std::string& project_id) {
  MIQ_ASSIGN(ProjectRow row, LockProject(session, tenant_id, project_id));
  MIQ_TRY(CheckEditable(row.state));
  return row;
}

Result<std::vector<ProjectRow>> ListProjects(store::Session& session, const std::string& tenant_id,
                                             const ProjectFilter& filter, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string before, core::IdAfter(page.cursor, "~"));  // behind every id
  std::vector<store::Value> parameters = {store::ToValue(tenant_id), store::ToValue(before),
                                          store::ToValue(page.limit + 1)};
  MIQ_ASSIGN(const std::string conditions, Conditions(session, tenant_id, filter, parameters));
  MIQ_ASSIGN(const store::Rows rows,
             session.QueryValues(std::string(kSelect) + "WHERE tenant_id = $1 AND project_id < $2" + conditions +
                                     " ORDER BY project_id DESC LIMIT $3",
                                 parameters));
  std::vector<ProjectRow> found;
  for (const store::Row& row : rows) found.push_back(Read(row));
  return found;
}

Result<bool> InsertProject(store::Session& session, const ProjectRow& row) {
  MIQ_TRY(core::RequireQuota(session, row.tenant_id, "projects", [&](store::Session& counting) -> Result<int64_t> {
    MIQ_ASSIGN(
        const store::Rows rows,
        counting.Query("SELECT COUNT(*) FROM project WHERE tenant_id = $1 AND state <> 'archived'", row.tenant_id));
    return rows.at(0).Integer(0);
  }));
  MIQ_ASSIGN(const bool taken, NameIsTaken(session, row));
  if (taken) return false;
  MIQ_TRY(
      session.Execute("INSERT INTO project (project_id, tenant_id, name, description, state, labels, version, "
                      "created_at, created_by, created_by_name, updated_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $7)",
                      row.project_id, row.tenant_id, row.name, row.description, WordOf(row.state),
                      JsonListText(row.labels), row.created_at, row.created_by, row.created_by_name));
  return true;
}

Result<bool> UpdateProject(store::Session& session, const ProjectRow& row) {
  MIQ_ASSIGN(const bool taken, NameIsTaken(session, row));
  if (taken) return false;
  MIQ_TRY(
      session.Execute("UPDATE project SET name = $3, description = $4, state = $5, labels = $6, updated_at = $7, "
                      "version = version + 1 WHERE tenant_id = $1 AND project_id = $2",
                      row.tenant_id, row.project_id, row.name, row.description, WordOf(row.state),
                      JsonListText(row.labels), row.updated_at));
  return true;
}

Status DeleteProject(store::Session& session, const std::string& tenant_id, const std::string& project_id) {
  for (const char* sql :
       {"DELETE FROM project_grant WHERE tenant_id = $1 AND project_id = $2",
        "DELETE FROM project_comment WHERE tenant_id = $1 AND project_id = $2",
        "DELETE FROM plan_version WHERE tenant_id = $1 AND plan_id IN (SELECT plan_id FROM plan WHERE "
        "tenant_id = $1 AND project_id = $2)",
        "DELETE FROM plan WHERE tenant_id = $1 AND project_id = $2",
        "DELETE FROM project WHERE tenant_id = $1 AND project_id = $2"})
    MIQ_TRY(session.Execute(sql, tenant_id, project_id));
  return {};
}

}  // namespace migrateiq::projects
