#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>

#include "base/error.hpp"

namespace migrateiq {

/// A run's one controller: a locked file in the state folder that names the process. The system releases it when the
/// process ends, however it ends.
class RunLock {
 public:
  /// Errors: kRunHeld naming the process; kStateOpen.
  static Result<RunLock> Acquire(const std::string& folder, const std::string& run_id);
  /// The process that holds the run, if any.
  static std::optional<pid_t> Holder(const std::string& folder, const std::string& run_id);

  RunLock(RunLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  RunLock& operator=(RunLock&&) = delete;
  ~RunLock();

 private:
  explicit RunLock(int file) : file_(file) {}
  int file_;
};

}  // namespace migrateiq
