#pragma once

#include <optional>
#include <string>

#include "modules/projects/events.hpp"
#include "modules/projects/files/file_store.hpp"
#include "platform/objects/object_store.hpp"

namespace migrateiq::projects {

/// What one request may bring: the object store's parts have at least 5 MiB, but for the last.
inline constexpr int64_t kLeastPart = int64_t{5} << 20, kMostPart = int64_t{32} << 20;

struct NewUpload {
  std::string name;
  int64_t size = 0;
  std::string sha256;  ///< hexadecimal, or empty
};

struct UploadProgress {
  UploadRow upload;
  std::optional<FileRow> file;  ///< when this part was the last
};

/// Uploads in parts that can be resumed after a break, from the offset that the server tells. A file appears when all
/// its bytes are there, have the announced digest, and are of an accepted type. Thread-safe; several processes may
/// serve one upload.
class Uploads {
 public:
  struct Parts {
    store::Store& store;
    objects::ObjectStore& objects;
    const Clock& clock;
    int64_t upload_limit, storage_quota;
  };
  explicit Uploads(Parts parts) : parts_(parts) {}

  /// Errors: kApiField, kApiTooLarge, kApiQuota.
  Result<UploadRow> Begin(const Actor& actor, const NewUpload& wanted);
  Result<UploadRow> Get(const std::string& tenant_id, const std::string& upload_id);
  /// Errors: kApiConflict for another offset than the one reached, kApiField for a part of a wrong size, kObjectType
  /// and kApiField for content that is refused (the upload is then gone).
  Result<UploadProgress> Append(const Actor& actor, const std::string& upload_id, int64_t offset,
                                std::string_view bytes);
  Status Abort(const Actor& actor, const std::string& upload_id);
  /// Of all tenants: uploads begun before that moment.
  Status RemoveAbandoned(Micros before);
  /// Ends all of a tenant that is removed.
  Status RemoveOfTenant(const std::string& tenant_id);

 private:
  Result<UploadRow> Claim(const Actor& actor, const std::string& upload_id, int64_t offset, size_t bytes);
  Status PutPart(UploadRow& upload, std::string_view bytes);
  Result<FileRow> Finish(const Actor& actor, const UploadRow& upload);
  Result<FileRow> Examine(const Actor& actor, const UploadRow& upload);
  Result<std::string> Digest(const std::string& object_key, int64_t size);
  void Discard(const UploadRow& upload);

  Parts parts_;
};

}  // namespace migrateiq::projects
