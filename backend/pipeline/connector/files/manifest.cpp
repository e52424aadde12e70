#include "pipeline/connector/files/manifest.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "base/errors/connect.hpp"
#include "pipeline/connector/files/io.hpp"

namespace migrateiq::files {

namespace fs = std::filesystem;

LedgerLine* RunEntry::Find(const ChunkKey& key) {
  const auto same = [&key](const LedgerLine& line) {
    return line.key.table == key.table && line.key.chunk == key.chunk;
  };
  const auto found = std::ranges::find_if(ledger, same);
  return found == ledger.end() ? nullptr : &*found;
}

namespace {

/// Held while a manifest is read or rewritten; another process waits. Released by closing.
Result<FileDescriptor> LockFolder(const fs::path& folder) {
  FileDescriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.IsOpen()) return Fail(IoError(codes::kConnOpenFile, "open", folder, errno));
  while (::flock(file.get(), LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    if (errno == EOPNOTSUPP || errno == ENOLCK || errno == ENOSYS) break;  // a file system without locks
    return Fail(IoError(codes::kConnOpenFile, "lock", folder, errno));
  }
  return file;
}

/// Empty when there is no such file.
std::string Stamp(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "";
  return std::to_string(status.st_ino) + ":" + std::to_string(status.st_size) + ":" +
         std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
}

}  // namespace

Status Manifest::Load() {
  const std::string stamp = Stamp(path());
  if (!stamp.empty() && stamp == loaded_) return {};
  data_ = {};
  loaded_.clear();
  if (stamp.empty()) return {};
  MIQ_ASSIGN(const std::string json, ReadWhole(path()));
  MIQ_ASSIGN(data_, ParseManifest(json, path().string()));
  loaded_ = stamp;
  return {};
}

Result<ManifestData> Manifest::Read() {
  const std::lock_guard guard(mutex_);
  std::error_code ignored;
  if (!fs::exists(folder_, ignored)) return ManifestData{};
  MIQ_ASSIGN(const FileDescriptor lock, LockFolder(folder_));
  MIQ_TRY(Load());
  return data_;
}

Status Manifest::Update(const std::function<Status(ManifestData&)>& change) {
  const std::lock_guard guard(mutex_);
  MIQ_ASSIGN(const FileDescriptor lock, LockFolder(folder_));
  MIQ_TRY(Load());
  Status changed = change(data_);
  if (!changed) {
    loaded_.clear();
    data_ = {};
    return changed;
  }
  Status written = data_.runs.empty() ? RemoveAll(path()) : WriteAtomically(path(), ToJson(data_));
  loaded_ = written ? Stamp(path()) : "";
  return written;
}

}  // namespace migrateiq::files
