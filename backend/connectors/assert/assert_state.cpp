#include "connectors/assert/assert_state.hpp"

#include "base/errors/run.hpp"

namespace migrateiq::checking {

std::shared_ptr<AssertState> AssertState::Of(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<AssertState>> states;  // outlives every run of the process
  const std::scoped_lock lock(mutex);
  auto& state = states[name];
  if (!state) state = std::make_shared<AssertState>();
  return state;
}

Result<bool> AssertState::OpenChunk(const ChunkKey& key, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const Key id = KeyOf(key);
  if (!closed_.wait(lock, stop, [&] { return !open_.contains(id); })) {
    return Fail(codes::kRunInterrupted, "stopped while another writer had the chunk open");
  }
  if (lines_.contains(id)) return false;
  open_.insert(id);
  return true;
}

void AssertState::CloseChunk(const ChunkKey& key) {
  const std::scoped_lock lock(mutex_);
  open_.erase(KeyOf(key));
  closed_.notify_all();
}

bool AssertState::CountAndFail(int64_t rows, const AssertOptions& options) {
  const std::scoped_lock lock(mutex_);
  written_ += rows;
  if (options.fail_after < 0 || written_ <= options.fail_after || failed_ >= options.fail_times) return false;
  ++failed_;
  return true;
}

void AssertState::Commit(const LedgerLine& line, const TableName& table, const SchemaPtr& schema,
                         std::vector<Batch> kept) {
  const std::scoped_lock lock(mutex_);
  lines_[KeyOf(line.key)] = line;
  open_.erase(KeyOf(line.key));
  closed_.notify_all();
  if (kept.empty()) return;
  auto& into = kept_[table];
  if (!into) into = std::make_shared<KeptTable>(KeptTable{.schema = schema});
  for (Batch& batch : kept) {
    into->rows += batch.rows;
    into->batches.push_back(std::move(batch));
  }
}

std::vector<LedgerLine> AssertState::Lines(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  std::vector<LedgerLine> lines;
  for (const auto& [key, line] : lines_) {
    if (line.key.run_id == run_id) lines.push_back(line);
  }
  return lines;
}

bool AssertState::UpdateLine(const LedgerLine& line) {
  const std::scoped_lock lock(mutex_);
  const auto found = lines_.find(KeyOf(line.key));
  if (found != lines_.end()) found->second = line;
  return found != lines_.end();
}

void AssertState::Forget(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(lines_, [&](const auto& entry) { return entry.second.key.run_id == run_id; });
  journal_.erase(run_id);
}

bool AssertState::RaiseFence(const std::string& run_id, int64_t number) {
  const std::scoped_lock lock(mutex_);
  int64_t& fence = fences_[run_id];
  if (number < fence) return false;
  fence = number;
  return true;
}

int64_t AssertState::FenceOf(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  return fences_[run_id];
}

void AssertState::ForgetTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(lines_, [&](const auto& entry) {
    return entry.second.key.run_id == run_id && entry.second.key.table == ledger_table;
  });
  kept_.erase(table);
}

int64_t AssertState::CommittedRows(const std::string& run_id, const std::string& table) {
  int64_t rows = 0;
  for (const LedgerLine& line : Lines(run_id)) {
    if (line.key.table == table) rows += line.rows_written;
  }
  return rows;
}

void AssertState::PutJournal(const std::string& run_id, const JournalEntry& entry) {
  const std::scoped_lock lock(mutex_);
  journal_[run_id][entry.sequence] = entry;
}

std::vector<JournalEntry> AssertState::Journal(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  std::vector<JournalEntry> entries;
  for (const auto& [sequence, entry] : journal_[run_id]) entries.push_back(entry);
  return entries;
}

std::shared_ptr<const KeptTable> AssertState::Kept(const TableName& table) {
  const std::scoped_lock lock(mutex_);
  const auto found = kept_.find(table);
  return found == kept_.end() ? nullptr : found->second;
}

std::vector<TableName> AssertState::KeptNames() {
  const std::scoped_lock lock(mutex_);
  std::vector<TableName> names;
  for (const auto& [name, table] : kept_) names.push_back(name);
  return names;
}

void AssertState::Drop(const TableName& table) {
  const std::scoped_lock lock(mutex_);
  kept_.erase(table);
}

void AssertState::Rename(const TableName& from, const TableName& to) {
  const std::scoped_lock lock(mutex_);
  const auto found = kept_.find(from);
  if (found == kept_.end()) return;
  kept_[to] = found->second;
  kept_.erase(from);
}

}  // namespace migrateiq::checking
