#include "modules/projects/files/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "modules/core/audit.hpp"

namespace migrateiq::projects {

namespace fs = std::filesystem;
using store::Scope;
using store::Session;

namespace {

constexpr uint64_t kPiece = 1 << 20;
constexpr size_t kRemovedAtOnce = 500;

class ObjectBody : public http::BodySource {
 public:
  ObjectBody(objects::ObjectStore& objects, std::string key, const ByteRange& range)
      : objects_(objects), key_(std::move(key)), at_(range.from), left_(range.count), size_(range.count) {}
  std::optional<uint64_t> Size() const override { return size_; }
  Result<std::string> Next() override {
    if (left_ == 0) return std::string();
    MIQ_ASSIGN(std::string piece, objects_.GetRange(key_, at_, std::min(left_, kPiece)));
    if (piece.empty()) return Fail(codes::kObjectStore, "the file is shorter than it was");
    at_ += piece.size();
    left_ -= piece.size();
    return piece;
  }

 private:
  objects::ObjectStore& objects_;
  const std::string key_;
  uint64_t at_, left_;
  const uint64_t size_;
};

/// The name without its last suffix, safe in a path.
std::string StemOf(const std::string& name) {
  std::string stem = name.substr(0, name.find_last_of('.') == 0 ? std::string::npos : name.find_last_of('.'));
  for (char& c : stem) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || c == '/' || c == '\\' || c == '*' || c == '?' || c == '[' || c == ']') c = '_';
  }
  if (stem.empty() || stem.starts_with('.') || stem.starts_with("_migrateiq")) stem = "file" + stem;
  return stem;
}

}  // namespace

Result<std::vector<FileRow>> Files::List(const std::string& tenant_id, const std::string& kind,
                                         const core::PageRequest& page) {
  return parts_.store.ReadFor<std::vector<FileRow>>(
      Scope::Tenant(tenant_id), [&](Session& session) { return ListFiles(session, tenant_id, kind, page); });
}

Result<FileRow> Files::Get(const std::string& tenant_id, const std::string& file_id) {
  return parts_.store.ReadFor<FileRow>(Scope::Tenant(tenant_id),
                                       [&](Session& session) { return RequireFile(session, tenant_id, file_id); });
}

Status Files::Remove(const Actor& actor, const std::string& file_id) {
  FileRow file;
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(file, RequireFile(session, actor.tenant_id, file_id));
    MIQ_ASSIGN(const auto connection, ConnectionOfFile(session, actor.tenant_id, file_id));
    if (connection) return Fail(codes::kApiState, "the connection '" + *connection + "' names the file");
    MIQ_TRY(DeleteFile(session, actor.tenant_id, file_id));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("file.removed", "file", file_id));
  }));
  std::error_code ignored;
  fs::remove_all(FolderOf(file), ignored);
  const Status removed = parts_.objects.Delete(file.object_key);
  return removed || removed.error().Is(codes::kObjectNotFound) ? Status() : removed;
}

Status Files::RemoveOfTenant(const std::string& tenant_id) {
  std::error_code ignored;
  fs::remove_all(parts_.work_folder + "/" + tenant_id, ignored);
  const std::string prefix = "tenant/" + tenant_id + "/";
  for (;;) {
    MIQ_ASSIGN(const auto left, parts_.objects.List(prefix, "", kRemovedAtOnce));
    if (left.empty()) return {};
    for (const objects::ObjectInfo& object : left) MIQ_TRY(parts_.objects.Delete(object.key));
  }
}

std::unique_ptr<http::BodySource> Files::Read(const FileRow& file, const ByteRange& range) {
  return std::make_unique<ObjectBody>(parts_.objects, file.object_key, range);
}

std::string Files::FolderOf(const FileRow& file) const {
  return parts_.work_folder + "/" + file.tenant_id + "/" + file.file_id;
}

Result<std::string> Files::PathOf(const std::string& tenant_id, const std::string& file_id) {
  MIQ_ASSIGN(const FileRow file, Get(tenant_id, file_id));
  const std::string path = FolderOf(file) + "/" + StemOf(file.name) + SuffixOf(file.kind);
  std::error_code error;
  if (fs::exists(path, error)) return path;
  fs::create_directories(FolderOf(file), error);
  fs::permissions(parts_.work_folder, fs::perms::owner_all, error);
  MIQ_TRY(Place(file, path));
  return path;
}

/// A second name for the stored bytes, which never change; a copy where that is not possible. Whole or not at all.
Status Files::Place(const FileRow& file, const std::string& path) {
  const std::string fresh = path + "." + NewId();
  std::error_code error = std::make_error_code(std::errc::not_supported);
  if (const auto local = parts_.objects.LocalPath(file.object_key)) fs::create_hard_link(*local, fresh, error);
  if (error) MIQ_TRY(CopyTo(file, fresh));
  fs::rename(fresh, path, error);
  if (error) return Fail(codes::kObjectStore, "cannot place the file for reading: " + error.message());
  fs::remove(fresh, error);  // renaming one name of a file to another of the same file does nothing
  return {};
}

Status Files::CopyTo(const FileRow& file, const std::string& path) {
  std::ofstream out(path, std::ios::binary);
  const auto body = Read(file, {0, static_cast<uint64_t>(file.size)});
  while (true) {
    MIQ_ASSIGN(const std::string piece, body->Next());
    if (piece.empty()) break;
    out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  }
  out.close();
  return out ? Status() : Fail(codes::kObjectStore, "cannot copy the file for reading");
}

}  // namespace migrateiq::projects
