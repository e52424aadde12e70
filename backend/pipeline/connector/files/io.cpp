#include "pipeline/connector/files/io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::files {

namespace fs = std::filesystem;

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this == &other) return *this;
  Close();
  fd_ = other.Release();
  return *this;
}

void FileDescriptor::Close() {
  if (fd_ >= 0) ::close(Release());
}

Error IoError(const ErrorCode& code, std::string_view doing, const fs::path& path, int error_number) {
  const bool full = error_number == ENOSPC || error_number == EDQUOT;
  std::string text = "cannot ";
  text.append(doing).append(" ").append(path.string()).append(": ").append(std::strerror(error_number));
  return {full ? codes::kConnDiskFull : code, std::move(text)};
}

Result<FileDescriptor> OpenForReading(const fs::path& path) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.IsOpen()) return Fail(IoError(codes::kConnOpenFile, "open", path, errno));
  return file;
}

Result<FileDescriptor> OpenForWriting(const fs::path& path) {
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file.IsOpen()) return Fail(IoError(codes::kConnOpenFile, "write", path, errno));
  return file;
}

Result<size_t> ReadAt(const FileDescriptor& file, const fs::path& path, char* to, size_t size, int64_t offset) {
  size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(file.get(), to + done, size - done, offset + static_cast<int64_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Fail(IoError(codes::kConnOpenFile, "read", path, errno));
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return done;
}

Status WriteAll(const FileDescriptor& file, const fs::path& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return Fail(IoError(codes::kWriteFailed, "write", path, errno));
    bytes.remove_prefix(static_cast<size_t>(put));
  }
  return {};
}

Status Sync(const FileDescriptor& file, const fs::path& path) {
  if (::fdatasync(file.get()) != 0) return Fail(IoError(codes::kWriteFailed, "sync", path, errno));
  return {};
}

Status SyncFolder(const fs::path& folder) {
  FileDescriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.IsOpen()) return Fail(IoError(codes::kWriteFailed, "open", folder, errno));
  if (::fsync(file.get()) != 0 && errno != EINVAL) return Fail(IoError(codes::kWriteFailed, "sync", folder, errno));
  return {};
}

Result<std::string> ReadWhole(const fs::path& path) {
  MIQ_ASSIGN(const FileDescriptor file, OpenForReading(path));
  std::string bytes;
  for (;;) {
    const size_t before = bytes.size();
    bytes.resize(before + (size_t{1} << 16));
    MIQ_ASSIGN(const size_t got,
               ReadAt(file, path, bytes.data() + before, bytes.size() - before, static_cast<int64_t>(before)));
    bytes.resize(before + got);
    if (got == 0) return bytes;
  }
}

Status WriteAtomically(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = path.string() + ".tmp";
  {
    MIQ_ASSIGN(const FileDescriptor file, OpenForWriting(temporary));
    if (::ftruncate(file.get(), 0) != 0) return Fail(IoError(codes::kWriteFailed, "write", temporary, errno));
    MIQ_TRY(WriteAll(file, temporary, bytes));
    MIQ_TRY(Sync(file, temporary));
  }
  return Rename(temporary, path);
}

Status Rename(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) {
    return Fail(IoError(codes::kWriteFailed, "rename " + from.string() + " to", to, errno));
  }
  const fs::path folder = to.parent_path().empty() ? fs::path(".") : to.parent_path();
  return SyncFolder(folder);
}

Status RemoveAll(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) return Fail(IoError(codes::kWriteFailed, "remove", path, error.value()));
  return {};
}

Status MakeFolder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return Fail(IoError(codes::kConnOpenFile, "create the folder", path, error.value()));
  return {};
}

namespace {

constexpr int64_t kSampleBytes = 4096;
constexpr int64_t kSamples = 16;

Result<uint64_t> HashSamples(const FileDescriptor& file, const fs::path& path, int64_t size) {
  std::vector<char> sample(kSampleBytes);
  uint64_t hash = static_cast<uint64_t>(size);
  const int64_t last = std::max<int64_t>(0, size - kSampleBytes);
  for (int64_t i = 0; i <= kSamples; ++i) {
    MIQ_ASSIGN(const size_t got, ReadAt(file, path, sample.data(), sample.size(), last / kSamples * i));
    hash = XXH3_64bits_withSeed(sample.data(), got, hash);
    if (last == 0) break;
  }
  MIQ_ASSIGN(const size_t got, ReadAt(file, path, sample.data(), sample.size(), last));
  return XXH3_64bits_withSeed(sample.data(), got, hash);
}

}  // namespace

Result<FileIdentity> Identify(const fs::path& path) {
  MIQ_ASSIGN(const FileDescriptor file, OpenForReading(path));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return Fail(IoError(codes::kConnOpenFile, "look at", path, errno));
  if (S_ISDIR(status.st_mode)) return Fail(IoError(codes::kConnOpenFile, "read", path, EISDIR));
  FileIdentity identity;
  identity.size = status.st_size;
  identity.mtime_ns = static_cast<int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
  MIQ_ASSIGN(identity.hash, HashSamples(file, path, identity.size));
  return identity;
}

Status CheckUnchanged(const fs::path& path, const FileIdentity& identity) {
  MIQ_ASSIGN(const FileIdentity now, Identify(path));
  if (now == identity) return {};
  std::string what = now.size != identity.size ? "its size went from " + std::to_string(identity.size) + " to " +
                                                     std::to_string(now.size) + " bytes"
                                               : "it was written again";
  return Fail(codes::kRunChanged, path.string() + " changed since it was looked at: " + what);
}

}  // namespace migrateiq::files
