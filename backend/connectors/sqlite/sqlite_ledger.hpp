#pragma once

#include <string>
#include <vector>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/connector/connector.hpp"

/// The tables migrateiq_chunk and migrateiq_journal. All calls may be part of an open transaction.
namespace migrateiq::sqlite {

Status CreateLedger(const Database& database);
Result<bool> HasLedger(const Database& database);

/// False when the chunk's line is there already.
Result<bool> InsertLine(const Database& database, const ChunkKey& key);
/// Fills in the line; false when there is none.
Result<bool> FillLine(const Database& database, const LedgerLine& line);
Result<std::vector<LedgerLine>> ReadLines(const Database& database, const std::string& run_id);
Status DeleteLines(const Database& database, const std::string& run_id, const std::string& table);

Status PutJournal(const Database& database, const std::string& run_id, const JournalEntry& entry);
Result<std::vector<JournalEntry>> ReadEntries(const Database& database, const std::string& run_id);
Result<std::vector<std::string>> JournalledRuns(const Database& database);
/// Forgets the run; drops both tables when no other run is in them.
Status ForgetRun(const Database& database, const std::string& run_id);

}  // namespace migrateiq::sqlite
