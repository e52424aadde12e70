#include "pipeline/connector/files/file_target.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/connector/files/io.hpp"
#include "pipeline/connector/files/listing.hpp"

namespace migrateiq::files {

namespace fs = std::filesystem;

bool FileTarget::Forms::HasFile() const {
  std::error_code ignored;
  return fs::exists(file, ignored);
}

bool FileTarget::Forms::HasFolder() const {
  std::error_code ignored;
  return fs::is_directory(folder, ignored);
}

FileTarget::FileTarget(std::string folder, const FormatTraits& traits, const FileDialect& dialect,
                       const OpenOptions& options)
    : staging_(std::make_shared<Staging>(std::move(folder), traits, options.parts)),
      dialect_(dialect),
      options_(options),
      claims_(staging_->manifest().folder() / (std::string(kOwnPrefix) + ".claims")) {}

FileTarget::Forms FileTarget::FormsOf(const TableName& table) const {
  const std::string name = EncodeFileName(table.ToString());
  const fs::path& root = staging_->manifest().folder();
  return {.file = root / (name + std::string(staging_->traits().suffix)), .folder = root / name};
}

Status FileTarget::Claim(const std::vector<TableName>& tables) {
  MIQ_TRY(MakeFolder(staging_->manifest().folder()));
  for (const TableName& table : tables) {
    MIQ_ASSIGN(const bool ours, claims_.Claim(table.ToString()));
    if (!ours) return Fail(TableIsHeld(table, ""));
  }
  return {};
}

Status FileTarget::Prepare() {
  const fs::path& folder = staging_->manifest().folder();
  MIQ_TRY(MakeFolder(folder));
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return Fail(IoError(codes::kConnOpenFile, "write into", folder, errno));
  MIQ_TRY(RemoveAll(staging_->manifest().path().string() + ".tmp"));
  MIQ_TRY(staging_->manifest().Read());
  return {};
}

Result<std::vector<LedgerLine>> FileTarget::ReadLedger(const std::string& run_id) {
  MIQ_ASSIGN(ManifestData data, staging_->manifest().Read());
  return std::move(data.runs[run_id].ledger);
}

Result<std::vector<JournalEntry>> FileTarget::ReadJournal(const std::string& run_id) {
  MIQ_ASSIGN(ManifestData data, staging_->manifest().Read());
  std::vector<JournalEntry> journal = std::move(data.runs[run_id].journal);
  std::ranges::sort(journal, {}, &JournalEntry::sequence);
  return journal;
}

Result<std::vector<std::string>> FileTarget::JournalledRuns() {
  MIQ_ASSIGN(const ManifestData data, staging_->manifest().Read());
  std::vector<std::string> runs;
  for (const auto& [id, run] : data.runs) {
    if (!run.journal.empty()) runs.push_back(id);
  }
  return runs;
}

Status FileTarget::EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) {
  const Forms forms = FormsOf(table);
  MIQ_TRY(staging_->manifest().Update([&](ManifestData& data) -> Status {
    RunEntry& run = data.runs[run_id];
    std::erase_if(run.ledger, [&](const LedgerLine& line) { return line.key.table == ledger_table; });
    TableEntry& entry = run.tables[table.ToString()];
    entry = {.columns = std::move(entry.columns)};
    return {};
  }));
  MIQ_TRY(RemoveAll(staging_->TableFolder(run_id, table)));
  MIQ_TRY(RemoveAll(forms.file));
  MIQ_TRY(RemoveAll(forms.folder));
  return SyncFolder(staging_->manifest().folder());
}

Status FileTarget::UpdateLedger(const LedgerLine& line) {
  return staging_->manifest().Update([&line](ManifestData& data) -> Status {
    LedgerLine* found = data.runs[line.key.run_id].Find(line.key);
    if (found == nullptr) return Fail(codes::kInternal, "no ledger line for chunk " + line.key.chunk);
    *found = line;
    return {};
  });
}

Status FileTarget::AppendJournal(const std::string& run_id, const JournalEntry& entry) {
  return staging_->manifest().Update([&](ManifestData& data) -> Status {
    std::vector<JournalEntry>& journal = data.runs[run_id].journal;
    const auto found = std::ranges::find(journal, entry.sequence, &JournalEntry::sequence);
    if (found == journal.end())
      journal.push_back(entry);
    else
      *found = entry;
    return {};
  });
}

Status FileTarget::ForgetRun(const std::string& run_id) {
  std::error_code ignored;
  if (!fs::exists(staging_->manifest().folder(), ignored)) return {};
  MIQ_TRY(RemoveAll(staging_->RunFolder(run_id)));
  return staging_->manifest().Update([&run_id](ManifestData& data) -> Status {
    data.runs.erase(run_id);
    return {};
  });
}

Status FileTarget::Execute(const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) {
    if (const auto create = ParseCreate(statement)) {
      MIQ_TRY(Create(*create));
    } else if (const auto table = ParseDrop(statement)) {
      MIQ_TRY(Drop(*table));
    } else {
      return Fail(codes::kSchemaUnsupported, "files have no SQL: " + statement);
    }
  }
  return {};
}

Status FileTarget::Create(const CreateStatement& create) {
  const bool exists = FormsOf(create.table).Exists();
  return staging_->manifest().Update([&](ManifestData& data) -> Status {
    std::map<std::string, TableEntry>& tables = data.runs[options_.run_id].tables;
    if (exists && !tables.contains(create.table.ToString())) {
      return Fail(Error(codes::kSchemaExists, "there is already a file for it").Table(create.table.ToString()));
    }
    tables[create.table.ToString()].columns = create.columns;
    return {};
  });
}

Status FileTarget::Drop(const TableName& table) {
  const Forms forms = FormsOf(table);
  MIQ_TRY(RemoveAll(forms.file));
  MIQ_TRY(RemoveAll(forms.folder));
  if (!options_.run_id.empty()) MIQ_TRY(RemoveAll(staging_->TableFolder(options_.run_id, table)));
  MIQ_TRY(SyncFolder(staging_->manifest().folder()));
  return staging_->manifest().Update([&](ManifestData& data) -> Status {
    const auto run = data.runs.find(options_.run_id);
    if (run != data.runs.end()) run->second.tables.erase(table.ToString());
    return {};
  });
}

Result<QueryRows> FileTarget::Query(const std::string&) {
  return Fail(codes::kSchemaUnsupported, "files cannot be queried by SQL");
}

int FileTarget::max_writers() const { return std::max(2, static_cast<int>(std::thread::hardware_concurrency())); }

TableName FileTarget::ShadowName(const TableName& live, const std::string& run_id) const {
  return {.schema = "", .name = std::string(kOwnPrefix) + "_new_" + run_id + "_" + live.ToString()};
}

TableName FileTarget::AsideName(const TableName& live, const std::string& run_id) const {
  return {.schema = "", .name = std::string(kOwnPrefix) + "_old_" + run_id + "_" + live.ToString()};
}

Status FileTarget::MoveTable(const TableName& from, const TableName& to) {
  const Forms source = FormsOf(from), target = FormsOf(to);
  if (source.HasFile()) MIQ_TRY(Rename(source.file, target.file));
  if (source.HasFolder()) MIQ_TRY(Rename(source.folder, target.folder));
  return {};
}

Status FileTarget::Swap(const std::vector<SwapTable>& tables) {
  for (const SwapTable& table : tables) {
    if (!FormsOf(table.shadow).Exists()) {
      if (FormsOf(table.live).Exists()) continue;  // done before
      return Fail(Error(codes::kSchemaMissing, "nothing was loaded to take its place").Table(table.live.ToString()));
    }
    if (FormsOf(table.live).Exists()) {
      if (FormsOf(table.aside).Exists()) {
        return Fail(Error(codes::kSchemaExists, "the old one was already put aside, and there is a new one")
                        .Table(table.live.ToString()));
      }
      MIQ_TRY(MoveTable(table.live, table.aside));
    }
    MIQ_TRY(MoveTable(table.shadow, table.live));
  }
  return {};
}

Status FileTarget::SwapBack(const std::vector<SwapTable>& tables) {
  for (const SwapTable& table : tables) {
    if (!FormsOf(table.aside).Exists()) continue;  // done before, or there was none
    MIQ_TRY(RemoveAll(FormsOf(table.live).file));
    MIQ_TRY(RemoveAll(FormsOf(table.live).folder));
    MIQ_TRY(MoveTable(table.aside, table.live));
  }
  return {};
}

Result<std::vector<TableName>> FileTarget::NonEmpty(const std::vector<TableName>& tables) {
  std::vector<TableName> found;
  for (const TableName& table : tables) {
    if (!FormsOf(table).Exists()) continue;
    const std::string folder = staging_->manifest().folder().string();
    MIQ_ASSIGN(const FileTable listed, FindTable(folder, staging_->traits().suffixes, table));
    bool any = false;
    for (size_t i = 0; i < listed.files.size() && !any; ++i) { MIQ_ASSIGN(any, HasRows(listed.files[i])); }
    if (any) found.push_back(table);
  }
  return found;
}

}  // namespace migrateiq::files
