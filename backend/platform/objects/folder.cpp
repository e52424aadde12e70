#include "platform/objects/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>

#include "base/errors/server.hpp"

namespace migrateiq::objects {

namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct CloseFolder {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

// Names are ours or checked keys; the message may show them.
std::unexpected<Error> SystemError(const std::string& name) {
  const std::string text = name + ": " + std::generic_category().message(errno);
  const bool absent = errno == ENOENT || errno == ENOTDIR;
  return Fail(absent ? codes::kObjectNotFound : codes::kObjectStore, text);
}

}  // namespace

File::~File() {
  if (number_ >= 0) ::close(number_);
}

Status File::Append(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = ::write(number_, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return SystemError("write");
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

Result<std::string> File::Read(uint64_t from, uint64_t count) const {
  MIQ_ASSIGN(const uint64_t size, Size());
  std::string bytes(static_cast<size_t>(from < size ? std::min(count, size - from) : 0), '\0');
  size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got =
        ::pread(number_, bytes.data() + filled, bytes.size() - filled, static_cast<off_t>(from + filled));
    if (got < 0 && errno != EINTR) return SystemError("read");
    if (got == 0) break;
    if (got > 0) filled += static_cast<size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

Result<uint64_t> File::Size() const {
  struct stat status {};
  if (::fstat(number_, &status) != 0) return SystemError("stat");
  return static_cast<uint64_t>(status.st_size);
}

Status File::Sync() const { return ::fsync(number_) == 0 ? Status() : SystemError("fsync"); }

Result<Folder> Folder::Open(const std::string& path) {
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::absolute(path, error).parent_path();
  if (!error) std::filesystem::create_directories(parent, error);
  ::mkdir(path.c_str(), 0700);
  const int number = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) return Fail(codes::kObjectStore, path + ": " + std::generic_category().message(errno));
  return Folder(number);
}

Folder& Folder::operator=(Folder&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Folder::~Folder() {
  if (number_ >= 0) ::close(number_);
}

Result<Folder> Folder::Enter(const std::string& name) const {
  const int number = ::openat(number_, name.c_str(), kFolderFlags);
  if (number < 0) return SystemError(name);
  return Folder(number);
}

Result<Folder> Folder::EnterOrMake(const std::string& name) const {
  const bool made = ::mkdirat(number_, name.c_str(), 0700) == 0;
  if (!made && errno != EEXIST) return SystemError(name);
  if (made && ::fsync(number_) != 0) return SystemError(name);
  return Enter(name);
}

Result<File> Folder::OpenFile(const std::string& name) const {
  const int number = ::openat(number_, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (number < 0) return SystemError(name);
  File file(number);
  struct stat status {};
  if (::fstat(number, &status) != 0 || !S_ISREG(status.st_mode)) {
    return Fail(codes::kObjectStore, name + " is not a regular file");
  }
  return file;
}

Result<File> Folder::CreateFile(const std::string& name) const {
  const int number = ::openat(number_, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (number < 0) return SystemError(name);
  return File(number);
}

Status Folder::MoveFile(const std::string& name, const Folder& to, const std::string& new_name) const {
  if (::renameat(number_, name.c_str(), to.number_, new_name.c_str()) != 0) return SystemError(new_name);
  return ::fsync(to.number_) == 0 ? Status() : SystemError(new_name);
}

Status Folder::RemoveFile(const std::string& name) const {
  return ::unlinkat(number_, name.c_str(), 0) == 0 ? Status() : SystemError(name);
}

bool Folder::RemoveFolder(const std::string& name) const {
  return ::unlinkat(number_, name.c_str(), AT_REMOVEDIR) == 0;
}

Result<std::vector<Folder::Entry>> Folder::List() const {
  const int copy = ::openat(number_, ".", kFolderFlags);
  const std::unique_ptr<DIR, CloseFolder> stream(copy < 0 ? nullptr : ::fdopendir(copy));
  if (!stream) return SystemError(".");
  std::vector<Entry> entries;
  while (const dirent* entry = ::readdir(stream.get())) {
    struct stat status {};
    const std::string name = entry->d_name;
    if (name == "." || name == ".." || ::fstatat(number_, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) entries.push_back({name, S_ISDIR(status.st_mode)});
  }
  return entries;
}

Result<Micros> Folder::ModifiedAt(const std::string& name) const {
  struct stat status {};
  if (::fstatat(number_, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return SystemError(name);
  return status.st_mtim.tv_sec * kSecond + status.st_mtim.tv_nsec / 1000;
}

}  // namespace migrateiq::objects
