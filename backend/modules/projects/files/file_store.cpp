#include "modules/projects/files/file_store.hpp"

#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "modules/core/id_cursor.hpp"
#include "modules/projects/json_list.hpp"

namespace migrateiq::projects {

namespace {

constexpr const char* kSelectFile =
    "SELECT file_id, tenant_id, name, kind, size, sha256, object_key, created_at, created_by FROM stored_file ";
constexpr const char* kSelectUpload =
    "SELECT upload_id, tenant_id, name, size, sha256, received, object_key, object_upload_id, etags, busy_until, "
    "created_at, created_by FROM file_upload ";

FileRow ReadFile(const store::Row& row) {
  return {row.Text(0), row.Text(1),    row.Text(2), FileKindOf(row.Text(3)), row.Integer(4), row.Text(5),
          row.Text(6), row.Integer(7), row.Text(8)};
}

UploadRow ReadUpload(const store::Row& row) {
  return {row.Text(0),    row.Text(1),     row.Text(2),
          row.Integer(3), row.Text(4),     row.Integer(5),
          row.Text(6),    row.Text(7),     ParseJsonList(row.Text(8)),
          row.Integer(9), row.Integer(10), row.Text(11)};
}

}  // namespace

Result<FileRow> RequireFile(store::Session& session, const std::string& tenant_id, const std::string& file_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelectFile) + "WHERE tenant_id = $1 AND file_id = $2", tenant_id, file_id));
  if (rows.empty()) return Fail(codes::kObjectNotFound, "there is no such file");
  return ReadFile(rows[0]);
}

Result<std::vector<FileRow>> ListFiles(store::Session& session, const std::string& tenant_id, const std::string& kind,
                                       const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string before, core::IdAfter(page.cursor, "~"));  // behind every id
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query(std::string(kSelectFile) + "WHERE tenant_id = $1 AND file_id < $2 AND ($3 = '' OR kind = $3) "
                                               "ORDER BY file_id DESC LIMIT $4",
                    tenant_id, before, kind, page.limit + 1));
  std::vector<FileRow> files;
  for (const store::Row& row : rows) files.push_back(ReadFile(row));
  return files;
}

Status InsertFile(store::Session& session, const FileRow& row) {
  MIQ_TRY(
      session.Execute("INSERT INTO stored_file (file_id, tenant_id, name, kind, size, sha256, object_key, "
                      "created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      row.file_id, row.tenant_id, row.name, WordOf(row.kind), row.size, row.sha256, row.object_key,
                      row.created_at, row.created_by));
  return {};
}

Status DeleteFile(store::Session& session, const std::string& tenant_id, const std::string& file_id) {
  MIQ_TRY(session.Execute("DELETE FROM stored_file WHERE tenant_id = $1 AND file_id = $2", tenant_id, file_id));
  return {};
}

Result<std::optional<std::string>> ConnectionOfFile(store::Session& session, const std::string& tenant_id,
                                                    const std::string& file_id) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT name FROM connection WHERE tenant_id = $1 AND shown_url LIKE '%upload:' || $2 || '%' "
                    "LIMIT 1",
                    tenant_id, file_id));
  return rows.empty() ? std::nullopt : std::optional(rows[0].Text(0));
}

Result<UploadRow> RequireUpload(store::Session& session, const std::string& tenant_id, const std::string& upload_id) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query(std::string(kSelectUpload) + "WHERE tenant_id = $1 AND upload_id = $2", tenant_id, upload_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such upload; finished ones are files");
  return ReadUpload(rows[0]);
}

Status InsertUpload(store::Session& session, const UploadRow& row) {
  MIQ_TRY(
      session.Execute("INSERT INTO file_upload (upload_id, tenant_id, name, size, sha256, received, object_key, "
                      "object_upload_id, etags, busy_until, created_at, created_by) "
                      "VALUES ($1, $2, $3, $4, $5, 0, $6, $7, '[]', 0, $8, $9)",
                      row.upload_id, row.tenant_id, row.name, row.size, row.sha256, row.object_key,
                      row.object_upload_id, row.created_at, row.created_by));
  return {};
}

Result<bool> ClaimUpload(store::Session& session, const UploadRow& row, Micros now, Micros until) {
  MIQ_ASSIGN(const int64_t claimed,
             session.Execute("UPDATE file_upload SET busy_until = $5 WHERE tenant_id = $1 AND upload_id = $2 AND "
                             "received = $3 AND busy_until < $4",
                             row.tenant_id, row.upload_id, row.received, now, until));
  return claimed == 1;
}

Status AdvanceUpload(store::Session& session, const UploadRow& row) {
  MIQ_ASSIGN(
      const int64_t advanced,
      session.Execute("UPDATE file_upload SET received = $3, etags = $4, busy_until = 0 WHERE tenant_id = $1 AND "
                      "upload_id = $2 AND busy_until = $5",
                      row.tenant_id, row.upload_id, row.received, JsonListText(row.etags), row.busy_until));
  if (advanced == 1) return {};
  return Fail(codes::kApiConflict, "the part took too long, and another one came meanwhile");
}

Status ReleaseUpload(store::Session& session, const UploadRow& row) {
  MIQ_TRY(
      session.Execute("UPDATE file_upload SET busy_until = 0 WHERE tenant_id = $1 AND upload_id = $2 AND "
                      "busy_until = $3",
                      row.tenant_id, row.upload_id, row.busy_until));
  return {};
}

Status DeleteUpload(store::Session& session, const std::string& tenant_id, const std::string& upload_id) {
  MIQ_TRY(session.Execute("DELETE FROM file_upload WHERE tenant_id = $1 AND upload_id = $2", tenant_id, upload_id));
  return {};
}

Result<std::vector<UploadRow>> UploadsBefore(store::Session& session, Micros before, int64_t limit) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query(std::string(kSelectUpload) + "WHERE created_at < $1 ORDER BY created_at LIMIT $2", before, limit));
  std::vector<UploadRow> uploads;
  for (const store::Row& row : rows) uploads.push_back(ReadUpload(row));
  return uploads;
}

Result<std::vector<UploadRow>> UploadsOf(store::Session& session, const std::string& tenant_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query(std::string(kSelectUpload) + "WHERE tenant_id = $1", tenant_id));
  std::vector<UploadRow> uploads;
  for (const store::Row& row : rows) uploads.push_back(ReadUpload(row));
  return uploads;
}

Result<int64_t> StoredBytes(store::Session& session, const std::string& tenant_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT CAST(COALESCE((SELECT SUM(size) FROM stored_file WHERE tenant_id = $1), 0) + "
                           "COALESCE((SELECT SUM(size) FROM file_upload WHERE tenant_id = $1), 0) AS BIGINT)",
                           tenant_id));
  return rows.at(0).Integer(0);
}

}  // namespace migrateiq::projects
