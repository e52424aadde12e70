#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "pipeline/connector/files/manifest.hpp"

namespace migrateiq::files {

/// What a format tells the parts beneath it.
struct FormatTraits {
  std::string_view suffix;                 ///< of what is written: ".csv"
  std::vector<std::string_view> suffixes;  ///< of what is read from a folder, lower case
  bool appendable = false;                 ///< later chunks may be appended to a part (text formats)
  int64_t part_bytes = int64_t{1} << 30;   ///< a part is not appended to beyond this
  int64_t chunk_bytes = int64_t{64} << 20;
};

/// The part that one writer has to itself until it commits or gives it back.
struct PartLease {
  std::string run_id;
  TableName table;
  std::string name;
  std::filesystem::path path;
  int64_t bytes = 0;  ///< committed so far; whatever lies behind must be cut off before writing
  int64_t rows = 0;
  bool ours = false;  ///< taken and not yet released
};

/// Unpublished parts: `DIR/_migrateiq_<run>/<table>/part-NNNN.csv`. Shared by a target and its writers; thread-safe.
///
/// A chunk is written so: BeginChunk, TakePart, the rows, sync, Commit. Give the lease back with Release on every other
/// way out; EndChunk always.
class Staging {
 public:
  Staging(std::filesystem::path folder, const FormatTraits& traits, int parts)
      : manifest_(std::move(folder)), traits_(traits), wanted_parts_(parts) {}

  Manifest& manifest() { return manifest_; }
  const FormatTraits& traits() const { return traits_; }
  int wanted_parts() const { return wanted_parts_; }

  /// False when the chunk is in the ledger. Waits while another writer has it open. kRunInterrupted when stopped.
  Result<bool> BeginChunk(const ChunkKey& key, std::stop_token stop);
  void EndChunk(const ChunkKey& key);

  /// For appendable formats a part with room that nobody writes to (waiting until there is one), else always a new one.
  /// An appendable table that is already published as one file begins as a copy of it (that is how rows are added).
  Result<PartLease> TakePart(const std::string& run_id, const TableName& table, std::stop_token stop);
  void Release(PartLease& lease);

  /// One change of the manifest: the ledger line, and the part at its new length. Releases the lease.
  /// kRunHeld when somebody else changed the part meanwhile.
  Status Commit(const LedgerLine& line, PartLease& lease, int64_t bytes, int64_t rows);

  std::filesystem::path RunFolder(const std::string& run_id) const;
  std::filesystem::path TableFolder(const std::string& run_id, const TableName& table) const;

 private:
  Result<std::optional<PartLease>> TryTakePart(const std::string& run_id, const TableName& table);
  Result<PartLease> AddPart(const std::string& run_id, const TableName& table, const TableEntry& entry);
  Result<PartLease> MakeLease(const std::string& run_id, const TableName& table, const PartEntry& part);
  Result<std::string> Seed(const PartLease& lease);
  std::string NextName(const std::string& run_id, const TableName& table, const TableEntry& entry) const;

  Manifest manifest_;
  FormatTraits traits_;
  int wanted_parts_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<std::string> open_chunks_;
  std::set<std::string> taken_parts_;  ///< paths
};

/// Identity of a published file, as recorded when a part begins as its copy.
Result<std::string> SeedIdentity(const std::filesystem::path& file);

}  // namespace migrateiq::files
