#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "platform/objects/folder.hpp"
#include "platform/objects/object_store.hpp"

namespace migrateiq::objects::detail {

/// What a pointer file says: the bytes stand apart from the key, so that replacing them is one rename.
struct Pointer {
  std::string blob;
  ObjectInfo info;
};
std::string WritePointer(const Pointer& pointer);
Result<Pointer> ParsePointer(const std::string& key, const std::string& text);

/// Under the root: `objects/` (a pointer "<part>@" for each key, in folders named by the parts before), `blobs/` (the
/// bytes), `uploads/` (their parts) and `tmp/` (what is being written).
class LocalObjects : public ObjectStore {
 public:
  static Result<std::unique_ptr<LocalObjects>> Open(const std::string& folder);

  Result<ObjectInfo> Put(const std::string& key, std::string_view bytes, const std::string& content_type) override;
  Result<ObjectInfo> Head(const std::string& key) override;
  Result<std::string> GetRange(const std::string& key, uint64_t from, uint64_t count) override;
  Status Delete(const std::string& key) override;
  Result<std::vector<ObjectInfo>> List(const std::string& prefix, const std::string& after, size_t limit) override;
  Result<std::string> BeginUpload(const std::string& key, const std::string& content_type) override;
  Result<std::string> PutPart(const std::string& upload_id, int part, std::string_view bytes) override;
  Result<ObjectInfo> FinishUpload(const std::string& upload_id, const std::vector<std::string>& etags) override;
  Status AbortUpload(const std::string& upload_id) override;
  Status RemoveAbandoned(Micros before) override;
  Result<std::optional<std::string>> PresignGet(const std::string& key, Micros expires) override;
  std::optional<std::string> LocalPath(const std::string& key) override;

 private:
  LocalObjects(std::string path, Folder objects, Folder blobs, Folder uploads, Folder temporary);
  Result<Folder> FolderOf(const std::vector<std::string>& parts, bool make) const;
  Result<Pointer> Find(const std::string& key) const;
  Result<File> OpenBlob(const std::string& blob) const;
  Result<ObjectInfo> Point(const std::string& blob, ObjectInfo info);
  Status MovePointer(const std::string& name, const std::vector<std::string>& parts) const;
  void RemoveBlob(const std::string& blob) const;
  void RemoveEmptyFolders(std::vector<std::string> parts) const;
  Status Walk(const Folder& folder, const std::string& path, const struct Wanted& wanted,
              std::vector<ObjectInfo>& found) const;
  /// A file under a new name in `tmp/`, complete and durable.
  Result<std::string> WriteTemporary(std::string_view bytes) const;
  Status KeepAsBlob(const std::string& temporary) const;
  Status Assemble(const Folder& upload, const std::vector<std::string>& etags, const File& target) const;
  Status CopyPart(const Folder& upload, size_t index, const std::vector<std::string>& etags, const File& target) const;
  Result<std::vector<std::string>> OldBlobs(Micros before) const;

  const std::string path_;
  Folder objects_, blobs_, uploads_, temporary_;
  std::mutex mutex_;  ///< changes of pointers, so that the bytes they no longer name can be removed
};

}  // namespace migrateiq::objects::detail
