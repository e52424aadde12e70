#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::files {

/// One part of a table under way. What lies behind `bytes` in the file was never committed.
struct PartEntry {
  std::string name;   ///< file name inside the table's staging folder
  int64_t bytes = 0;  ///< committed length
  int64_t rows = 0;   ///< committed rows
  bool operator==(const PartEntry&) const = default;
};

/// A table that a run writes.
struct TableEntry {
  std::vector<std::pair<std::string, std::string>> columns;  ///< name and type, from CREATE TABLE; may be empty
  std::vector<PartEntry> parts;                              ///< not yet published
  bool published = false;
  std::string seed;  ///< identity of the published file that the first part began as a copy of; empty = none
  bool operator==(const TableEntry&) const = default;
};

struct RunEntry {
  std::vector<LedgerLine> ledger;
  std::vector<JournalEntry> journal;
  std::map<std::string, TableEntry> tables;

  LedgerLine* Find(const ChunkKey& key);
};

struct ManifestData {
  std::map<std::string, RunEntry> runs;
};

/// As JSON, stable and readable; the inverse fails with kStateQuery naming the place.
std::string ToJson(const ManifestData& data);
Result<ManifestData> ParseManifest(std::string_view json, const std::string& path);

/// `DIR/_migrateiq.json`: ledger and journal of a folder that runs write to. Every change is one atomic, durable
/// rewrite under a lock on the folder, so that it also holds between processes. Thread-safe.
class Manifest {
 public:
  explicit Manifest(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path path() const { return folder_ / "_migrateiq.json"; }

  /// Empty when there is no manifest.
  Result<ManifestData> Read();
  /// Applies `change` and writes; nothing is written when it fails. The file is removed when no run is left in it.
  Status Update(const std::function<Status(ManifestData&)>& change);

 private:
  Status Load();

  std::filesystem::path folder_;
  std::mutex mutex_;
  ManifestData data_;
  std::string loaded_;  ///< identity of the file that data_ mirrors
};

}  // namespace migrateiq::files
