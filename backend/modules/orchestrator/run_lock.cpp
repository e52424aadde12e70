#include "modules/orchestrator/run_lock.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/errors/run.hpp"

namespace migrateiq {

namespace {

std::string LockPath(const std::string& folder, const std::string& run_id) { return folder + "/locks/" + run_id; }

pid_t ReadProcess(int file) {
  char text[32] = {};
  const ssize_t size = ::pread(file, text, sizeof text - 1, 0);
  return size > 0 ? static_cast<pid_t>(std::atol(text)) : 0;
}

// Locks of the open file, which unlike flock's can be asked about without taking them.
int LockFile(int file, int command, struct flock& lock) {
  lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  return ::fcntl(file, command, &lock);
}

std::string HolderName(pid_t process) { return process > 0 ? "process " + std::to_string(process) : "another process"; }

}  // namespace

Result<RunLock> RunLock::Acquire(const std::string& folder, const std::string& run_id) {
  std::error_code ignored;
  std::filesystem::create_directory(folder + "/locks", ignored);
  const std::string path = LockPath(folder, run_id);
  RunLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.file_ < 0) return Fail(codes::kStateOpen, path + ": " + std::generic_category().message(errno));
  struct flock request {};
  if (LockFile(lock.file_, F_OFD_SETLK, request) != 0) {
    return Fail(codes::kRunHeld, "run " + run_id + " is controlled by " + HolderName(ReadProcess(lock.file_)));
  }
  const std::string text = std::to_string(::getpid()) + "\n";
  const bool written = ::ftruncate(lock.file_, 0) == 0 &&
                       ::pwrite(lock.file_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
  if (!written) return Fail(codes::kStateOpen, path + ": " + std::generic_category().message(errno));
  return lock;
}

std::optional<pid_t> RunLock::Holder(const std::string& folder, const std::string& run_id) {
  const int file = ::open(LockPath(folder, run_id).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct flock found {};
  const bool held = LockFile(file, F_OFD_GETLK, found) == 0 && found.l_type != F_UNLCK;
  const pid_t process = held ? ReadProcess(file) : 0;
  ::close(file);
  return held ? std::optional(process) : std::nullopt;
}

RunLock::~RunLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace migrateiq
