#pragma once

#include <string>
#include <vector>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

/// The statements over our two tables, which live in the database itself or in the ledger schema. Pure.
class LedgerSql {
 public:
  explicit LedgerSql(std::string schema) : schema_(std::move(schema)) {}
  /// The same tables under names of the way to their end.
  LedgerSql Aside() const;

  const std::string& schema() const { return schema_; }  ///< "" = the connected database
  std::string ChunkTable() const;
  std::string JournalTable() const;
  std::vector<std::string> Create() const;

  std::string InsertChunk(const ChunkKey& key) const;
  /// Raises the run's number; a later one stays.
  std::string RaiseFence(const std::string& run_id, int64_t number) const;
  /// The run's number, held until the transaction ends.
  std::string HoldFence(const std::string& run_id) const;
  std::string UpdateChunk(const LedgerLine& line) const;
  std::string SelectChunks(const std::string& run_id) const;
  std::string DeleteChunks(const std::string& run_id, const std::string& table) const;
  std::string DeleteRun(const std::string& run_id, bool journal) const;
  std::string UpsertJournal(const std::string& run_id, const JournalEntry& entry) const;
  std::string SelectJournal(const std::string& run_id) const;
  std::string SelectJournalledRuns() const;

 private:
  std::string schema_;
  std::string suffix_;
};

LedgerLine LedgerLineOf(const std::vector<std::optional<std::string>>& row, const std::string& run_id);
JournalEntry JournalEntryOf(const std::vector<std::optional<std::string>>& row);

}  // namespace migrateiq::mysql
