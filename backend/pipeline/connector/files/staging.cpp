#include "pipeline/connector/files/staging.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "pipeline/connector/files/io.hpp"
#include "pipeline/connector/files/listing.hpp"

namespace migrateiq::files {

namespace fs = std::filesystem;

namespace {

std::string ChunkText(const ChunkKey& key) { return key.run_id + '\0' + key.table + '\0' + key.chunk; }

Error Interrupted() { return {codes::kRunInterrupted, "stopped while waiting for another writer"}; }

PartEntry* FindPart(TableEntry& entry, const std::string& name) {
  const auto found = std::ranges::find(entry.parts, name, &PartEntry::name);
  return found == entry.parts.end() ? nullptr : &*found;
}

}  // namespace

Result<std::string> SeedIdentity(const fs::path& file) {
  MIQ_ASSIGN(const FileIdentity identity, Identify(file));
  return fmt::format("{}:{}:{:016x}", identity.size, identity.mtime_ns, identity.hash);
}

fs::path Staging::RunFolder(const std::string& run_id) const {
  return manifest_.folder() / (std::string(kOwnPrefix) + "_" + EncodeFileName(run_id));
}

fs::path Staging::TableFolder(const std::string& run_id, const TableName& table) const {
  return RunFolder(run_id) / EncodeFileName(table.ToString());
}

Result<bool> Staging::BeginChunk(const ChunkKey& key, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  const std::string text = ChunkText(key);
  if (!changed_.wait(lock, stop, [&] { return !open_chunks_.contains(text); })) return Fail(Interrupted());
  MIQ_ASSIGN(ManifestData data, manifest_.Read());
  if (data.runs[key.run_id].Find(key) != nullptr) return false;
  open_chunks_.insert(text);
  return true;
}

void Staging::EndChunk(const ChunkKey& key) {
  const std::lock_guard guard(mutex_);
  open_chunks_.erase(ChunkText(key));
  changed_.notify_all();
}

Result<PartLease> Staging::TakePart(const std::string& run_id, const TableName& table, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (stop.stop_requested()) return Fail(Interrupted());
    MIQ_ASSIGN(std::optional<PartLease> lease, TryTakePart(run_id, table));
    if (lease) return *std::move(lease);
    bool woken = false;
    changed_.wait(lock, stop, [&woken] { return std::exchange(woken, true); });
  }
}

Result<std::optional<PartLease>> Staging::TryTakePart(const std::string& run_id, const TableName& table) {
  MIQ_ASSIGN(ManifestData data, manifest_.Read());
  TableEntry& entry = data.runs[run_id].tables[table.ToString()];
  const auto wanted = static_cast<size_t>(std::max(1, wanted_parts_));
  const auto add = [&]() -> Result<std::optional<PartLease>> {
    MIQ_ASSIGN(PartLease lease, AddPart(run_id, table, entry));
    return std::optional(std::move(lease));
  };
  if (!traits_.appendable || entry.parts.size() < wanted) return add();
  std::ranges::sort(entry.parts, {}, &PartEntry::bytes);
  bool all_full = true;
  for (const PartEntry& part : entry.parts) {
    if (wanted_parts_ == 0 && part.bytes >= traits_.part_bytes) continue;
    all_full = false;
    if (taken_parts_.contains((TableFolder(run_id, table) / part.name).string())) continue;
    MIQ_ASSIGN(PartLease lease, MakeLease(run_id, table, part));
    return std::optional(std::move(lease));
  }
  if (all_full) return add();
  return std::optional<PartLease>();
}

Result<PartLease> Staging::MakeLease(const std::string& run_id, const TableName& table, const PartEntry& part) {
  MIQ_TRY(MakeFolder(TableFolder(run_id, table)));
  PartLease lease{.run_id = run_id, .table = table, .name = part.name, .path = TableFolder(run_id, table) / part.name};
  lease.bytes = part.bytes;
  lease.rows = part.rows;
  lease.ours = true;
  taken_parts_.insert(lease.path.string());
  return lease;
}

std::string Staging::NextName(const std::string& run_id, const TableName& table, const TableEntry& entry) const {
  for (int number = 1;; ++number) {
    const std::string name = fmt::format("part-{:04}{}", number, traits_.suffix);
    const bool used = std::ranges::find(entry.parts, name, &PartEntry::name) != entry.parts.end();
    if (!used && !taken_parts_.contains((TableFolder(run_id, table) / name).string())) return name;
  }
}

Result<PartLease> Staging::AddPart(const std::string& run_id, const TableName& table, const TableEntry& entry) {
  MIQ_ASSIGN(PartLease lease, MakeLease(run_id, table, {.name = NextName(run_id, table, entry)}));
  if (!traits_.appendable) return lease;
  const auto record = [&]() -> Status {
    MIQ_ASSIGN(std::string seed, entry.parts.empty() ? Seed(lease) : Result<std::string>(std::string()));
    std::error_code ignored;
    if (!seed.empty()) lease.bytes = static_cast<int64_t>(fs::file_size(lease.path, ignored));
    return manifest_.Update([&](ManifestData& data) -> Status {
      TableEntry& now = data.runs[run_id].tables[table.ToString()];
      now.parts.push_back({.name = lease.name, .bytes = lease.bytes});
      if (!seed.empty()) now.seed = std::move(seed);
      return {};
    });
  };
  const Status recorded = record();
  if (recorded) return lease;
  taken_parts_.erase(lease.path.string());
  return Fail(recorded.error());
}

Result<std::string> Staging::Seed(const PartLease& lease) {
  const fs::path live = manifest_.folder() / (EncodeFileName(lease.table.ToString()) + std::string(traits_.suffix));
  std::error_code error;
  if (!fs::is_regular_file(live, error)) return std::string();
  MIQ_ASSIGN(std::string identity, SeedIdentity(live));
  fs::copy_file(live, lease.path, fs::copy_options::overwrite_existing, error);
  if (error) return Fail(IoError(codes::kWriteFailed, "copy " + live.string() + " to", lease.path, error.value()));
  MIQ_ASSIGN(const FileDescriptor file, OpenForWriting(lease.path));
  MIQ_TRY(Sync(file, lease.path));
  return identity;
}

void Staging::Release(PartLease& lease) {
  if (!std::exchange(lease.ours, false)) return;
  const std::lock_guard guard(mutex_);
  taken_parts_.erase(lease.path.string());
  changed_.notify_all();
}

Status Staging::Commit(const LedgerLine& line, PartLease& lease, int64_t bytes, int64_t rows) {
  const bool first_use = !traits_.appendable;
  MIQ_TRY(SyncFolder(lease.path.parent_path()));
  Status done = manifest_.Update([&](ManifestData& data) -> Status {
    RunEntry& run = data.runs[line.key.run_id];
    TableEntry& table = run.tables[lease.table.ToString()];
    PartEntry* part = FindPart(table, lease.name);
    const bool as_left = first_use ? part == nullptr : part != nullptr && part->bytes == lease.bytes;
    if (run.Find(line.key) != nullptr || !as_left) {
      return Fail(codes::kRunHeld, "another process wrote to " + lease.path.string() + " meanwhile");
    }
    if (first_use && bytes > 0) part = &table.parts.emplace_back(PartEntry{.name = lease.name});
    if (part != nullptr) *part = {.name = lease.name, .bytes = bytes, .rows = lease.rows + rows};
    run.ledger.push_back(line);
    return {};
  });
  Release(lease);
  return done;
}

}  // namespace migrateiq::files
