#include "modules/projects/connections/connection_store.hpp"

#include "modules/core/id_cursor.hpp"
#include "modules/core/people/tenants.hpp"
#include "modules/projects/json_list.hpp"

namespace migrateiq::projects {

namespace {

constexpr const char* kColumns =
    "connection_id, tenant_id, name, kind, description, shown_url, sealed_url, production, labels, tested_at, test_ok, "
    "test_message, version, created_at, created_by, updated_at";

ConnectionRow Read(const store::Row& row) {
  ConnectionRow found;
  found.connection_id = row.Text(0);
  found.tenant_id = row.Text(1);
  found.name = row.Text(2);
  found.kind = row.Text(3);
  found.description = row.Text(4);
  found.shown_url = row.Text(5);
  found.sealed_url = row.Binary(6);
  found.production = row.Boolean(7);
  found.labels = ParseJsonList(row.Text(8));
  found.tested_at = row.OptionalInteger(9);
  if (!row.IsNull(10)) found.test_ok = row.Boolean(10);
  found.test_message = row.Text(11);
  found.version = row.Integer(12);
  found.created_at = row.Integer(13);
  found.created_by = row.Text(14);
  found.updated_at = row.Integer(15);
  return found;
}

Result<std::optional<ConnectionRow>> FindBy(store::Session& session, const std::string& tenant_id, const char* column,
                                            const std::string& value) {
  MIQ_ASSIGN(const store::Rows rows, session.Query(std::string("SELECT ") + kColumns +
                                                       " FROM connection WHERE tenant_id = $1 AND " + column + " = $2",
                                                   tenant_id, value));
  return rows.empty() ? std::nullopt : std::optional(Read(rows[0]));
}

Result<bool> NameIsTaken(store::Session& session, const ConnectionRow& row) {
  MIQ_TRY(session.Serialise("connections:" + row.tenant_id));
  MIQ_ASSIGN(const auto other, FindConnectionByName(session, row.tenant_id, row.name));
  return other && other->connection_id != row.connection_id;
}

}  // namespace

Result<std::optional<ConnectionRow>> FindConnection(store::Session& session, const std::string& tenant_id,
                                                    const std::string& connection_id) {
  return FindBy(session, tenant_id, "connection_id", connection_id);
}

Result<std::optional<ConnectionRow>> FindConnectionByName(store::Session& session, const std::string& tenant_id,
                                                          const std::string& name) {
  return FindBy(session, tenant_id, "name", name);
}

Result<std::vector<ConnectionRow>> ListConnections(store::Session& session, const std::string& tenant_id,
                                                   const ConnectionFilter& filter, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  const int64_t production = filter.production ? static_cast<int64_t>(*filter.production) : -1;
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query(std::string("SELECT ") + kColumns +
                        " FROM connection WHERE tenant_id = $1 AND connection_id > $2 AND ($3 = '' OR kind = $3) "
                        "AND ($4 = -1 OR production = $4) AND ($5 = '' OR LOWER(name) LIKE '%' || LOWER($5) || '%')"
                        " ORDER BY connection_id LIMIT $6",
                    tenant_id, after, filter.kind, production, filter.search, page.limit + 1));
  std::vector<ConnectionRow> found;
  for (const store::Row& row : rows) found.push_back(Read(row));
  return found;
}

Result<bool> InsertConnection(store::Session& session, const ConnectionRow& row) {
  MIQ_TRY(core::RequireQuota(session, row.tenant_id, "connections", [&](store::Session& counting) -> Result<int64_t> {
    MIQ_ASSIGN(const store::Rows rows,
               counting.Query("SELECT COUNT(*) FROM connection WHERE tenant_id = $1", row.tenant_id));
    return rows.at(0).Integer(0);
  }));
  MIQ_ASSIGN(const bool taken, NameIsTaken(session, row));
  if (taken) return false;
  MIQ_TRY(session.Execute(
      "INSERT INTO connection (connection_id, tenant_id, name, kind, description, shown_url, "
      "sealed_url, production, labels, test_message, version, created_at, created_by, updated_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 1, $10, $11, $10)",
      row.connection_id, row.tenant_id, row.name, row.kind, row.description, row.shown_url,
      store::Bytes{row.sealed_url}, row.production, JsonListText(row.labels), row.created_at, row.created_by));
  return true;
}

Result<bool> UpdateConnection(store::Session& session, const ConnectionRow& row) {
  MIQ_ASSIGN(const bool taken, NameIsTaken(session, row));
  if (taken) return false;
  MIQ_TRY(
      session.Execute("UPDATE connection SET name = $3, kind = $4, description = $5, shown_url = $6, "
                      "sealed_url = $7, production = $8, labels = $9, updated_at = $10, version = version + 1 "
                      "WHERE tenant_id = $1 AND connection_id = $2",
                      row.tenant_id, row.connection_id, row.name, row.kind, row.description, row.shown_url,
                      store::Bytes{row.sealed_url}, row.production, JsonListText(row.labels), row.updated_at));
  return true;
}

Status RecordTrial(store::Session& session, const std::string& tenant_id, const std::string& connection_id, Micros at,
                   bool ok, const std::string& message) {
  MIQ_TRY(
      session.Execute("UPDATE connection SET tested_at = $3, test_ok = $4, test_message = $5 "
                      "WHERE tenant_id = $1 AND connection_id = $2",
                      tenant_id, connection_id, at, ok, message));
  return {};
}

Status DeleteConnection(store::Session& session, const std::string& tenant_id, const std::string& connection_id) {
  MIQ_TRY(
      session.Execute("DELETE FROM connection WHERE tenant_id = $1 AND connection_id = $2", tenant_id, connection_id));
  return {};
}

Result<std::vector<ConnectionUser>> UsersOfConnection(store::Session& session, const std::string& tenant_id,
                                                      const std::string& connection_id, int64_t limit) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT l.plan_id, l.name, p.project_id, p.name, l.source_connection_id, "
                           "l.target_connection_id FROM plan l JOIN project p ON p.project_id = l.project_id AND "
                           "p.tenant_id = l.tenant_id WHERE l.tenant_id = $1 AND (l.source_connection_id = $2 OR "
                           "l.target_connection_id = $2) ORDER BY l.plan_id LIMIT $3",
                           tenant_id, connection_id, limit));
  std::vector<ConnectionUser> users;
  for (const store::Row& row : rows)
    users.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4) == connection_id,
                     row.Text(5) == connection_id});
  return users;
}

}  // namespace migrateiq::projects
