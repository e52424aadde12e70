#include "modules/validation/alert_store.hpp"

#include "base/errors/api.hpp"
#include "modules/core/id_cursor.hpp"

namespace migrateiq::validation {

namespace {

constexpr std::string_view kColumns =
    "alert_id, tenant_id, suite_id, project_id, check_name, kind, severity, state, reason, times, first_at, last_at, "
    "check_run_id, changed_by, changed_by_name, note, version";

AlertRow RowFrom(const store::Row& row) {
  return {.alert_id = row.Text(0),
          .tenant_id = row.Text(1),
          .suite_id = row.Text(2),
          .project_id = row.Text(3),
          .check_name = row.Text(4),
          .kind = row.Text(5),
          .severity = row.Text(6),
          .state = row.Text(7),
          .reason = row.Text(8),
          .times = row.Integer(9),
          .first_at = row.Integer(10),
          .last_at = row.Integer(11),
          .check_run_id = row.Text(12),
          .changed_by = row.Text(13),
          .changed_by_name = row.Text(14),
          .note = row.Text(15),
          .version = row.Integer(16)};
}

std::vector<AlertRow> RowsFrom(const store::Rows& rows) {
  std::vector<AlertRow> found;
  for (const store::Row& row : rows) found.push_back(RowFrom(row));
  return found;
}

}  // namespace

Status InsertAlert(store::Session& session, const AlertRow& row) {
  const std::optional<std::string> project = row.project_id.empty() ? std::nullopt : std::optional(row.project_id);
  MIQ_TRY(session.Execute("INSERT INTO check_alert (" + std::string(kColumns) +
                              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
                          row.alert_id, row.tenant_id, row.suite_id, project, row.check_name, row.kind, row.severity,
                          row.state, row.reason, row.times, row.first_at, row.last_at, row.check_run_id, row.changed_by,
                          row.changed_by_name, row.note, row.version));
  return {};
}

Status UpdateAlert(store::Session& session, const AlertRow& row) {
  MIQ_TRY(session.Execute(
      "UPDATE check_alert SET severity = $3, state = $4, reason = $5, times = $6, last_at = $7, check_run_id = $8, "
      "changed_by = $9, changed_by_name = $10, note = $11, version = $12 WHERE alert_id = $1 AND tenant_id = $2",
      row.alert_id, row.tenant_id, row.severity, row.state, row.reason, row.times, row.last_at, row.check_run_id,
      row.changed_by, row.changed_by_name, row.note, row.version));
  return {};
}

Result<AlertRow> RequireAlert(store::Session& session, const std::string& tenant_id, const std::string& alert_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT " + std::string(kColumns) +
                                                       " FROM check_alert WHERE alert_id = $1 AND tenant_id = $2",
                                                   alert_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no alert '" + alert_id + "'");
  return RowFrom(rows.front());
}

Result<std::vector<AlertRow>> ListAlerts(store::Session& session, const std::string& tenant_id,
                                         const AlertFilter& filter, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) +
                               " FROM check_alert WHERE tenant_id = $1 AND ($2 = '' OR suite_id = $2) AND ($3 = '' OR "
                               "project_id = $3) AND ($4 = '' OR state = $4 OR ($4 = 'unresolved' AND state <> "
                               "'resolved')) AND ($5 = '' OR alert_id < $5) ORDER BY alert_id DESC LIMIT $6",
                           tenant_id, filter.suite_id, filter.project_id, filter.state, after, page.limit + 1));
  return RowsFrom(rows);
}

Result<std::vector<AlertRow>> UnresolvedAlerts(store::Session& session, const std::string& tenant_id,
                                               const std::string& suite_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) +
                               " FROM check_alert WHERE tenant_id = $1 AND suite_id = $2 AND state <> 'resolved'",
                           tenant_id, suite_id));
  return RowsFrom(rows);
}

Status PutMute(store::Session& session, const std::string& tenant_id, const std::string& suite_id,
               const std::string& check_name, Micros until) {
  MIQ_TRY(session.Execute("DELETE FROM check_mute WHERE suite_id = $1 AND check_name = $2 AND tenant_id = $3", suite_id,
                          check_name, tenant_id));
  if (until == 0) return {};
  MIQ_TRY(session.Execute("INSERT INTO check_mute (suite_id, check_name, tenant_id, until_at) VALUES ($1, $2, $3, $4)",
                          suite_id, check_name, tenant_id, until));
  return {};
}

Result<std::vector<std::string>> MutedChecks(store::Session& session, const std::string& tenant_id,
                                             const std::string& suite_id, Micros now) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT check_name FROM check_mute WHERE tenant_id = $1 AND suite_id = $2 AND until_at > $3",
                           tenant_id, suite_id, now));
  std::vector<std::string> names;
  for (const store::Row& row : rows) names.push_back(row.Text(0));
  return names;
}

}  // namespace migrateiq::validation
