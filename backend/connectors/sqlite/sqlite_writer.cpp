#include "connectors/sqlite/sqlite_writer.hpp"

#include <algorithm>

#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/sqlite/sqlite_binder.hpp"
#include "connectors/sqlite/sqlite_ledger.hpp"
#include "connectors/sqlite/sqlite_names.hpp"

namespace migrateiq::sqlite {

namespace {

std::string JoinNames(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + QuoteName(name);
  return list;
}

std::vector<std::string> FieldNames(const Schema& schema) {
  std::vector<std::string> names;
  for (const Field& field : schema.fields) names.push_back(field.name);
  return names;
}

std::string OnConflict(const WriteRequest& request, const std::vector<std::string>& columns) {
  if (request.mode != WriteMode::kUpsert) return "";
  std::string changes;
  for (const std::string& column : columns) {
    if (std::ranges::find(request.key, column) != request.key.end()) continue;
    changes += (changes.empty() ? " DO UPDATE SET " : ", ") + QuoteName(column) + " = excluded." + QuoteName(column);
  }
  return " ON CONFLICT (" + JoinNames(request.key) + ")" + (changes.empty() ? " DO NOTHING" : changes);
}

std::string InsertSql(const WriteRequest& request) {
  const std::vector<std::string> columns = FieldNames(*request.schema);
  std::string places;
  for (size_t i = 0; i < columns.size(); ++i) places += i == 0 ? "?" : ", ?";
  // ABORT beats what the table's own ON CONFLICT clauses would do in silence.
  return "INSERT OR ABORT INTO " + QuoteName(request.table->name.name) + " (" + JoinNames(columns) + ") VALUES (" +
         places + ")" + OnConflict(request, columns);
}

Result<LoadNotes> NotesFor(const Database& database, const Table& table) {
  LoadNotes notes{.foreign_keys_bypassed = !table.foreign_keys.empty()};
  MIQ_ASSIGN(Statement triggers,
             database.Prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 "
                              "COLLATE NOCASE"));
  triggers.Bind(1, table.name.name);
  while (true) {
    MIQ_ASSIGN(const bool found, triggers.Step());
    if (!found) return notes;
    notes.warnings.push_back("trigger " + triggers.Text(0) + " does not fire for the rows loaded");
  }
}

}  // namespace

SqliteWriter::SqliteWriter(Database database, const WriteRequest& request)
    : database_(std::move(database)),
      binder_(std::make_unique<RowBinder>(*request.schema, *request.table)),
      table_(request.table->name.ToString()) {}

SqliteWriter::~SqliteWriter() {
  SqliteWriter::Abort();
  insert_ = {};
  if (spare_ && database_.get() != nullptr && !database_.InTransaction()) spare_->Put(std::move(database_));
}

Status SqliteWriter::Prepare(const WriteRequest& request) {
  MIQ_ASSIGN(notes_, NotesFor(database_, *request.table));
  auto insert = database_.Prepare(InsertSql(request));
  if (!insert) return Fail(Error(codes::kSchemaIncompatible, insert.error().message).Table(table_));
  insert_ = std::move(*insert);
  return {};
}

Result<std::unique_ptr<Writer>> SqliteWriter::Open(Database database, std::shared_ptr<SpareConnection> spare,
                                                   const WriteRequest& request) {
  std::unique_ptr<SqliteWriter> writer(new SqliteWriter(std::move(database), request));
  writer->spare_ = std::move(spare);
  MIQ_TRY(writer->Prepare(request));
  return writer;
}

Result<bool> SqliteWriter::ClaimChunk(const ChunkKey& key) {
  // Immediate: waits while another connection has a chunk open, and cannot fail half-way for want of the lock.
  MIQ_TRY(database_.Run("BEGIN IMMEDIATE"));
  return InsertLine(database_, key);
}

Result<bool> SqliteWriter::Begin(const ChunkKey& key) {
  atomic_ = false;
  auto claimed = ClaimChunk(key);
  if (!claimed || !*claimed) Abort();
  return claimed;
}

Status SqliteWriter::SetAtomic(bool atomic) {
  atomic_ = atomic;
  return {};
}

Status SqliteWriter::WriteRows(const Batch& batch) {
  sqlite3_stmt* insert = insert_.get();
  for (int64_t row = 0; row < batch.rows; ++row) {
    Status bound = binder_->Bind(insert, batch, row);
    if (!bound) return Fail(std::move(bound).error().Table(table_));
    if (sqlite3_step(insert) != SQLITE_DONE) {
      Error error = database_.LastError();
      insert_.Reset();
      error.table = table_;
      return Fail(std::move(error));
    }
    sqlite3_reset(insert);
  }
  return {};
}

Status SqliteWriter::Write(const Batch& batch) {
  if (!atomic_) return WriteRows(batch);
  MIQ_TRY(database_.Run("SAVEPOINT batch"));
  Status written = WriteRows(batch);
  // SQLite itself ends the whole transaction for some errors (disk full, interrupt): then there is nothing to go back
  // to.
  if (!written && database_.InTransaction()) MIQ_TRY(database_.Run("ROLLBACK TO batch"));
  if (database_.InTransaction()) MIQ_TRY(database_.Run("RELEASE batch"));
  return written;
}

Status SqliteWriter::Commit(const LedgerLine& line) {
  MIQ_ASSIGN(const bool filled, FillLine(database_, line));
  if (!filled) return Fail(codes::kInternal, "the chunk's ledger line is gone");
  return database_.Run("COMMIT");
}

void SqliteWriter::Abort() {
  if (insert_.get() != nullptr) insert_.Reset();
  // A failed ROLLBACK leaves nothing to do: closing the connection rolls back as well.
  if (database_.get() != nullptr && database_.InTransaction()) (void)database_.Run("ROLLBACK");
}

}  // namespace migrateiq::sqlite
