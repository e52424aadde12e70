#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace migrateiq::objects {

struct ObjectInfo {
  std::string key;  ///< "tenant/<id>/uploads/<id>"; letters, digits, . _ - and /
  uint64_t size = 0;
  std::string etag, content_type;
  Micros modified = 0;
};

/// Files by key: local folders now, S3 later (so: multipart, ranges and presigned links are part of the interface).
/// Thread-safe. Errors: kObjectNotFound, kObjectStore, kObjectKey.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  virtual Result<ObjectInfo> Put(const std::string& key, std::string_view bytes, const std::string& content_type) = 0;
  virtual Result<ObjectInfo> Head(const std::string& key) = 0;
  /// Bytes [from, from + count), fewer at the end.
  virtual Result<std::string> GetRange(const std::string& key, uint64_t from, uint64_t count) = 0;
  virtual Status Delete(const std::string& key) = 0;
  virtual Result<std::vector<ObjectInfo>> List(const std::string& prefix, const std::string& after, size_t limit) = 0;

  /// A multipart upload: parts from 1, any order, at least 5 MiB but the last (S3's rule is kept everywhere).
  virtual Result<std::string> BeginUpload(const std::string& key, const std::string& content_type) = 0;
  virtual Result<std::string> PutPart(const std::string& upload_id, int part, std::string_view bytes) = 0;  ///< etag
  virtual Result<ObjectInfo> FinishUpload(const std::string& upload_id, const std::vector<std::string>& etags) = 0;
  virtual Status AbortUpload(const std::string& upload_id) = 0;
  /// Removes uploads that were begun before this moment and never finished, and what a crash left behind before it.
  virtual Status RemoveAbandoned(Micros before) = 0;

  /// A link that works without credentials until `expires`; nothing when this store has none (then the API serves it).
  virtual Result<std::optional<std::string>> PresignGet(const std::string& key, Micros expires) = 0;
  /// A path that the engine can open, for stores that are local.
  virtual std::optional<std::string> LocalPath(const std::string& key) = 0;
};

/// Puts, parts and deletions are durable when they return, and a file appears whole or not at all. Symbolic links in
/// the folder are never followed.
Result<std::unique_ptr<ObjectStore>> OpenLocalObjects(const std::string& folder);

}  // namespace migrateiq::objects
