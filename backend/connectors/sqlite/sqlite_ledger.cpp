#include "connectors/sqlite/sqlite_ledger.hpp"

namespace migrateiq::sqlite {

namespace {

constexpr const char* kCreateSql = R"(
CREATE TABLE IF NOT EXISTS migrateiq_chunk (
  run_id TEXT NOT NULL, table_name TEXT NOT NULL, chunk TEXT NOT NULL,
  rows_read INTEGER, rows_written INTEGER, rows_quarantined INTEGER, rows_filtered INTEGER, bytes INTEGER,
  digest TEXT, digest_rows INTEGER, details TEXT,
  PRIMARY KEY (run_id, table_name, chunk)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS migrateiq_journal (
  run_id TEXT NOT NULL, sequence INTEGER NOT NULL, kind TEXT, object TEXT, detail TEXT, done INTEGER,
  PRIMARY KEY (run_id, sequence)) WITHOUT ROWID;
)";

LedgerLine LineOf(const Statement& row) {
  LedgerLine line{.key = {row.Text(0), row.Text(1), row.Text(2)},
                  .rows_read = row.Int(3),
                  .rows_written = row.Int(4),
                  .rows_quarantined = row.Int(5),
                  .rows_filtered = row.Int(6),
                  .bytes = row.Int(7)};
  line.digest = DigestFromHex(row.Text(8), static_cast<uint64_t>(row.Int(9)));
  line.details = row.Text(10);
  return line;
}

void BindKey(Statement& statement, int first, const ChunkKey& key) {
  statement.Bind(first, key.run_id);
  statement.Bind(first + 1, key.table);
  statement.Bind(first + 2, key.chunk);
}

}  // namespace

Status CreateLedger(const Database& database) { return database.Run(kCreateSql); }

Result<bool> HasLedger(const Database& database) {
  MIQ_ASSIGN(const int64_t tables, database.QueryInt("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND "
                                                     "name IN ('migrateiq_chunk', 'migrateiq_journal')"));
  return tables == 2;
}

Result<bool> InsertLine(const Database& database, const ChunkKey& key) {
  MIQ_ASSIGN(Statement insert,
             database.Prepare("INSERT INTO migrateiq_chunk (run_id, table_name, chunk) VALUES (?, ?, ?) "
                              "ON CONFLICT DO NOTHING"));
  BindKey(insert, 1, key);
  MIQ_TRY(insert.Run());
  return sqlite3_changes(database.get()) == 1;
}

Result<bool> FillLine(const Database& database, const LedgerLine& line) {
  MIQ_ASSIGN(Statement update,
             database.Prepare("UPDATE migrateiq_chunk SET rows_read = ?, rows_written = ?, rows_quarantined = ?, "
                              "rows_filtered = ?, bytes = ?, digest = ?, digest_rows = ?, details = ? "
                              "WHERE run_id = ? AND table_name = ? AND chunk = ?"));
  update.Bind(1, line.rows_read);
  update.Bind(2, line.rows_written);
  update.Bind(3, line.rows_quarantined);
  update.Bind(4, line.rows_filtered);
  update.Bind(5, line.bytes);
  update.Bind(6, line.digest.ToHex());
  update.Bind(7, static_cast<int64_t>(line.digest.rows));
  update.Bind(8, line.details);
  BindKey(update, 9, line.key);
  MIQ_TRY(update.Run());
  return sqlite3_changes(database.get()) == 1;
}

Result<std::vector<LedgerLine>> ReadLines(const Database& database, const std::string& run_id) {
  std::vector<LedgerLine> lines;
  MIQ_ASSIGN(const bool exists, HasLedger(database));
  if (!exists) return lines;
  MIQ_ASSIGN(
      Statement select,
      database.Prepare("SELECT run_id, table_name, chunk, rows_read, rows_written, rows_quarantined, rows_filtered, "
                       "bytes, digest, digest_rows, details FROM migrateiq_chunk WHERE run_id = ? "
                       "ORDER BY table_name, chunk"));
  select.Bind(1, run_id);
  while (true) {
    MIQ_ASSIGN(const bool found, select.Step());
    if (!found) return lines;
    lines.push_back(LineOf(select));
  }
}

Status DeleteLines(const Database& database, const std::string& run_id, const std::string& table) {
  MIQ_ASSIGN(const bool exists, HasLedger(database));
  if (!exists) return {};
  MIQ_ASSIGN(Statement remove, database.Prepare("DELETE FROM migrateiq_chunk WHERE run_id = ? AND table_name = ?"));
  remove.Bind(1, run_id);
  remove.Bind(2, table);
  return remove.Run();
}

Status PutJournal(const Database& database, const std::string& run_id, const JournalEntry& entry) {
  MIQ_TRY(CreateLedger(database));
  MIQ_ASSIGN(Statement put,
             database.Prepare("INSERT OR REPLACE INTO migrateiq_journal "
                              "(run_id, sequence, kind, object, detail, done) VALUES (?, ?, ?, ?, ?, ?)"));
  put.Bind(1, run_id);
  put.Bind(2, entry.sequence);
  put.Bind(3, entry.kind);
  put.Bind(4, entry.object);
  put.Bind(5, entry.detail);
  put.Bind(6, int64_t{entry.done});
  return put.Run();
}

Result<std::vector<JournalEntry>> ReadEntries(const Database& database, const std::string& run_id) {
  std::vector<JournalEntry> entries;
  MIQ_ASSIGN(const bool exists, HasLedger(database));
  if (!exists) return entries;
  MIQ_ASSIGN(Statement select, database.Prepare("SELECT sequence, kind, object, detail, done FROM migrateiq_journal "
                                                "WHERE run_id = ? ORDER BY sequence"));
  select.Bind(1, run_id);
  while (true) {
    MIQ_ASSIGN(const bool found, select.Step());
    if (!found) return entries;
    entries.push_back({select.Int(0), select.Text(1), select.Text(2), select.Text(3), select.Int(4) != 0});
  }
}

Result<std::vector<std::string>> JournalledRuns(const Database& database) {
  std::vector<std::string> runs;
  MIQ_ASSIGN(const bool exists, HasLedger(database));
  if (!exists) return runs;
  MIQ_ASSIGN(Statement select, database.Prepare("SELECT DISTINCT run_id FROM migrateiq_journal ORDER BY run_id"));
  while (true) {
    MIQ_ASSIGN(const bool found, select.Step());
    if (!found) return runs;
    runs.push_back(select.Text(0));
  }
}

Status ForgetRun(const Database& database, const std::string& run_id) {
  MIQ_ASSIGN(const bool exists, HasLedger(database));
  if (!exists) return {};
  for (const char* sql :
       {"DELETE FROM migrateiq_chunk WHERE run_id = ?", "DELETE FROM migrateiq_journal WHERE run_id = ?"}) {
    MIQ_ASSIGN(Statement remove, database.Prepare(sql));
    remove.Bind(1, run_id);
    MIQ_TRY(remove.Run());
  }
  MIQ_ASSIGN(const int64_t left, database.QueryInt("SELECT EXISTS (SELECT 1 FROM migrateiq_chunk) + "
                                                   "EXISTS (SELECT 1 FROM migrateiq_journal)"));
  if (left != 0) return {};
  return database.Run("DROP TABLE migrateiq_chunk; DROP TABLE migrateiq_journal");
}

}  // namespace migrateiq::sqlite
