#include "connectors/mysql/mysql_target.hpp"

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/mysql/foreign_key_names.hpp"
#include "connectors/mysql/mysql_catalog.hpp"
#include "connectors/mysql/mysql_claim.hpp"
#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_row_size.hpp"
#include "connectors/mysql/mysql_swap.hpp"
#include "connectors/mysql/mysql_writer.hpp"
#include "connectors/mysql/server_rewrite.hpp"

namespace migrateiq::mysql {

namespace {

constexpr unsigned kTableExists = 1050, kDuplicateKeyName = 1061, kNoSuchTable = 1146;

Status CreateDatabase(const Url& url, const std::stop_token& stop) {
  MIQ_ASSIGN(auto session, Session::Open(url, SessionUse::kTarget, stop, false));
  return session->Execute("CREATE DATABASE IF NOT EXISTS " + QuoteName(url.path) + " CHARACTER SET utf8mb4");
}

/// A definition that is already there, from an earlier attempt that did not live to note it down.
bool AlreadyDone(unsigned number, const std::string& statement) {
  return number == kDuplicateKeyName && statement.contains(" INDEX ");
}

/// What a server refuses in a definition is one error to the engine, except where the connection or a right is at
/// fault.
Error DdlError(Error error) {
  const std::string_view area = error.code.code;
  if (area.starts_with("MIQ-CONN-008") || area.starts_with("MIQ-DATA") || area.starts_with("MIQ-SCHEMA")) {
    error.code = codes::kSchemaDdl;
  }
  return error;
}

}  // namespace

MysqlTarget::MysqlTarget(Url url, std::stop_token stop, std::unique_ptr<Session> session, LedgerSql ledger)
    : url_(std::move(url)), stop_(std::move(stop)), session_(std::move(session)), ledger_(std::move(ledger)) {}

Result<std::unique_ptr<Target>> MysqlTarget::Open(const Url& url, const OpenOptions& options) {
  if (url.path.empty()) return Fail(codes::kUrlInvalid, "the URL names no database: " + url.redacted);
  if (options.create_database) MIQ_TRY(CreateDatabase(url, options.stop));
  MIQ_ASSIGN(auto session, Session::Open(url, SessionUse::kTarget, options.stop));
  return std::unique_ptr<Target>(
      new MysqlTarget(url, options.stop, std::move(session), LedgerSql(options.ledger_schema)));
}

const Dialect& MysqlTarget::dialect() const { return MysqlDialect::Instance(); }

Status MysqlTarget::Claim(const std::vector<TableName>& tables) { return ClaimTables(*session_, tables, url_.path); }

Status MysqlTarget::Prepare() {
  if (!ledger_.schema().empty()) {
    MIQ_TRY(
        session_->Execute("CREATE DATABASE IF NOT EXISTS " + QuoteName(ledger_.schema()) + " CHARACTER SET utf8mb4"));
  }
  for (const std::string& statement : ledger_.Create()) MIQ_TRY(session_->Execute(statement));
  return {};
}

Result<bool> MysqlTarget::LedgerExists() {
  const std::string& schema = ledger_.schema().empty() ? url_.path : ledger_.schema();
  MIQ_ASSIGN(
      const auto count,
      session_->QueryValue("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = " + QuoteText(schema) +
                           " AND table_name IN (" + QuoteText(kChunkTable) + ", " + QuoteText(kJournalTable) + ")"));
  return count == "2";
}

Result<std::vector<LedgerLine>> MysqlTarget::ReadLedger(const std::string& run_id) {
  MIQ_ASSIGN(const QueryRows rows, session_->Query(ledger_.SelectChunks(run_id)));
  std::vector<LedgerLine> lines;
  for (const auto& row : rows) lines.push_back(LedgerLineOf(row, run_id));
  return lines;
}

Status MysqlTarget::InTransaction(const std::vector<std::string>& statements) {
  MIQ_TRY(session_->Execute("START TRANSACTION"));
  for (const std::string& statement : statements) {
    const Status done = session_->Execute(statement);
    if (done) continue;
    (void)session_->Execute("ROLLBACK");
    return done;
  }
  return session_->Execute("COMMIT");
}

Status MysqlTarget::EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) {
  return InTransaction({"DELETE FROM " + QuoteName(table), ledger_.DeleteChunks(run_id, ledger_table)});
}

Status MysqlTarget::Fence(const std::string& run_id, int64_t number) {
  MIQ_TRY(session_->Execute(ledger_.RaiseFence(run_id, number)));
  MIQ_ASSIGN(const auto now, session_->QueryValue(ledger_.HoldFence(run_id)));
  if (now == std::to_string(number)) return {};
  return Fail(codes::kRunHeld, "run " + run_id + " was taken over by another worker");
}

Status MysqlTarget::UpdateLedger(const LedgerLine& line) { return session_->Execute(ledger_.UpdateChunk(line)); }

Status MysqlTarget::AppendJournal(const std::string& run_id, const JournalEntry& entry) {
  return session_->Execute(ledger_.UpsertJournal(run_id, entry));
}

Result<std::vector<JournalEntry>> MysqlTarget::ReadJournal(const std::string& run_id) {
  MIQ_ASSIGN(const QueryRows rows, session_->Query(ledger_.SelectJournal(run_id)));
  std::vector<JournalEntry> entries;
  for (const auto& row : rows) entries.push_back(JournalEntryOf(row));
  return entries;
}

Result<std::vector<std::string>> MysqlTarget::JournalledRuns() {
  MIQ_ASSIGN(const bool exists, LedgerExists());
  std::vector<std::string> runs;
  if (!exists) return runs;
  MIQ_ASSIGN(const QueryRows rows, session_->Query(ledger_.SelectJournalledRuns()));
  for (const auto& row : rows) runs.push_back(row[0].value_or(""));
  return runs;
}

Status MysqlTarget::ForgetRun(const std::string& run_id) {
  MIQ_ASSIGN(const bool exists, LedgerExists());
  if (!exists) return {};
  MIQ_TRY(InTransaction({ledger_.DeleteRun(run_id, false), ledger_.DeleteRun(run_id, true)}));
  return DropLedgerIfEmpty();
}

/// The server looks at rights before it looks for rows.
Status MysqlTarget::CheckForget() {
  MIQ_ASSIGN(const bool exists, LedgerExists());
  if (!exists) return {};
  for (const std::string& table : {ledger_.ChunkTable(), ledger_.JournalTable()})
    MIQ_TRY(session_->Execute("DELETE FROM " + table + " WHERE 1 = 0"));
  return {};
}

/// Under write locks, so that no run that begins meanwhile loses its first lines; without the right to lock tables they
/// are moved out of the way first, and without the right to do that, they stay, empty.
Status MysqlTarget::DropLedgerIfEmpty() {
  const Status locked =
      session_->Execute("LOCK TABLES " + ledger_.ChunkTable() + " WRITE, " + ledger_.JournalTable() + " WRITE");
  if (!locked && !locked.error().Is(codes::kConnPrivilege)) return locked;
  if (!locked) return DropLedgerAside();
  const auto used = LedgerIsUsed(ledger_);
  Status dropped;
  if (used && !*used) dropped = DropLedger(ledger_);
  MIQ_TRY(session_->Execute("UNLOCK TABLES"));
  if (!used) return Fail(used.error());
  return dropped;
}

Result<bool> MysqlTarget::LedgerIsUsed(const LedgerSql& ledger) {
  MIQ_ASSIGN(const auto used, session_->QueryValue("SELECT EXISTS(SELECT 1 FROM " + ledger.ChunkTable() +
                                                   ") OR EXISTS(SELECT 1 FROM " + ledger.JournalTable() + ")"));
  return used != "0";
}

Status MysqlTarget::DropLedger(const LedgerSql& ledger) {
  return session_->Execute("DROP TABLE " + ledger.ChunkTable() + ", " + ledger.JournalTable());
}

/// Nobody writes into tables under names that nobody knows. What another run has written before comes back.
Status MysqlTarget::DropLedgerAside() {
  MIQ_ASSIGN(const bool used, LedgerIsUsed(ledger_));
  if (used) return {};
  const LedgerSql aside = ledger_.Aside();
  const Status moved = session_->Execute("RENAME TABLE " + ledger_.ChunkTable() + " TO " + aside.ChunkTable() + ", " +
                                         ledger_.JournalTable() + " TO " + aside.JournalTable());
  const bool stays = !moved && (moved.error().Is(codes::kConnPrivilege) || session_->last_errno() == kTableExists);
  if (!moved) return stays ? Status() : moved;
  MIQ_ASSIGN(const bool raced, LedgerIsUsed(aside));
  if (!raced) return DropLedger(aside);
  for (const std::string& statement : ledger_.Create()) MIQ_TRY(session_->Execute(statement));
  MIQ_TRY(InTransaction({"INSERT INTO " + ledger_.ChunkTable() + " SELECT * FROM " + aside.ChunkTable(),
                         "INSERT INTO " + ledger_.JournalTable() + " SELECT * FROM " + aside.JournalTable()}));
  return DropLedger(aside);
}

Status MysqlTarget::ExecuteOne(const std::string& statement) {
  if (auto key = ParseAddForeignKey(statement)) {
    const Status added = ExecuteAddForeignKey(*session_, url_.path, *std::move(key));
    return added ? added : Fail(DdlError(added.error()));
  }
  const Status done = session_->Execute(RewriteForServer(statement, session_->server()));
  if (done || AlreadyDone(session_->last_errno(), statement)) return {};
  return Fail(DdlError(done.error()));
}

/// Servers that are not strict take rows as they come: a NULL takes no room.
Status MysqlTarget::CheckDefinition(const Table& table) {
  MIQ_ASSIGN(const QueryRows rows, session_->Query("SELECT @@innodb_page_size, @@innodb_strict_mode"));
  if (rows.empty() || rows[0][1] != "1") return {};
  return CheckRowSize(table, std::stoll(rows[0][0].value_or("16384")));
}

Status MysqlTarget::Execute(const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) MIQ_TRY(ExecuteOne(statement));
  return {};
}

Result<QueryRows> MysqlTarget::Query(const std::string& sql) { return session_->Query(sql); }

Result<std::unique_ptr<Writer>> MysqlTarget::OpenWriter(const WriteRequest& request) {
  return MysqlWriter::Open(url_, stop_, ledger_, request);
}

TableName MysqlTarget::ShadowName(const TableName& live, const std::string& run_id) const {
  return {live.schema, DerivedName(ShadowPrefix(), live.name, run_id)};
}

TableName MysqlTarget::AsideName(const TableName& live, const std::string& run_id) const {
  return {live.schema, DerivedName(AsidePrefix(), live.name, run_id)};
}

Result<std::vector<std::string>> MysqlTarget::SwapBlockers(const std::vector<TableName>& live) {
  return FindSwapBlockers(*session_, url_.path, live);
}

Status MysqlTarget::Swap(const std::vector<SwapTable>& tables) { return SwapTables(*session_, url_.path, tables); }

Status MysqlTarget::SwapBack(const std::vector<SwapTable>& tables) {
  return SwapTablesBack(*session_, url_.path, tables);
}

Result<std::vector<TableName>> MysqlTarget::NonEmpty(const std::vector<TableName>& tables) {
  std::vector<TableName> full;
  for (const TableName& table : tables) {
    const auto any = session_->QueryValue("SELECT EXISTS(SELECT 1 FROM " + QuoteName(table) + ")");
    if (!any && session_->last_errno() != kNoSuchTable) return Fail(any.error());
    if (any && *any == "1") full.push_back(table);
  }
  return full;
}

}  // namespace migrateiq::mysql
