#pragma once

#include <string>
#include <vector>

#include "connectors/postgres/postgres_session.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::postgres {

/// The SQL of the chunk ledger and the journal, which live in a schema of ours in the target.
class Ledger {
 public:
  explicit Ledger(std::string schema) : schema_(std::move(schema)) {}

  Status Create(Session& session) const;
  Result<std::vector<LedgerLine>> Read(Session& session, const std::string& run_id) const;
  Status Update(Session& session, const LedgerLine& line) const;
  Status AppendJournal(Session& session, const std::string& run_id, const JournalEntry& entry) const;
  Result<std::vector<JournalEntry>> ReadJournal(Session& session, const std::string& run_id) const;
  Result<std::vector<std::string>> JournalledRuns(Session& session) const;
  /// Drops the run's lines; the tables and the schema too when nothing is left in them.
  Status Forget(Session& session, const std::string& run_id) const;

  std::string InsertStatement(const ChunkKey& key) const;
  /// Sets the run's number unless a later one is set (kRunHeld); waits for the chunks that hold it.
  Status Fence(Session& session, const std::string& run_id, int64_t number) const;
  /// One row, held until the transaction ends, when this is the run's number; else none.
  std::string HoldFenceStatement(const std::string& run_id, int64_t number) const;
  std::string UpdateStatement(const LedgerLine& line) const;
  std::string DeleteTableStatement(const std::string& run_id, const std::string& table) const;

 private:
  Result<bool> Exists(Session& session) const;
  std::string Chunk() const { return QuoteIdentifier(schema_) + ".chunk"; }
  std::string Journal() const { return QuoteIdentifier(schema_) + ".journal"; }
  std::string schema_;
};

}  // namespace migrateiq::postgres
