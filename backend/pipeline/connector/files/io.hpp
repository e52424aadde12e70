#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq::files {

/// Owns an open file. Movable; closed on destruction.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.Release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor() { Close(); }

  int get() const { return fd_; }
  bool IsOpen() const { return fd_ >= 0; }
  int Release() { return std::exchange(fd_, -1); }
  void Close();

 private:
  int fd_ = -1;
};

/// What a failed call on `path` means: no space is kConnDiskFull, everything else `code` with the system's words.
Error IoError(const ErrorCode& code, std::string_view doing, const std::filesystem::path& path, int error_number);

Result<FileDescriptor> OpenForReading(const std::filesystem::path& path);
/// Creates the file when it is missing; its contents are kept.
Result<FileDescriptor> OpenForWriting(const std::filesystem::path& path);
/// Up to `size` bytes at `offset`; fewer only at the end of the file.
Result<size_t> ReadAt(const FileDescriptor& file, const std::filesystem::path& path, char* to, size_t size,
                      int64_t offset);
Status WriteAll(const FileDescriptor& file, const std::filesystem::path& path, std::string_view bytes);
Status Sync(const FileDescriptor& file, const std::filesystem::path& path);
/// Makes renames and removals inside the folder durable.
Status SyncFolder(const std::filesystem::path& folder);
Result<std::string> ReadWhole(const std::filesystem::path& path);
/// Temporary name, fsync, rename: readers see the old or the new contents, never a mixture, also after a power cut.
Status WriteAtomically(const std::filesystem::path& path, std::string_view bytes);
Status Rename(const std::filesystem::path& from, const std::filesystem::path& to);
/// Removes a file or a whole folder; nothing there is no error.
Status RemoveAll(const std::filesystem::path& path);
Status MakeFolder(const std::filesystem::path& path);

/// What tells a file from a later version of itself. The hash is over samples (start, end and places between), so it is
/// cheap for any size; it supports size and time, it does not replace them.
struct FileIdentity {
  int64_t size = 0;
  int64_t mtime_ns = 0;
  uint64_t hash = 0;
  bool operator==(const FileIdentity&) const = default;
};
Result<FileIdentity> Identify(const std::filesystem::path& path);
/// kRunChanged when the file is not the one that was identified before.
Status CheckUnchanged(const std::filesystem::path& path, const FileIdentity& identity);

}  // namespace migrateiq::files
