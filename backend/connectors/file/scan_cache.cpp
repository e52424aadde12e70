#include "connectors/file/scan_cache.hpp"

namespace migrateiq::file {

namespace {

std::string KeyOf(const TextFormat& format, const TextFile& file) {
  return format.Key() + '\0' + std::filesystem::absolute(file.path()).lexically_normal().string();
}

}  // namespace

ScanCache& ScanCache::Instance() {
  static ScanCache cache;
  return cache;
}

std::shared_ptr<const TextScan> ScanCache::Find(const TextFormat& format, const TextFile& file) {
  const std::lock_guard guard(mutex_);
  const auto found = scans_.find(KeyOf(format, file));
  if (found == scans_.end()) return nullptr;
  std::shared_ptr<const TextScan> scan = found->second.lock();
  return scan != nullptr && scan->file->identity() == file.identity() ? scan : nullptr;
}

void ScanCache::Put(const TextFormat& format, const std::shared_ptr<const TextScan>& scan) {
  const std::lock_guard guard(mutex_);
  std::erase_if(scans_, [](const auto& entry) { return entry.second.expired(); });
  if (scan->guessed) scans_[KeyOf(format, *scan->file)] = scan;
}

}  // namespace migrateiq::file
