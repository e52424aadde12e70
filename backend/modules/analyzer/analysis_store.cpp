#include "modules/analyzer/analysis_store.hpp"

#include "base/errors/api.hpp"
#include "modules/core/id_cursor.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::analyzer {

namespace {

constexpr std::string_view kColumns =
    "analysis_id, tenant_id, project_id, connection_id, connection, name, options, created_at, created_by, "
    "created_by_name, finished_at, summary, CASE WHEN assessment IS NULL THEN 0 ELSE 1 END";

AnalysisRow RowFrom(const store::Row& row) {
  return {.analysis_id = row.Text(0),
          .tenant_id = row.Text(1),
          .project_id = row.Text(2),
          .connection_id = row.Text(3),
          .connection = row.Text(4),
          .name = row.Text(5),
          .options = DecodeStored<AnalysisOptions>(row.Text(6)),
          .created_at = row.Integer(7),
          .created_by = row.Text(8),
          .created_by_name = row.Text(9),
          .finished_at = row.OptionalInteger(10),
          .summary = DecodeStored<AnalysisSummary>(row.Text(11)),
          .assessed = row.Boolean(12)};
}

std::unexpected<Error> NoTable(int64_t number) {
  return Fail(codes::kApiNotFound, "the analysis has no table " + std::to_string(number));
}

}  // namespace

Status InsertAnalysis(store::Session& session, const AnalysisRow& row) {
  const std::optional<std::string> project = row.project_id.empty() ? std::nullopt : std::optional(row.project_id);
  MIQ_TRY(session.Execute(
      "INSERT INTO analysis (analysis_id, tenant_id, project_id, connection_id, connection, name, options, created_at, "
      "created_by, created_by_name, summary) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')",
      row.analysis_id, row.tenant_id, project, row.connection_id, row.connection, row.name, Encode(row.options),
      row.created_at, row.created_by, row.created_by_name));
  return {};
}

Result<AnalysisRow> RequireAnalysis(store::Session& session, const std::string& tenant_id,
                                    const std::string& analysis_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT " + std::string(kColumns) +
                                                       " FROM analysis WHERE analysis_id = $1 AND tenant_id = $2",
                                                   analysis_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no analysis '" + analysis_id + "'");
  return RowFrom(rows.front());
}

Result<std::vector<AnalysisRow>> ListAnalyses(store::Session& session, const std::string& tenant_id,
                                              const AnalysisFilter& filter, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT " + std::string(kColumns) +
                        " FROM analysis WHERE tenant_id = $1 AND ($2 = '' OR project_id = $2) AND ($3 = '' OR "
                        "connection_id = $3) AND ($4 = '' OR analysis_id < $4) ORDER BY analysis_id DESC LIMIT $5",
                    tenant_id, filter.project_id, filter.connection_id, after, page.limit + 1));
  std::vector<AnalysisRow> found;
  for (const store::Row& row : rows) found.push_back(RowFrom(row));
  return found;
}

Result<std::optional<AnalysisRow>> NewestAnalysis(store::Session& session, const std::string& tenant_id,
                                                  const std::string& project_id, const std::string& connection_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) +
                               " FROM analysis WHERE tenant_id = $1 AND (project_id = $2 OR (project_id IS NULL AND "
                               "connection_id = $3)) ORDER BY CASE WHEN project_id IS NULL THEN 1 ELSE 0 END, "
                               "analysis_id DESC LIMIT 1",
                           tenant_id, project_id, connection_id));
  return rows.empty() ? std::nullopt : std::optional(RowFrom(rows.front()));
}

Result<bool> DeleteAnalysis(store::Session& session, const std::string& tenant_id, const std::string& analysis_id) {
  MIQ_ASSIGN(const int64_t deleted,
             session.Execute("DELETE FROM analysis WHERE analysis_id = $1 AND tenant_id = $2", analysis_id, tenant_id));
  return deleted > 0;
}

Status DeleteOldAnalyses(store::Session& session, Micros before) {
  MIQ_TRY(session.Execute(
      "DELETE FROM analysis WHERE COALESCE(finished_at, created_at) < $1 AND analysis_id NOT IN (SELECT "
      "MAX(analysis_id) FROM analysis WHERE finished_at IS NOT NULL GROUP BY tenant_id, connection_id)",
      before));
  return {};
}

Status ClearTables(store::Session& session, const std::string& tenant_id, const std::string& analysis_id) {
  MIQ_TRY(
      session.Execute("DELETE FROM analysis_table WHERE analysis_id = $1 AND tenant_id = $2", analysis_id, tenant_id));
  return {};
}

Status InsertTable(store::Session& session, const std::string& tenant_id, const std::string& analysis_id,
                   const TableRow& table, const std::string& sealed_profile) {
  MIQ_TRY(session.Execute(
      "INSERT INTO analysis_table (analysis_id, number, tenant_id, name, row_count, byte_count, column_count, "
      "personal_columns, quality, profile) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      analysis_id, table.number, tenant_id, table.name, table.rows, table.bytes, table.columns, table.personal_columns,
      table.quality, store::Bytes{sealed_profile}));
  return {};
}

Status FinishAnalysis(store::Session& session, const std::string& tenant_id, const std::string& analysis_id, Micros now,
                      const AnalysisSummary& summary, const SealedDocuments& documents) {
  const auto given = [](const std::string& bytes) {
    return bytes.empty() ? std::nullopt : std::optional(store::Bytes{bytes});
  };
  MIQ_ASSIGN(
      const int64_t changed,
      session.Execute("UPDATE analysis SET finished_at = $3, summary = $4, head = $5, assessment = $6, page = $7 "
                      "WHERE analysis_id = $1 AND tenant_id = $2",
                      analysis_id, tenant_id, now, Encode(summary), given(documents.head), given(documents.assessment),
                      given(documents.page)));
  if (changed == 0) return Fail(codes::kApiNotFound, "the analysis was removed");
  return {};
}

Result<std::vector<TableRow>> ListTables(store::Session& session, const std::string& tenant_id,
                                         const std::string& analysis_id, int64_t after, int64_t limit) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT number, name, row_count, byte_count, column_count, personal_columns, quality FROM "
                           "analysis_table WHERE analysis_id = $1 AND tenant_id = $2 AND number > $3 ORDER BY number "
                           "LIMIT $4",
                           analysis_id, tenant_id, after, limit + 1));
  std::vector<TableRow> tables;
  for (const store::Row& row : rows)
    tables.push_back({.number = row.Integer(0),
                      .name = row.Text(1),
                      .rows = row.Integer(2),
                      .bytes = row.Integer(3),
                      .columns = row.Integer(4),
                      .personal_columns = row.Integer(5),
                      .quality = row.IsNull(6) ? std::nullopt : std::optional(row.Real(6))});
  return tables;
}

Result<std::string> SealedTable(store::Session& session, const std::string& tenant_id, const std::string& analysis_id,
                                int64_t number) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT profile FROM analysis_table WHERE analysis_id = $1 AND tenant_id = $2 AND number = "
                           "$3",
                           analysis_id, tenant_id, number));
  if (rows.empty()) return NoTable(number);
  return rows.front().Binary(0);
}

Result<std::vector<std::pair<int64_t, std::string>>> SealedTables(store::Session& session, const std::string& tenant_id,
                                                                  const std::string& analysis_id, int64_t after,
                                                                  int64_t limit) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT number, profile FROM analysis_table WHERE analysis_id = $1 AND tenant_id = $2 AND "
                           "number > $3 ORDER BY number LIMIT $4",
                           analysis_id, tenant_id, after, limit));
  std::vector<std::pair<int64_t, std::string>> tables;
  for (const store::Row& row : rows) tables.emplace_back(row.Integer(0), row.Binary(1));
  return tables;
}

Result<SealedDocuments> SealedHead(store::Session& session, const std::string& tenant_id,
                                   const std::string& analysis_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT head, assessment, page FROM analysis WHERE analysis_id = $1 AND tenant_id = $2",
                           analysis_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no analysis '" + analysis_id + "'");
  const store::Row& row = rows.front();
  return SealedDocuments{row.Binary(0), row.Binary(1), row.Binary(2)};
}

}  // namespace migrateiq::analyzer
