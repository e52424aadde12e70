#include "platform/objects/local_objects.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "platform/objects/object_key.hpp"

namespace migrateiq::objects {

namespace detail {

namespace {

constexpr char kPointerMark = '@';  // no key has it, so a file and a folder may have the same name

/// The first two letters name a folder, so that none grows too large.
std::string BlobFolder(const std::string& blob) { return blob.substr(0, 2); }

std::string PointerName(const std::vector<std::string>& parts) { return parts.back() + kPointerMark; }

/// As keys are sorted: a folder's name goes on with a slash.
std::string SortKey(const Folder::Entry& entry) {
  return entry.folder ? entry.name + "/" : entry.name.substr(0, entry.name.size() - 1);
}

}  // namespace

/// Which keys List is after.
struct Wanted {
  const std::string& prefix;
  const std::string& after;
  size_t limit;

  bool Has(const std::string& key) const { return key.starts_with(prefix) && key > after; }
  /// Can there be one below this path, which ends with a slash?
  bool MayBeBelow(const std::string& path) const {
    return (path.starts_with(prefix) || prefix.starts_with(path)) && (path > after || after.starts_with(path));
  }
};

LocalObjects::LocalObjects(std::string path, Folder objects, Folder blobs, Folder uploads, Folder temporary)
    : path_(std::move(path)),
      objects_(std::move(objects)),
      blobs_(std::move(blobs)),
      uploads_(std::move(uploads)),
      temporary_(std::move(temporary)) {}

Result<std::unique_ptr<LocalObjects>> LocalObjects::Open(const std::string& folder) {
  MIQ_ASSIGN(const Folder root, Folder::Open(folder));
  MIQ_ASSIGN(Folder objects, root.EnterOrMake("objects"));
  MIQ_ASSIGN(Folder blobs, root.EnterOrMake("blobs"));
  MIQ_ASSIGN(Folder uploads, root.EnterOrMake("uploads"));
  MIQ_ASSIGN(Folder temporary, root.EnterOrMake("tmp"));
  return std::unique_ptr<LocalObjects>(
      new LocalObjects(folder, std::move(objects), std::move(blobs), std::move(uploads), std::move(temporary)));
}

// --- writing

Result<std::string> LocalObjects::WriteTemporary(std::string_view bytes) const {
  std::string name = ToHexText(RandomBytes(16));
  MIQ_ASSIGN(const File file, temporary_.CreateFile(name));
  Status status = file.Append(bytes);
  if (status) status = file.Sync();
  if (status) return name;
  (void)temporary_.RemoveFile(name);
  return Fail(status.error());
}

Status LocalObjects::KeepAsBlob(const std::string& temporary) const {
  MIQ_ASSIGN(const Folder folder, blobs_.EnterOrMake(BlobFolder(temporary)));
  return temporary_.MoveFile(temporary, folder, temporary);
}

Result<ObjectInfo> LocalObjects::Put(const std::string& key, std::string_view bytes, const std::string& content_type) {
  MIQ_TRY(KeyParts(key));
  MIQ_ASSIGN(const std::string blob, WriteTemporary(bytes));
  MIQ_TRY(KeepAsBlob(blob));
  return Point(blob, {.key = key,
                      .size = bytes.size(),
                      .etag = ToHexText(Sha256(bytes)),
                      .content_type = content_type,
                      .modified = SystemClock().Now()});
}

/// From here on the key means these bytes.
Result<ObjectInfo> LocalObjects::Point(const std::string& blob, ObjectInfo info) {
  MIQ_ASSIGN(const std::vector<std::string> parts, KeyParts(info.key));
  MIQ_ASSIGN(const std::string name, WriteTemporary(WritePointer({.blob = blob, .info = info})));
  const std::scoped_lock lock(mutex_);
  const Result<Pointer> old = Find(info.key);
  MIQ_TRY(MovePointer(name, parts));
  if (old) RemoveBlob(old->blob);
  MIQ_ASSIGN(Pointer pointer, Find(info.key));
  return std::move(pointer.info);
}

// Another process may remove the folder, when it becomes empty, between our entering and our moving.
Status LocalObjects::MovePointer(const std::string& name, const std::vector<std::string>& parts) const {
  constexpr int kAttempts = 5;
  Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    Result<Folder> folder = FolderOf(parts, true);
    status = folder ? temporary_.MoveFile(name, *folder, PointerName(parts)) : Fail(folder.error());
    if (status || !status.error().Is(codes::kObjectNotFound)) return status;
  }
  return status;
}

Status LocalObjects::Delete(const std::string& key) {
  MIQ_ASSIGN(const std::vector<std::string> parts, KeyParts(key));
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(const Pointer pointer, Find(key));
  MIQ_ASSIGN(const Folder folder, FolderOf(parts, false));
  MIQ_TRY(folder.RemoveFile(PointerName(parts)));
  RemoveBlob(pointer.blob);
  RemoveEmptyFolders(parts);
  return {};
}

/// What stays because this failed is removed by RemoveAbandoned.
void LocalObjects::RemoveBlob(const std::string& blob) const {
  if (const Result<Folder> folder = blobs_.Enter(BlobFolder(blob))) (void)folder->RemoveFile(blob);
}

void LocalObjects::RemoveEmptyFolders(std::vector<std::string> parts) const {
  while (parts.size() > 1) {
    parts.pop_back();
    const Result<Folder> parent = FolderOf(parts, false);
    if (!parent || !parent->RemoveFolder(parts.back())) return;
  }
}

// --- reading

/// The folder that holds the last part.
Result<Folder> LocalObjects::FolderOf(const std::vector<std::string>& parts, bool make) const {
  MIQ_ASSIGN(Folder folder, objects_.Enter("."));
  for (size_t index = 0; index + 1 < parts.size(); ++index) {
    MIQ_ASSIGN(folder, make ? folder.EnterOrMake(parts[index]) : folder.Enter(parts[index]));
  }
  return folder;
}

Result<Pointer> LocalObjects::Find(const std::string& key) const {
  constexpr uint64_t kLongestPointer = 4096;
  MIQ_ASSIGN(const std::vector<std::string> parts, KeyParts(key));
  MIQ_ASSIGN(const Folder folder, FolderOf(parts, false));
  MIQ_ASSIGN(const File file, folder.OpenFile(PointerName(parts)));
  MIQ_ASSIGN(const std::string text, file.Read(0, kLongestPointer));
  return ParsePointer(key, text);
}

Result<File> LocalObjects::OpenBlob(const std::string& blob) const {
  MIQ_ASSIGN(const Folder folder, blobs_.Enter(BlobFolder(blob)));
  return folder.OpenFile(blob);
}

Result<ObjectInfo> LocalObjects::Head(const std::string& key) {
  MIQ_ASSIGN(Pointer pointer, Find(key));
  return std::move(pointer.info);
}

// The bytes may be replaced between our two looks; then the key means others by now.
Result<std::string> LocalObjects::GetRange(const std::string& key, uint64_t from, uint64_t count) {
  constexpr int kAttempts = 5;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    MIQ_ASSIGN(const Pointer pointer, Find(key));
    Result<File> opened = OpenBlob(pointer.blob);
    if (opened) return opened->Read(from, count);
    if (!opened.error().Is(codes::kObjectNotFound)) return Fail(opened.error());
  }
  return Fail(codes::kObjectStore, "the bytes of " + key + " are missing");
}

Result<std::vector<ObjectInfo>> LocalObjects::List(const std::string& prefix, const std::string& after, size_t limit) {
  std::vector<ObjectInfo> found;
  MIQ_TRY(Walk(objects_, "", Wanted{prefix, after, limit}, found));
  return found;
}

Status LocalObjects::Walk(const Folder& folder, const std::string& path, const Wanted& wanted,
                          std::vector<ObjectInfo>& found) const {
  MIQ_ASSIGN(std::vector<Folder::Entry> entries, folder.List());
  std::erase_if(entries, [](const auto& entry) { return !entry.folder && entry.name.back() != kPointerMark; });
  std::ranges::sort(entries, {}, SortKey);
  for (const Folder::Entry& entry : entries) {
    if (found.size() >= wanted.limit) return {};
    const std::string name = path + SortKey(entry);
    if (entry.folder && wanted.MayBeBelow(name)) {
      const Result<Folder> below = folder.Enter(entry.name);
      if (below) MIQ_TRY(Walk(*below, name, wanted, found));
    } else if (!entry.folder && wanted.Has(name)) {
      Result<Pointer> pointer = Find(name);  // one that was deleted meanwhile is left out
      if (pointer) found.push_back(std::move(pointer->info));
    }
  }
  return {};
}

Result<std::optional<std::string>> LocalObjects::PresignGet(const std::string&, Micros) { return std::nullopt; }

std::optional<std::string> LocalObjects::LocalPath(const std::string& key) {
  const Result<Pointer> pointer = Find(key);
  if (!pointer || !OpenBlob(pointer->blob)) return std::nullopt;
  return path_ + "/blobs/" + BlobFolder(pointer->blob) + "/" + pointer->blob;
}

// --- tidying up

Status LocalObjects::RemoveAbandoned(Micros before) {
  for (const Folder* folder : {&uploads_, &temporary_}) {
    MIQ_ASSIGN(const std::vector<Folder::Entry> entries, folder->List());
    for (const Folder::Entry& entry : entries) {
      if (folder->ModifiedAt(entry.name).value_or(before) >= before) continue;
      if (entry.folder) (void)AbortUpload(entry.name);
      if (!entry.folder) (void)folder->RemoveFile(entry.name);
    }
  }
  MIQ_ASSIGN(std::vector<std::string> unused, OldBlobs(before));
  if (unused.empty()) return {};
  MIQ_ASSIGN(const std::vector<ObjectInfo> all, List("", "", SIZE_MAX));
  for (const ObjectInfo& info : all) {
    if (const Result<Pointer> pointer = Find(info.key)) std::erase(unused, pointer->blob);
  }
  for (const std::string& blob : unused) RemoveBlob(blob);
  return {};
}

/// Younger ones may belong to a pointer that is just being written.
Result<std::vector<std::string>> LocalObjects::OldBlobs(Micros before) const {
  std::vector<std::string> old;
  MIQ_ASSIGN(const std::vector<Folder::Entry> folders, blobs_.List());
  for (const Folder::Entry& entry : folders) {
    const Result<Folder> folder = blobs_.Enter(entry.name);
    if (!folder) continue;
    MIQ_ASSIGN(const std::vector<Folder::Entry> blobs, folder->List());
    for (const Folder::Entry& blob : blobs)
      if (folder->ModifiedAt(blob.name).value_or(before) < before) old.push_back(blob.name);
  }
  return old;
}

}  // namespace detail

Result<std::unique_ptr<ObjectStore>> OpenLocalObjects(const std::string& folder) {
  return detail::LocalObjects::Open(folder);
}

}  // namespace migrateiq::objects
