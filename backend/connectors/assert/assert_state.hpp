#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"

namespace migrateiq::checking {

/// What the URL asks for.
struct AssertOptions {
  std::string name;                           ///< targets of the same name share their state within the process
  std::map<std::string, int64_t> table_rows;  ///< expected, by table
  int64_t rows = -1;                          ///< expected in every table; -1 = any
  int64_t fail_after = -1;                    ///< rows, then one retryable error; -1 = never
  int64_t fail_times = 1;
  int64_t refuse_every = 0;  ///< rows whose first whole number is a multiple; 0 = none
  bool memory = false;       ///< keep the rows, so that they can be read back
  bool fence = false;        ///< like a target that several processes may write for one run (they are threads here)
};

/// A table kept with memory=true.
struct KeptTable {
  SchemaPtr schema;
  std::vector<Batch> batches;
  int64_t rows = 0;
};

/// Everything an assert target remembers. Thread-safe.
class AssertState {
 public:
  /// Shared by the targets, writers and sources of one name.
  static std::shared_ptr<AssertState> Of(const std::string& name);

  /// Waits while another writer has the chunk open; false when it is committed.
  Result<bool> OpenChunk(const ChunkKey& key, const std::stop_token& stop);
  void CloseChunk(const ChunkKey& key);
  /// Counts the rows; true when this is the write that has to fail.
  bool CountAndFail(int64_t rows, const AssertOptions& options);
  void Commit(const LedgerLine& line, const TableName& table, const SchemaPtr& schema, std::vector<Batch> kept);

  std::vector<LedgerLine> Lines(const std::string& run_id);
  bool UpdateLine(const LedgerLine& line);
  void Forget(const std::string& run_id);
  /// False when a later number is set.
  bool RaiseFence(const std::string& run_id, int64_t number);
  int64_t FenceOf(const std::string& run_id);
  void ForgetTable(const std::string& run_id, const std::string& ledger_table, const TableName& table);
  int64_t CommittedRows(const std::string& run_id, const std::string& table);
  void PutJournal(const std::string& run_id, const JournalEntry& entry);
  std::vector<JournalEntry> Journal(const std::string& run_id);

  std::shared_ptr<const KeptTable> Kept(const TableName& table);
  std::vector<TableName> KeptNames();
  void Drop(const TableName& table);
  void Rename(const TableName& from, const TableName& to);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  static Key KeyOf(const ChunkKey& key) { return {key.run_id, key.table, key.chunk}; }

  std::mutex mutex_;
  std::condition_variable_any closed_;
  std::set<Key> open_;
  std::map<Key, LedgerLine> lines_;
  std::map<std::string, std::map<int64_t, JournalEntry>> journal_;
  std::map<TableName, std::shared_ptr<KeptTable>> kept_;  // shared with readers, which keep what they began to read
  std::map<std::string, int64_t> fences_;
  int64_t written_ = 0;
  int64_t failed_ = 0;
};

}  // namespace migrateiq::checking
