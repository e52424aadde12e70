#include "connectors/mysql/mysql_ledger.hpp"

#include <charconv>

#include "connectors/mysql/mysql_catalog.hpp"

namespace migrateiq::mysql {

namespace {

using Row = std::vector<std::optional<std::string>>;

std::string Equals(const ChunkKey& key) {
  return "run_id = " + QuoteText(key.run_id) + " AND table_name = " + QuoteText(key.table) +
         " AND chunk = " + QuoteText(key.chunk);
}

template <class T>
T NumberAt(const Row& row, size_t column) {
  T value{};
  const auto& text = row[column];
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

// Names, runs and chunks are compared byte for byte, whatever the database's own collation is.
constexpr const char* kOptions = ") ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

}  // namespace

LedgerSql LedgerSql::Aside() const {
  LedgerSql aside(schema_);
  aside.suffix_ = kAsideSuffix;
  return aside;
}

std::string LedgerSql::ChunkTable() const { return QuoteName(TableName{schema_, std::string(kChunkTable) + suffix_}); }
std::string LedgerSql::JournalTable() const {
  return QuoteName(TableName{schema_, std::string(kJournalTable) + suffix_});
}

std::vector<std::string> LedgerSql::Create() const {
  return {"CREATE TABLE IF NOT EXISTS " + ChunkTable() +
              " (run_id varchar(64) NOT NULL, table_name varchar(300) NOT NULL, chunk varchar(128) NOT NULL, "
              "rows_read bigint NOT NULL DEFAULT 0, rows_written bigint NOT NULL DEFAULT 0, "
              "rows_quarantined bigint NOT NULL DEFAULT 0, rows_filtered bigint NOT NULL DEFAULT 0, "
              "bytes bigint NOT NULL DEFAULT 0, digest char(32) NULL, digest_rows bigint unsigned NOT NULL DEFAULT 0, "
              "details longtext NULL, committed_at datetime(6) NULL, PRIMARY KEY (run_id, table_name, chunk)" +
              kOptions,
          "CREATE TABLE IF NOT EXISTS " + JournalTable() +
              " (run_id varchar(64) NOT NULL, sequence bigint NOT NULL, kind varchar(64) NOT NULL, "
              "object text NOT NULL, detail longtext NOT NULL, done tinyint(1) NOT NULL DEFAULT 0, "
              "PRIMARY KEY (run_id, sequence)" +
              kOptions};
}

std::string LedgerSql::InsertChunk(const ChunkKey& key) const {
  return "INSERT INTO " + ChunkTable() + " (run_id, table_name, chunk) VALUES (" + QuoteText(key.run_id) + ", " +
         QuoteText(key.table) + ", " + QuoteText(key.chunk) + ")";
}

// The number stands in a line of its own, which no table's name can be that of.
std::string LedgerSql::RaiseFence(const std::string& run_id, int64_t number) const {
  return "INSERT INTO " + ChunkTable() + " (run_id, table_name, chunk, digest_rows) VALUES (" + QuoteText(run_id) +
         ", '', 'fence', " + std::to_string(number) +
         ") ON DUPLICATE KEY UPDATE digest_rows = GREATEST(digest_rows, VALUES(digest_rows))";
}

std::string LedgerSql::HoldFence(const std::string& run_id) const {
  return "SELECT digest_rows FROM " + ChunkTable() + " WHERE run_id = " + QuoteText(run_id) +
         " AND table_name = '' AND chunk = 'fence' LOCK IN SHARE MODE";
}

std::string LedgerSql::UpdateChunk(const LedgerLine& line) const {
  return "UPDATE " + ChunkTable() + " SET rows_read = " + std::to_string(line.rows_read) +
         ", rows_written = " + std::to_string(line.rows_written) +
         ", rows_quarantined = " + std::to_string(line.rows_quarantined) +
         ", rows_filtered = " + std::to_string(line.rows_filtered) + ", bytes = " + std::to_string(line.bytes) +
         ", digest = " + QuoteText(line.digest.ToHex()) + ", digest_rows = " + std::to_string(line.digest.rows) +
         ", details = " + QuoteText(line.details) + ", committed_at = UTC_TIMESTAMP(6) WHERE " + Equals(line.key);
}

std::string LedgerSql::SelectChunks(const std::string& run_id) const {
  return "SELECT table_name, chunk, rows_read, rows_written, rows_quarantined, rows_filtered, bytes, digest, "
         "digest_rows, details FROM " +
         ChunkTable() + " WHERE run_id = " + QuoteText(run_id) + " AND table_name <> '' ORDER BY table_name, chunk";
}

std::string LedgerSql::DeleteChunks(const std::string& run_id, const std::string& table) const {
  return "DELETE FROM " + ChunkTable() + " WHERE run_id = " + QuoteText(run_id) +
         " AND table_name = " + QuoteText(table);
}

std::string LedgerSql::DeleteRun(const std::string& run_id, bool journal) const {
  return "DELETE FROM " + (journal ? JournalTable() : ChunkTable()) + " WHERE run_id = " + QuoteText(run_id);
}

std::string LedgerSql::UpsertJournal(const std::string& run_id, const JournalEntry& entry) const {
  return "INSERT INTO " + JournalTable() + " (run_id, sequence, kind, object, detail, done) VALUES (" +
         QuoteText(run_id) + ", " + std::to_string(entry.sequence) + ", " + QuoteText(entry.kind) + ", " +
         QuoteText(entry.object) + ", " + QuoteText(entry.detail) + ", " + (entry.done ? "1" : "0") +
         ") ON DUPLICATE KEY UPDATE kind = VALUES(kind), object = VALUES(object), detail = VALUES(detail), done = "
         "VALUES(done)";
}

std::string LedgerSql::SelectJournal(const std::string& run_id) const {
  return "SELECT sequence, kind, object, detail, done FROM " + JournalTable() + " WHERE run_id = " + QuoteText(run_id) +
         " ORDER BY sequence";
}

std::string LedgerSql::SelectJournalledRuns() const {
  return "SELECT DISTINCT run_id FROM " + JournalTable() + " ORDER BY run_id";
}

LedgerLine LedgerLineOf(const Row& row, const std::string& run_id) {
  LedgerLine line;
  line.key = {run_id, row[0].value_or(""), row[1].value_or("")};
  line.rows_read = NumberAt<int64_t>(row, 2);
  line.rows_written = NumberAt<int64_t>(row, 3);
  line.rows_quarantined = NumberAt<int64_t>(row, 4);
  line.rows_filtered = NumberAt<int64_t>(row, 5);
  line.bytes = NumberAt<int64_t>(row, 6);
  line.digest = DigestFromHex(row[7].value_or(""), NumberAt<uint64_t>(row, 8));
  line.details = row[9].value_or("");
  return line;
}

JournalEntry JournalEntryOf(const Row& row) {
  return {NumberAt<int64_t>(row, 0), row[1].value_or(""), row[2].value_or(""), row[3].value_or(""), row[4] == "1"};
}

}  // namespace migrateiq::mysql
