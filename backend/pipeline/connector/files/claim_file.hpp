#pragma once

#include <filesystem>
#include <string_view>

#include "pipeline/connector/files/io.hpp"

namespace migrateiq::files {

/// Names held among processes through locks on a file of ours, which the system frees however a process ends. The file
/// is made by the first claim and removed by the last holder; what a crash leaves of it is harmless. On a file system
/// without locks, and where the file cannot be made (then nothing can be written there at all), everybody gets
/// everything.
class ClaimFile {
 public:
  explicit ClaimFile(std::filesystem::path path) : path_(std::move(path)) {}
  ~ClaimFile();
  ClaimFile(const ClaimFile&) = delete;
  ClaimFile& operator=(const ClaimFile&) = delete;

  /// False when another ClaimFile, here or in another process, holds the name. Idempotent.
  Result<bool> Claim(std::string_view name);

 private:
  bool IsCurrent() const;

  std::filesystem::path path_;
  FileDescriptor file_;
};

}  // namespace migrateiq::files
