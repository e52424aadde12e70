#include "modules/projects/plans/plan_store.hpp"

#include <charconv>

#include "base/errors/api.hpp"
#include "modules/core/id_cursor.hpp"

namespace migrateiq::projects {

namespace {

constexpr const char* kSelectPlan =
    "SELECT plan_id, tenant_id, project_id, name, version, source_connection_id, target_connection_id, created_at, "
    "updated_at FROM plan ";

PlanRow ReadPlan(const store::Row& row) {
  return {row.Text(0),    row.Text(1),   row.Text(2), row.Text(3), row.Integer(4), {row.Text(5), row.Text(6)},
          row.Integer(7), row.Integer(8)};
}

VersionRow ReadVersion(const store::Row& row) {
  return {row.Text(0), row.Integer(1),         row.Text(2),   row.Text(3), row.Text(4),
          row.Text(5), row.OptionalInteger(6), row.Integer(7)};
}

Result<PlanRow> Require(store::Session& session, const std::string& tenant_id, const std::string& plan_id,
                        std::string_view lock) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelectPlan) + "WHERE tenant_id = $1 AND plan_id = $2" + std::string(lock),
                           tenant_id, plan_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such plan");
  return ReadPlan(rows[0]);
}

Result<bool> NameIsTaken(store::Session& session, const PlanRow& row) {
  MIQ_TRY(session.Serialise("plans:" + row.project_id));
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT 1 FROM plan WHERE tenant_id = $1 AND project_id = $2 AND name = $3 AND plan_id <> $4",
                    row.tenant_id, row.project_id, row.name, row.plan_id));
  return !rows.empty();
}

}  // namespace

Result<PlanRow> RequirePlan(store::Session& session, const std::string& tenant_id, const std::string& plan_id) {
  return Require(session, tenant_id, plan_id, "");
}

Result<PlanRow> LockPlan(store::Session& session, const std::string& tenant_id, const std::string& plan_id) {
  return Require(session, tenant_id, plan_id, session.ForUpdate());
}

Result<std::optional<PlanRow>> ChosenPlan(store::Session& session, const std::string& tenant_id,
                                          const std::string& project_id, const std::string& plan_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelectPlan) + "WHERE tenant_id = $1 AND project_id = $2 ORDER BY CASE WHEN "
                                                      "plan_id = $3 THEN 0 ELSE 1 END, plan_id LIMIT 1",
                           tenant_id, project_id, plan_id));
  return rows.empty() ? std::nullopt : std::optional(ReadPlan(rows.front()));
}

Result<std::vector<PlanRow>> ListPlans(store::Session& session, const std::string& tenant_id,
                                       const std::string& project_id, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelectPlan) + "WHERE tenant_id = $1 AND project_id = $2 AND plan_id > $3 "
                                                      "ORDER BY plan_id LIMIT $4",
                           tenant_id, project_id, after, page.limit + 1));
  std::vector<PlanRow> plans;
  for (const store::Row& row : rows) plans.push_back(ReadPlan(row));
  return plans;
}

Result<bool> InsertPlan(store::Session& session, const PlanRow& row) {
  MIQ_ASSIGN(const bool taken, NameIsTaken(session, row));
  if (taken) return false;
  MIQ_TRY(session.Execute(
      "INSERT INTO plan (plan_id, tenant_id, project_id, name, version, source_connection_id, "
      "target_connection_id, created_at, updated_at) VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $7)",
      row.plan_id, row.tenant_id, row.project_id, row.name, row.ends.source_id, row.ends.target_id, row.created_at));
  return true;
}

Result<bool> UpdatePlan(store::Session& session, const PlanRow& row) {
  MIQ_ASSIGN(const bool taken, NameIsTaken(session, row));
  if (taken) return false;
  MIQ_TRY(session.Execute(
      "UPDATE plan SET name = $3, version = $4, source_connection_id = $5, "
      "target_connection_id = $6, updated_at = $7 WHERE tenant_id = $1 AND plan_id = $2",
      row.tenant_id, row.plan_id, row.name, row.version, row.ends.source_id, row.ends.target_id, row.updated_at));
  return true;
}

Status DeletePlan(store::Session& session, const std::string& tenant_id, const std::string& plan_id) {
  for (const char* sql : {"DELETE FROM project_comment WHERE tenant_id = $1 AND plan_id = $2",
                          "DELETE FROM plan_version WHERE tenant_id = $1 AND plan_id = $2",
                          "DELETE FROM plan WHERE tenant_id = $1 AND plan_id = $2"})
    MIQ_TRY(session.Execute(sql, tenant_id, plan_id));
  return {};
}

Result<VersionRow> RequireVersion(store::Session& session, const std::string& tenant_id, const std::string& plan_id,
                                  int64_t number) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT plan_id, number, body, message, author_id, author, restored_from, created_at FROM "
                           "plan_version WHERE tenant_id = $1 AND plan_id = $2 AND ($3 = 0 OR number = $3) ORDER BY "
                           "number DESC LIMIT 1",
                           tenant_id, plan_id, number));
  if (rows.empty()) return Fail(codes::kApiNotFound, "the plan has no such version");
  return ReadVersion(rows[0]);
}

Result<std::vector<VersionRow>> ListVersions(store::Session& session, const std::string& tenant_id,
                                             const std::string& plan_id, const core::PageRequest& page) {
  int64_t before = INT64_MAX;
  if (!page.cursor.empty()) {
    MIQ_ASSIGN(const auto parts, core::DecodeCursor(page.cursor, 1));
    std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), before);
  }
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT plan_id, number, '', message, author_id, author, restored_from, created_at FROM "
                           "plan_version WHERE tenant_id = $1 AND plan_id = $2 AND number < $3 ORDER BY number DESC "
                           "LIMIT $4",
                           tenant_id, plan_id, before, page.limit + 1));
  std::vector<VersionRow> versions;
  for (const store::Row& row : rows) versions.push_back(ReadVersion(row));
  return versions;
}

Status InsertVersion(store::Session& session, const std::string& tenant_id, const VersionRow& row) {
  MIQ_TRY(
      session.Execute("INSERT INTO plan_version (tenant_id, plan_id, number, body, message, author_id, author, "
                      "restored_from, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      tenant_id, row.plan_id, row.number, row.text, row.message, row.author_id, row.author,
                      row.restored_from, row.created_at));
  return {};
}

}  // namespace migrateiq::projects
