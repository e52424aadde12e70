#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/connector/files/file_target.hpp"
#include "pipeline/connector/files/io.hpp"
#include "pipeline/connector/files/listing.hpp"

// How parts become a table that users see. Each step may be the last before a crash; each is repeatable after one.
namespace migrateiq::files {

namespace fs = std::filesystem;

namespace {

/// Cuts off what an unfinished chunk left behind the committed length. False when the part was moved away before.
Result<bool> TrimPart(const fs::path& path, int64_t bytes) {
  std::error_code error;
  if (!fs::exists(path, error)) return false;
  if (fs::file_size(path, error) == static_cast<uintmax_t>(bytes)) return true;
  if (::truncate(path.c_str(), bytes) != 0) return Fail(IoError(codes::kWriteFailed, "truncate", path, errno));
  MIQ_ASSIGN(const FileDescriptor file, OpenForWriting(path));
  MIQ_TRY(Sync(file, path));
  return true;
}

/// "part-0001.csv", or the first number after it that is free in the folder.
fs::path FreePart(const fs::path& folder, std::string_view suffix) {
  for (int number = 1;; ++number) {
    fs::path path = folder / fmt::format("part-{:04}{}", number, suffix);
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return path;
  }
}

std::vector<PartEntry> Committed(const TableEntry& entry) {
  std::vector<PartEntry> parts;
  std::ranges::copy_if(entry.parts, std::back_inserter(parts), [](const PartEntry& part) { return part.bytes > 0; });
  std::ranges::sort(parts, {}, &PartEntry::name);
  return parts;
}

}  // namespace

Status FileTarget::Publish(const std::string& run_id, const TableName& table) {
  MIQ_ASSIGN(ManifestData data, staging_->manifest().Read());
  TableEntry entry = std::move(data.runs[run_id].tables[table.ToString()]);
  const bool begun = !entry.parts.empty();
  entry.parts = Committed(entry);
  if (entry.published && entry.parts.empty()) return {};
  MIQ_TRY(entry.parts.empty() ? PublishEmpty(run_id, table, entry, begun) : PublishParts(run_id, table, entry));
  MIQ_TRY(staging_->manifest().Update([&](ManifestData& now) -> Status {
    TableEntry& done = now.runs[run_id].tables[table.ToString()];
    done = {.columns = std::move(done.columns), .published = true};
    return {};
  }));
  MIQ_TRY(RemoveAll(staging_->TableFolder(run_id, table)));
  ::rmdir(staging_->RunFolder(run_id).c_str());  // succeeds when this was the last table
  return {};
}

Status FileTarget::PublishEmpty(const std::string& run_id, const TableName& table, const TableEntry& entry,
                                bool begun) {
  const Forms forms = FormsOf(table);
  if (forms.Exists()) return {};
  if (entry.columns.empty() && !begun) {
    return Fail(Error(codes::kSchemaMissing, "nothing is known of the table to publish").Table(table.ToString()));
  }
  std::vector<Field> columns;
  for (const auto& [name, native] : entry.columns) {
    MIQ_ASSIGN(LogicalType type, ParseTypeName(native));
    columns.push_back({.name = name, .type = std::move(type)});
  }
  const fs::path folder = staging_->TableFolder(run_id, table);
  MIQ_TRY(MakeFolder(folder));
  const fs::path part = folder / ("empty" + std::string(staging_->traits().suffix));
  MIQ_TRY(WriteEmpty(part, columns));
  return Rename(part, forms.file);
}

Status FileTarget::PublishParts(const std::string& run_id, const TableName& table, const TableEntry& entry) {
  const Forms forms = FormsOf(table);
  const bool in_the_way = forms.HasFile() && entry.seed.empty();
  const bool one = entry.parts.size() == 1 && staging_->wanted_parts() <= 1 && !forms.HasFolder();
  std::error_code ignored;
  const bool moved = !fs::exists(staging_->TableFolder(run_id, table) / entry.parts[0].name, ignored);
  if (one && (!in_the_way || moved)) return PublishFile(run_id, table, entry);
  return PublishFolder(run_id, table, entry);
}

Status FileTarget::PublishFile(const std::string& run_id, const TableName& table, const TableEntry& entry) {
  const fs::path part = staging_->TableFolder(run_id, table) / entry.parts[0].name;
  const Forms forms = FormsOf(table);
  MIQ_ASSIGN(const bool there, TrimPart(part, entry.parts[0].bytes));
  if (!there) return {};
  if (forms.HasFile()) {
    MIQ_ASSIGN(const std::string now, SeedIdentity(forms.file));
    if (now != entry.seed)
      return Fail(codes::kRunChanged, forms.file.string() + " changed while rows were added to it");
  }
  return Rename(part, forms.file);
}

Status FileTarget::KeepOnlyCommitted(const fs::path& folder, const TableEntry& entry) {
  std::error_code error;
  std::vector<fs::path> found;
  for (const auto& file : fs::directory_iterator(folder, error)) found.push_back(file.path());
  if (error) return Fail(IoError(codes::kWriteFailed, "list", folder, error.value()));
  for (const fs::path& path : found) {
    const auto part = std::ranges::find(entry.parts, path.filename().string(), &PartEntry::name);
    if (part == entry.parts.end())
      MIQ_TRY(RemoveAll(path));
    else
      MIQ_TRY(TrimPart(path, part->bytes));
  }
  return SyncFolder(folder);
}

Status FileTarget::PublishFolder(const std::string& run_id, const TableName& table, const TableEntry& entry) {
  const Forms forms = FormsOf(table);
  const std::string_view suffix = staging_->traits().suffix;
  const fs::path staging = staging_->TableFolder(run_id, table);
  const bool keep_file = forms.HasFile() && entry.seed.empty();
  std::error_code ignored;
  if (!keep_file && !forms.HasFolder() && fs::exists(staging, ignored)) {
    MIQ_TRY(KeepOnlyCommitted(staging, entry));
    MIQ_TRY(Rename(staging, forms.folder));
    return entry.seed.empty() ? Status() : RemoveAll(forms.file);
  }
  MIQ_TRY(MakeFolder(forms.folder));
  if (keep_file) MIQ_TRY(Rename(forms.file, FreePart(forms.folder, suffix)));
  for (const PartEntry& part : entry.parts) {
    const fs::path staged = staging / part.name;
    MIQ_ASSIGN(const bool there, TrimPart(staged, part.bytes));
    if (there) MIQ_TRY(Rename(staged, FreePart(forms.folder, suffix)));
  }
  if (!entry.seed.empty()) MIQ_TRY(RemoveAll(forms.file));
  return SyncFolder(staging_->manifest().folder());
}

}  // namespace migrateiq::files
