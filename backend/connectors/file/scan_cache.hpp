#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "connectors/file/text_scan.hpp"

namespace migrateiq::file {

/// The scans that some source of this process still holds: a run that follows its own preview need not read the files
/// once more. Owns none of them. Thread-safe.
class ScanCache {
 public:
  static ScanCache& Instance();

  /// A scan with guesses of the same version of the file under the same format; null when nobody holds one.
  std::shared_ptr<const TextScan> Find(const TextFormat& format, const TextFile& file);
  void Put(const TextFormat& format, const std::shared_ptr<const TextScan>& scan);

 private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<const TextScan>> scans_;
};

}  // namespace migrateiq::file
