#include "modules/validation/check_run_store.hpp"

#include "base/errors/api.hpp"
#include "modules/core/id_cursor.hpp"

namespace migrateiq::validation {

namespace {

constexpr std::string_view kColumns =
    "check_run_id, tenant_id, suite_id, suite_version, project_id, name, created_at, created_by, created_by_name, "
    "finished_at, passed, failed, errors, skipped, has_failed, quality, seconds";

CheckRunRow RowFrom(const store::Row& row) {
  return {.check_run_id = row.Text(0),
          .tenant_id = row.Text(1),
          .suite_id = row.Text(2),
          .suite_version = row.Integer(3),
          .project_id = row.Text(4),
          .name = row.Text(5),
          .created_at = row.Integer(6),
          .created_by = row.Text(7),
          .created_by_name = row.Text(8),
          .finished_at = row.OptionalInteger(9),
          .passed = row.Integer(10),
          .failed = row.Integer(11),
          .errors = row.Integer(12),
          .skipped = row.Integer(13),
          .has_failed = row.Boolean(14),
          .quality = row.IsNull(15) ? std::nullopt : std::optional(row.Real(15)),
          .seconds = row.Real(16)};
}

std::unexpected<Error> NoRun(const std::string& id) {
  return Fail(codes::kApiNotFound, "there is no check run '" + id + "'");
}

}  // namespace

Status InsertCheckRun(store::Session& session, const CheckRunRow& row) {
  const std::optional<std::string> project = row.project_id.empty() ? std::nullopt : std::optional(row.project_id);
  MIQ_TRY(session.Execute(
      "INSERT INTO check_run (check_run_id, tenant_id, suite_id, suite_version, project_id, name, created_at, "
      "created_by, created_by_name, passed, failed, errors, skipped, has_failed, seconds) VALUES ($1, $2, $3, $4, $5, "
      "$6, $7, $8, $9, 0, 0, 0, 0, 0, 0)",
      row.check_run_id, row.tenant_id, row.suite_id, row.suite_version, project, row.name, row.created_at,
      row.created_by, row.created_by_name));
  return {};
}

Result<CheckRunRow> RequireCheckRun(store::Session& session, const std::string& tenant_id,
                                    const std::string& check_run_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT " + std::string(kColumns) +
                                                       " FROM check_run WHERE check_run_id = $1 AND tenant_id = $2",
                                                   check_run_id, tenant_id));
  if (rows.empty()) return NoRun(check_run_id);
  return RowFrom(rows.front());
}

Result<std::vector<CheckRunRow>> ListCheckRuns(store::Session& session, const std::string& tenant_id,
                                               const CheckRunFilter& filter, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) +
                               " FROM check_run WHERE tenant_id = $1 AND ($2 = '' OR suite_id = $2) AND ($3 = '' OR "
                               "project_id = $3) AND ($4 = '' OR check_run_id < $4) AND ($5 = 0 OR finished_at IS NOT "
                               "NULL) ORDER BY check_run_id DESC LIMIT $6",
                           tenant_id, filter.suite_id, filter.project_id, after, int64_t{filter.finished ? 1 : 0},
                           page.limit + 1));
  std::vector<CheckRunRow> found;
  for (const store::Row& row : rows) found.push_back(RowFrom(row));
  return found;
}

Status FinishCheckRun(store::Session& session, const CheckRunRow& row, const std::vector<CheckResultRow>& results,
                      const std::string& sealed_document) {
  MIQ_ASSIGN(
      const int64_t changed,
      session.Execute("UPDATE check_run SET finished_at = $3, passed = $4, failed = $5, errors = $6, skipped = $7, "
                      "has_failed = $8, quality = $9, seconds = $10, document = $11 WHERE check_run_id = $1 AND "
                      "tenant_id = $2",
                      row.check_run_id, row.tenant_id, row.finished_at, row.passed, row.failed, row.errors, row.skipped,
                      row.has_failed, row.quality, row.seconds, store::Bytes{sealed_document}));
  if (changed == 0) return NoRun(row.check_run_id);
  MIQ_TRY(session.Execute("DELETE FROM check_result WHERE check_run_id = $1 AND tenant_id = $2", row.check_run_id,
                          row.tenant_id));
  for (const CheckResultRow& result : results) {
    MIQ_TRY(session.Execute(
        "INSERT INTO check_result (check_run_id, number, tenant_id, suite_id, name, kind, severity, status, measured, "
        "rows_checked, rows_broken, seconds, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        row.check_run_id, result.number, row.tenant_id, row.suite_id, result.name, result.kind, result.severity,
        result.status, result.measured, result.rows_checked, result.rows_broken, result.seconds, result.at));
  }
  return {};
}

Result<std::string> SealedDocument(store::Session& session, const std::string& tenant_id,
                                   const std::string& check_run_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT document FROM check_run WHERE check_run_id = $1 AND tenant_id = $2", check_run_id,
                           tenant_id));
  if (rows.empty()) return NoRun(check_run_id);
  return rows.front().IsNull(0) ? std::string() : rows.front().Binary(0);
}

Result<std::vector<CheckResultRow>> CheckHistory(store::Session& session, const std::string& tenant_id,
                                                 const std::string& suite_id, const std::string& check_name,
                                                 const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT check_run_id, number, name, kind, severity, status, measured, rows_checked, "
                           "rows_broken, seconds, at FROM check_result WHERE tenant_id = $1 AND suite_id = $2 AND name "
                           "= $3 AND ($4 = '' OR check_run_id < $4) ORDER BY check_run_id DESC LIMIT $5",
                           tenant_id, suite_id, check_name, after, page.limit + 1));
  std::vector<CheckResultRow> found;
  for (const store::Row& row : rows)
    found.push_back({.check_run_id = row.Text(0),
                     .number = row.Integer(1),
                     .name = row.Text(2),
                     .kind = row.Text(3),
                     .severity = row.Text(4),
                     .status = row.Text(5),
                     .measured = row.IsNull(6) ? std::nullopt : std::optional(row.Real(6)),
                     .rows_checked = row.Integer(7),
                     .rows_broken = row.Integer(8),
                     .seconds = row.Real(9),
                     .at = row.Integer(10)});
  return found;
}

Status DeleteOldCheckRuns(store::Session& session, Micros before) {
  MIQ_TRY(session.Execute(
      "DELETE FROM check_run WHERE COALESCE(finished_at, created_at) < $1 AND check_run_id NOT IN (SELECT "
      "MAX(check_run_id) FROM check_run WHERE finished_at IS NOT NULL GROUP BY tenant_id, suite_id)",
      before));
  return {};
}

}  // namespace migrateiq::validation
