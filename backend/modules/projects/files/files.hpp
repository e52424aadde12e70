#pragma once

#include <memory>
#include <string>
#include <vector>

#include "modules/projects/events.hpp"
#include "modules/projects/files/byte_range.hpp"
#include "modules/projects/files/file_store.hpp"
#include "platform/http/message.hpp"
#include "platform/objects/object_store.hpp"

namespace migrateiq::projects {

/// Files of a tenant. Thread-safe.
class Files {
 public:
  struct Parts {
    store::Store& store;
    objects::ObjectStore& objects;
    const Clock& clock;
    std::string work_folder;
  };
  explicit Files(Parts parts) : parts_(std::move(parts)) {}

  Result<std::vector<FileRow>> List(const std::string& tenant_id, const std::string& kind,
                                    const core::PageRequest& page);
  Result<FileRow> Get(const std::string& tenant_id, const std::string& file_id);
  /// Errors: kApiState while a connection names it.
  Status Remove(const Actor& actor, const std::string& file_id);
  /// The bytes of all files of a tenant that is removed, also of those that no row names.
  Status RemoveOfTenant(const std::string& tenant_id);
  /// The bytes of a range, piece by piece.
  std::unique_ptr<http::BodySource> Read(const FileRow& file, const ByteRange& range);
  /// A path for connectors, whose last part is the file's own name with the suffix of its kind: tables are named so.
  Result<std::string> PathOf(const std::string& tenant_id, const std::string& file_id);

 private:
  Status Place(const FileRow& file, const std::string& path);
  Status CopyTo(const FileRow& file, const std::string& path);
  std::string FolderOf(const FileRow& file) const;

  Parts parts_;
};

}  // namespace migrateiq::projects
