#include "connectors/postgres/postgres_ledger.hpp"

#include "base/errors/run.hpp"
#include "connectors/postgres/postgres_catalog.hpp"

namespace migrateiq::postgres {

namespace {

std::string KeyCondition(const ChunkKey& key) {
  return "run = " + QuoteText(key.run_id) + " AND tbl = " + QuoteText(key.table) +
         " AND chunk = " + QuoteText(key.chunk);
}

}  // namespace

Result<bool> Ledger::Exists(Session& session) const {
  MIQ_ASSIGN(const Rows rows, session.Query("SELECT to_regclass(" + QuoteText(Chunk()) +
                                            ") IS NOT NULL AND to_regclass(" + QuoteText(Journal()) + ") IS NOT NULL"));
  return rows.Bool(0, 0);
}

Status Ledger::Create(Session& session) const {
  MIQ_ASSIGN(const bool exists, Exists(session));
  if (exists) return {};
  const std::string comment = " IS " + QuoteText(kOwnComment) + ";";
  const Status made = session.Execute(
      "BEGIN; SELECT pg_advisory_xact_lock(hashtext('migrateiq'), hashtext(" + QuoteText(schema_) +
      "));"
      "CREATE SCHEMA IF NOT EXISTS " +
      QuoteIdentifier(schema_) +
      ";"
      "CREATE TABLE IF NOT EXISTS " +
      Chunk() +
      " (run text, tbl text, chunk text, rows_read bigint NOT NULL DEFAULT 0,"
      " rows_written bigint NOT NULL DEFAULT 0, rows_quarantined bigint NOT NULL DEFAULT 0, rows_filtered bigint NOT "
      "NULL DEFAULT 0,"
      " bytes bigint NOT NULL DEFAULT 0, digest text NOT NULL DEFAULT '', digest_rows bigint NOT NULL DEFAULT 0,"
      " details text NOT NULL DEFAULT '', committed_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (run, tbl, "
      "chunk));"
      "CREATE TABLE IF NOT EXISTS " +
      Journal() +
      " (run text, sequence bigint, kind text NOT NULL, object text NOT NULL,"
      " detail text NOT NULL, done boolean NOT NULL, PRIMARY KEY (run, sequence));"
      "COMMENT ON TABLE " +
      Chunk() + comment + "COMMENT ON TABLE " + Journal() + comment + "COMMIT");
  if (!made && !session.broken()) (void)session.Execute("ROLLBACK");
  return made;
}

Result<std::vector<LedgerLine>> Ledger::Read(Session& session, const std::string& run_id) const {
  MIQ_ASSIGN(const Rows rows,
             session.Query("SELECT tbl, chunk, rows_read, rows_written, rows_quarantined, "
                           "rows_filtered, bytes, digest, digest_rows, details FROM " +
                           Chunk() + " WHERE run = " + QuoteText(run_id) + " AND tbl <> '' ORDER BY tbl, chunk"));
  std::vector<LedgerLine> lines;
  for (int i = 0; i < rows.count(); ++i) {
    lines.push_back({.key = {run_id, rows.Text(i, 0), rows.Text(i, 1)},
                     .rows_read = rows.Int(i, 2),
                     .rows_written = rows.Int(i, 3),
                     .rows_quarantined = rows.Int(i, 4),
                     .rows_filtered = rows.Int(i, 5),
                     .bytes = rows.Int(i, 6),
                     .digest = DigestFromHex(rows.At(i, 7), static_cast<uint64_t>(rows.Int(i, 8))),
                     .details = rows.Text(i, 9)});
  }
  return lines;
}

std::string Ledger::InsertStatement(const ChunkKey& key) const {
  return "INSERT INTO " + Chunk() + " (run, tbl, chunk) VALUES (" + QuoteText(key.run_id) + ", " +
         QuoteText(key.table) + ", " + QuoteText(key.chunk) + ") ON CONFLICT DO NOTHING";
}

// The number stands in a line of its own, which no table's name can be that of.
Status Ledger::Fence(Session& session, const std::string& run_id, int64_t number) const {
  MIQ_ASSIGN(const Rows set, session.Query("INSERT INTO " + Chunk() + " AS c (run, tbl, chunk, digest_rows) VALUES (" +
                                           QuoteText(run_id) + ", '', 'fence', " + std::to_string(number) +
                                           ") ON CONFLICT (run, tbl, chunk) DO UPDATE SET digest_rows = "
                                           "EXCLUDED.digest_rows WHERE c.digest_rows <= EXCLUDED.digest_rows"));
  if (set.affected() == 1) return {};
  return Fail(codes::kRunHeld, "run " + run_id + " was taken over by another worker");
}

std::string Ledger::HoldFenceStatement(const std::string& run_id, int64_t number) const {
  return "SELECT 1 FROM " + Chunk() + " WHERE run = " + QuoteText(run_id) +
         " AND tbl = '' AND chunk = 'fence' AND digest_rows = " + std::to_string(number) + " FOR SHARE; ";
}

std::string Ledger::UpdateStatement(const LedgerLine& line) const {
  return "UPDATE " + Chunk() + " SET rows_read = " + std::to_string(line.rows_read) +
         ", rows_written = " + std::to_string(line.rows_written) +
         ", rows_quarantined = " + std::to_string(line.rows_quarantined) +
         ", rows_filtered = " + std::to_string(line.rows_filtered) + ", bytes = " + std::to_string(line.bytes) +
         ", digest = " + QuoteText(line.digest.ToHex()) + ", digest_rows = " + std::to_string(line.digest.rows) +
         ", details = " + QuoteText(line.details) + ", committed_at = now() WHERE " + KeyCondition(line.key);
}

std::string Ledger::DeleteTableStatement(const std::string& run_id, const std::string& table) const {
  return "DELETE FROM " + Chunk() + " WHERE run = " + QuoteText(run_id) + " AND tbl = " + QuoteText(table);
}

Status Ledger::Update(Session& session, const LedgerLine& line) const {
  MIQ_ASSIGN(const Rows updated, session.Query(UpdateStatement(line)));
  if (updated.affected() != 1) return Fail(codes::kInternal, "no ledger line for chunk " + line.key.chunk);
  return {};
}

Status Ledger::AppendJournal(Session& session, const std::string& run_id, const JournalEntry& entry) const {
  return session.Execute("INSERT INTO " + Journal() + " (run, sequence, kind, object, detail, done) VALUES (" +
                         QuoteText(run_id) + ", " + std::to_string(entry.sequence) + ", " + QuoteText(entry.kind) +
                         ", " + QuoteText(entry.object) + ", " + QuoteText(entry.detail) + ", " +
                         (entry.done ? "true" : "false") +
                         ") ON CONFLICT (run, sequence) DO UPDATE SET kind = EXCLUDED.kind, object = EXCLUDED.object, "
                         "detail = EXCLUDED.detail, done = EXCLUDED.done");
}

Result<std::vector<JournalEntry>> Ledger::ReadJournal(Session& session, const std::string& run_id) const {
  std::vector<JournalEntry> entries;
  MIQ_ASSIGN(const bool exists, Exists(session));
  if (!exists) return entries;
  MIQ_ASSIGN(const Rows rows, session.Query("SELECT sequence, kind, object, detail, done FROM " + Journal() +
                                            " WHERE run = " + QuoteText(run_id) + " ORDER BY sequence"));
  for (int i = 0; i < rows.count(); ++i) {
    entries.push_back({rows.Int(i, 0), rows.Text(i, 1), rows.Text(i, 2), rows.Text(i, 3), rows.Bool(i, 4)});
  }
  return entries;
}

Result<std::vector<std::string>> Ledger::JournalledRuns(Session& session) const {
  std::vector<std::string> runs;
  MIQ_ASSIGN(const bool exists, Exists(session));
  if (!exists) return runs;
  MIQ_ASSIGN(const Rows rows, session.Query("SELECT DISTINCT run FROM " + Journal() + " ORDER BY run"));
  for (int i = 0; i < rows.count(); ++i) runs.push_back(rows.Text(i, 0));
  return runs;
}

Status Ledger::Forget(Session& session, const std::string& run_id) const {
  MIQ_ASSIGN(const bool exists, Exists(session));
  if (!exists) return {};
  const std::string of_run = " WHERE run = " + QuoteText(run_id);
  MIQ_TRY(session.Execute("DELETE FROM " + Chunk() + of_run + "; DELETE FROM " + Journal() + of_run));
  MIQ_ASSIGN(const Rows left, session.Query("SELECT EXISTS (SELECT 1 FROM " + Chunk() + ") OR EXISTS (SELECT 1 FROM " +
                                            Journal() + ")"));
  if (left.Bool(0, 0)) return {};
  MIQ_TRY(session.Execute("DROP TABLE " + Chunk() + ", " + Journal()));
  if (schema_ != "migrateiq") return {};
  MIQ_ASSIGN(const Rows others,
             session.Query("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                           "WHERE n.nspname = " +
                           QuoteText(schema_)));
  return others.Int(0, 0) == 0 ? session.Execute("DROP SCHEMA " + QuoteIdentifier(schema_)) : Status();
}

}  // namespace migrateiq::postgres
