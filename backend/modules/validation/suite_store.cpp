#include "modules/validation/suite_store.hpp"

#include <limits>

#include "base/errors/api.hpp"
#include "modules/core/id_cursor.hpp"

namespace migrateiq::validation {

namespace {

constexpr std::string_view kColumns =
    "suite_id, tenant_id, project_id, name, source_connection_id, target_connection_id, text, checks, own_sql, "
    "version, "
    "created_at, created_by, created_by_name, updated_at";

SuiteRow RowFrom(const store::Row& row) {
  return {.suite_id = row.Text(0),
          .tenant_id = row.Text(1),
          .project_id = row.Text(2),
          .name = row.Text(3),
          .source_connection_id = row.Text(4),
          .target_connection_id = row.Text(5),
          .text = row.Text(6),
          .checks = row.Integer(7),
          .own_sql = row.Boolean(8),
          .version = row.Integer(9),
          .created_at = row.Integer(10),
          .created_by = row.Text(11),
          .created_by_name = row.Text(12),
          .updated_at = row.Integer(13)};
}

std::optional<std::string> OrNull(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

Status InsertVersion(store::Session& session, const SuiteRow& suite, const SuiteVersionRow& version) {
  MIQ_TRY(
      session.Execute("INSERT INTO suite_version (suite_id, number, tenant_id, text, created_at, author_id, author) "
                      "VALUES ($1, $2, $3, "
                      "$4, $5, $6, $7)",
                      suite.suite_id, version.number, suite.tenant_id, version.text, version.created_at,
                      version.author_id, version.author));
  return {};
}

}  // namespace

Status InsertSuite(store::Session& session, const SuiteRow& row) {
  MIQ_TRY(session.Execute("INSERT INTO suite (" + std::string(kColumns) +
                              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                          row.suite_id, row.tenant_id, OrNull(row.project_id), row.name, row.source_connection_id,
                          row.target_connection_id, row.text, row.checks, row.own_sql, row.version, row.created_at,
                          row.created_by, row.created_by_name, row.updated_at));
  return InsertVersion(session, row,
                       {.number = row.version,
                        .text = row.text,
                        .created_at = row.created_at,
                        .author_id = row.created_by,
                        .author = row.created_by_name});
}

Result<SuiteRow> RequireSuite(store::Session& session, const std::string& tenant_id, const std::string& suite_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) + " FROM suite WHERE suite_id = $1 AND tenant_id = $2",
                           suite_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no suite '" + suite_id + "'");
  return RowFrom(rows.front());
}

Result<std::vector<SuiteRow>> ListSuites(store::Session& session, const std::string& tenant_id,
                                         const SuiteFilter& filter, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) +
                               " FROM suite WHERE tenant_id = $1 AND ($2 = '' OR project_id = $2) AND ($3 = '' OR "
                               "source_connection_id = $3 OR target_connection_id = $3) AND ($4 = '' OR suite_id < $4) "
                               "ORDER BY suite_id DESC LIMIT $5",
                           tenant_id, filter.project_id, filter.connection_id, after, page.limit + 1));
  std::vector<SuiteRow> found;
  for (const store::Row& row : rows) found.push_back(RowFrom(row));
  return found;
}

Result<bool> UpdateSuite(store::Session& session, const SuiteRow& row, const SuiteVersionRow& version) {
  MIQ_ASSIGN(const int64_t changed,
             session.Execute("UPDATE suite SET name = $3, source_connection_id = $4, target_connection_id = $5, text = "
                             "$6, checks = $7, own_sql = $8, version = $9, updated_at = $10 WHERE suite_id = $1 AND "
                             "tenant_id = $2 AND version = $11",
                             row.suite_id, row.tenant_id, row.name, row.source_connection_id, row.target_connection_id,
                             row.text, row.checks, row.own_sql, row.version, row.updated_at, row.version - 1));
  if (changed == 0) return false;
  MIQ_TRY(InsertVersion(session, row, version));
  return true;
}

Status DeleteSuite(store::Session& session, const std::string& tenant_id, const std::string& suite_id) {
  MIQ_TRY(session.Execute("DELETE FROM suite WHERE suite_id = $1 AND tenant_id = $2", suite_id, tenant_id));
  return {};
}

Result<std::vector<SuiteVersionRow>> ListSuiteVersions(store::Session& session, const std::string& tenant_id,
                                                       const std::string& suite_id, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  const int64_t before = after.empty() ? std::numeric_limits<int64_t>::max() : std::strtoll(after.c_str(), nullptr, 10);
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT number, text, created_at, author_id, author FROM suite_version WHERE suite_id = $1 "
                           "AND tenant_id = $2 AND number < $3 ORDER BY number DESC LIMIT $4",
                           suite_id, tenant_id, before, page.limit + 1));
  std::vector<SuiteVersionRow> versions;
  for (const store::Row& row : rows)
    versions.push_back({.number = row.Integer(0),
                        .text = row.Text(1),
                        .created_at = row.Integer(2),
                        .author_id = row.Text(3),
                        .author = row.Text(4)});
  return versions;
}

}  // namespace migrateiq::validation
