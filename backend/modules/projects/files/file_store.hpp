#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "modules/core/cursor.hpp"
#include "modules/projects/files/sniff.hpp"
#include "platform/store/store.hpp"

/// The tables of files and uploads. Every statement names its tenant, but that which finds abandoned uploads.
namespace migrateiq::projects {

struct FileRow {
  std::string file_id, tenant_id, name;
  FileKind kind = FileKind::csv;
  int64_t size = 0;
  std::string sha256, object_key;
  Micros created_at = 0;
  std::string created_by;
};

Result<FileRow> RequireFile(store::Session& session, const std::string& tenant_id, const std::string& file_id);
/// The newest first, one more than the page's limit.
Result<std::vector<FileRow>> ListFiles(store::Session& session, const std::string& tenant_id, const std::string& kind,
                                       const core::PageRequest& page);
Status InsertFile(store::Session& session, const FileRow& row);
Status DeleteFile(store::Session& session, const std::string& tenant_id, const std::string& file_id);
/// Does a stored connection name the file?
Result<std::optional<std::string>> ConnectionOfFile(store::Session& session, const std::string& tenant_id,
                                                    const std::string& file_id);

struct UploadRow {
  std::string upload_id, tenant_id, name;
  int64_t size = 0;
  std::string sha256;  ///< as announced, lower case, or empty
  int64_t received = 0;
  std::string object_key, object_upload_id;
  std::vector<std::string> etags;
  Micros busy_until = 0, created_at = 0;
  std::string created_by;
};

Result<UploadRow> RequireUpload(store::Session& session, const std::string& tenant_id, const std::string& upload_id);
Status InsertUpload(store::Session& session, const UploadRow& row);
/// Makes the upload the caller's until `until`; false when another part is being written or came first.
Result<bool> ClaimUpload(store::Session& session, const UploadRow& row, Micros now, Micros until);
/// Records a part, and gives the upload free.
Status AdvanceUpload(store::Session& session, const UploadRow& row);
Status ReleaseUpload(store::Session& session, const UploadRow& row);
Status DeleteUpload(store::Session& session, const std::string& tenant_id, const std::string& upload_id);
/// Of all tenants.
Result<std::vector<UploadRow>> UploadsOf(store::Session& session, const std::string& tenant_id);
Result<std::vector<UploadRow>> UploadsBefore(store::Session& session, Micros before, int64_t limit);
/// Bytes of a tenant's files and announced uploads.
Result<int64_t> StoredBytes(store::Session& session, const std::string& tenant_id);

}  // namespace migrateiq::projects
