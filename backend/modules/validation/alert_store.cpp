#include "modules/validation/alert_store.hpp"

#include "base/errors/api.hpp"
#include "modules/core/id_cursor.hpp"

namespace migrateiq::validation {

namespace {

constexpr std::string_view kColumns =
    "alert_id, tenant_id, source, suite_id, plan_id, project_id, subject, kind, severity, state, reason, times, "
    "first_at, last_at, run_id, changed_by, changed_by_name, note, version";
/// Until when nobody is told of its subject; the last column of what RowFrom reads.
constexpr std::string_view kMuted =
    ", (SELECT MAX(m.until_at) FROM alert_mute m WHERE m.tenant_id = alert.tenant_id AND m.subject = alert.subject AND "
    "(m.suite_id = alert.suite_id OR m.plan_id = alert.plan_id))";

AlertRow RowFrom(const store::Row& row) {
  return {.alert_id = row.Text(0),
          .tenant_id = row.Text(1),
          .source = row.Text(2),
          .suite_id = row.Text(3),
          .plan_id = row.Text(4),
          .project_id = row.Text(5),
          .subject = row.Text(6),
          .kind = row.Text(7),
          .severity = row.Text(8),
          .state = row.Text(9),
          .reason = row.Text(10),
          .times = row.Integer(11),
          .first_at = row.Integer(12),
          .last_at = row.Integer(13),
          .run_id = row.Text(14),
          .changed_by = row.Text(15),
          .changed_by_name = row.Text(16),
          .note = row.Text(17),
          .version = row.Integer(18),
          .muted_until = row.OptionalInteger(19)};
}

std::string Select() { return "SELECT " + std::string(kColumns) + std::string(kMuted); }

/// Parameters $1 to $6: the tenant, and what the filter says.
constexpr std::string_view kChosen =
    " FROM alert WHERE tenant_id = $1 AND ($2 = '' OR suite_id = $2) AND ($3 = '' OR project_id = $3) AND ($4 = '' OR "
    "state = $4 OR ($4 = 'unresolved' AND state <> 'resolved')) AND ($5 = '' OR source = $5) AND ($6 = '' OR plan_id = "
    "$6)";

std::vector<AlertRow> RowsFrom(const store::Rows& rows) {
  std::vector<AlertRow> found;
  for (const store::Row& row : rows) found.push_back(RowFrom(row));
  return found;
}

std::optional<std::string> OrNull(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

Status InsertAlert(store::Session& session, const AlertRow& row) {
  MIQ_TRY(session.Execute("INSERT INTO alert (" + std::string(kColumns) +
                              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, "
                              "$18, $19)",
                          row.alert_id, row.tenant_id, row.source, OrNull(row.suite_id), OrNull(row.plan_id),
                          OrNull(row.project_id), row.subject, row.kind, row.severity, row.state, row.reason, row.times,
                          row.first_at, row.last_at, row.run_id, row.changed_by, row.changed_by_name, row.note,
                          row.version));
  return {};
}

Status UpdateAlert(store::Session& session, const AlertRow& row) {
  MIQ_TRY(session.Execute(
      "UPDATE alert SET severity = $3, state = $4, reason = $5, times = $6, last_at = $7, run_id = $8, "
      "changed_by = $9, changed_by_name = $10, note = $11, version = $12 WHERE alert_id = $1 AND tenant_id = $2",
      row.alert_id, row.tenant_id, row.severity, row.state, row.reason, row.times, row.last_at, row.run_id,
      row.changed_by, row.changed_by_name, row.note, row.version));
  return {};
}

Result<AlertRow> RequireAlert(store::Session& session, const std::string& tenant_id, const std::string& alert_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(Select() + " FROM alert WHERE alert_id = $1 AND tenant_id = $2", alert_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no alert '" + alert_id + "'");
  return RowFrom(rows.front());
}

Result<std::vector<AlertRow>> ListAlerts(store::Session& session, const std::string& tenant_id,
                                         const AlertFilter& filter, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query(Select() + std::string(kChosen) + " AND ($7 = '' OR alert_id < $7) ORDER BY alert_id DESC LIMIT $8",
                    tenant_id, filter.suite_id, filter.project_id, filter.state, filter.source, filter.plan_id, after,
                    page.limit + 1));
  return RowsFrom(rows);
}

Result<int64_t> CountAlerts(store::Session& session, const std::string& tenant_id, const AlertFilter& filter) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT COUNT(*)" + std::string(kChosen), tenant_id, filter.suite_id,
                                                   filter.project_id, filter.state, filter.source, filter.plan_id));
  return rows.front().Integer(0);
}

Result<std::vector<AlertRow>> UnresolvedAlerts(store::Session& session, const std::string& tenant_id,
                                               const AlertOwner& owner) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query(Select() + " FROM alert WHERE tenant_id = $1 AND (suite_id = $2 OR plan_id = $3) AND state <> "
                               "'resolved'",
                    tenant_id, owner.suite_id, owner.plan_id));
  return RowsFrom(rows);
}

Status PutMute(store::Session& session, const std::string& tenant_id, const AlertOwner& owner,
               const std::string& subject, Micros until) {
  MIQ_TRY(session.Execute(
      "DELETE FROM alert_mute WHERE tenant_id = $1 AND (suite_id = $2 OR plan_id = $3) AND subject = $4", tenant_id,
      owner.suite_id, owner.plan_id, subject));
  if (until == 0) return {};
  MIQ_TRY(session.Execute(
      "INSERT INTO alert_mute (suite_id, plan_id, subject, tenant_id, until_at) VALUES ($1, $2, $3, $4, $5)",
      OrNull(owner.suite_id), OrNull(owner.plan_id), subject, tenant_id, until));
  return {};
}

Result<std::vector<std::string>> MutedSubjects(store::Session& session, const std::string& tenant_id,
                                               const AlertOwner& owner, Micros now) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT subject FROM alert_mute WHERE tenant_id = $1 AND (suite_id = $2 OR plan_id = $3) "
                           "AND until_at > $4",
                           tenant_id, owner.suite_id, owner.plan_id, now));
  std::vector<std::string> names;
  for (const store::Row& row : rows) names.push_back(row.Text(0));
  return names;
}

}  // namespace migrateiq::validation
