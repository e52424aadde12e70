#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq {

/// Bytes that do not fit into memory: one temporary file without a name, which goes with the process. Thread-safe.
class SpillFile {
 public:
  /// In $TMPDIR, else /tmp. Errors: kConnOpenFile.
  static Result<std::unique_ptr<SpillFile>> Make();
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  /// Where the bytes begin. Errors: kConnDiskFull.
  Result<int64_t> Append(std::string_view bytes);
  /// Exactly `size` bytes.
  Status Read(int64_t offset, void* out, size_t size) const;

 private:
  explicit SpillFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
  std::atomic<int64_t> end_ = 0;
};

}  // namespace migrateiq
