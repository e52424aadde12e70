#include "connectors/postgres/postgres_writer.hpp"

#include <algorithm>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/postgres/copy_encode.hpp"
#include "connectors/postgres/postgres_dialect.hpp"

namespace migrateiq::postgres {

namespace {

constexpr size_t kPiece = size_t{256} << 10;
constexpr int64_t kFreezeRows = 2000;  ///< below that a TRUNCATE costs more than freezing saves
constexpr const char* kStaging = "pg_temp.migrateiq_upsert";

std::string ColumnList(const Schema& schema) {
  std::string list;
  for (const Field& field : schema.fields) list += (list.empty() ? "" : ", ") + QuoteIdentifier(field.name);
  return list;
}

bool IsKey(const std::vector<std::string>& key, const std::string& column) {
  return std::ranges::find(key, column) != key.end();
}

}  // namespace

Result<std::unique_ptr<Writer>> PostgresWriter::Open(std::shared_ptr<SessionPool> pool, const Ledger& ledger,
                                                     const WriteRequest& request) {
  std::unique_ptr<PostgresWriter> writer(new PostgresWriter(std::move(pool), ledger));
  MIQ_ASSIGN(writer->session_, writer->pool_->Take());
  MIQ_TRY(writer->Plan(request));
  return writer;
}

PostgresWriter::~PostgresWriter() {
  if (session_ == nullptr) return;
  Abort();
  pool_->Return(std::move(session_));
}

Status PostgresWriter::Plan(const WriteRequest& request) {
  table_ = request.table->name;
  schema_ = request.schema;
  fence_ = request.fence;
  table_sql_ = PostgresDialect::Instance().Quote(table_);
  columns_sql_ = ColumnList(*schema_);
  std::vector<WireColumn> columns;
  for (const Field& field : schema_->fields) {
    const CatalogColumn* column = request.table->Find(field.name);
    if (column == nullptr)
      return Fail(Error(codes::kSchemaMissing, "no such column").Table(table_.ToString()).Column(field.name));
    columns.push_back(MakeWireColumn(*column));
    wires_.push_back(columns.back().wire);
    binary_ = binary_ && CanEncode(field.type.kind, columns.back().wire);
  }
  if (!request.raw_format.empty() && request.raw_format != RelayFormat(columns)) {
    return Fail(Error(codes::kSchemaUnsupported, "tuples of " + request.raw_format + " cannot be relayed")
                    .Table(table_.ToString()));
  }
  may_freeze_ = request.fresh && request.mode == WriteMode::kInsert;
  upsert_ = request.mode == WriteMode::kUpsert;
  begin_sql_ = "BEGIN; ";
  MIQ_TRY(PlanTriggers());
  if (upsert_) PlanUpsert(request);
  return {};
}

Status PostgresWriter::PlanTriggers() {
  const std::string replica = session_->server_version() >= 150000
                                  ? "has_parameter_privilege('session_replication_role', 'SET')"
                                  : "current_setting('is_superuser') = 'on'";
  MIQ_ASSIGN(
      const Rows rows,
      session_->Query(
          "SELECT c.relkind, " + replica +
          ", pg_has_role(c.relowner, 'USAGE'), "
          "EXISTS (SELECT 1 FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'), "
          "g.tgname, g.tgenabled FROM pg_class c LEFT JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal "
          "AND g.tgenabled <> 'D' AND (g.tgtype & 4) <> 0 WHERE c.oid = to_regclass(" +
          QuoteText(table_sql_) + ")"));
  if (rows.count() == 0) return Fail(Error(codes::kSchemaMissing, "the table does not exist").Table(table_.ToString()));
  const bool plain = rows.At(0, 0) == "r", replica_allowed = rows.Bool(0, 1), owner = rows.Bool(0, 2),
             keys = rows.Bool(0, 3);
  may_freeze_ = may_freeze_ && plain;
  const bool triggers = !rows.IsNull(0, 4);
  if (replica_allowed && (triggers || keys)) {
    begin_sql_ += "SET LOCAL session_replication_role = replica; ";
    notes_.foreign_keys_bypassed = keys;
  }
  for (int i = 0; triggers && i < rows.count(); ++i) {
    const std::string name = QuoteIdentifier(rows.At(i, 4));
    const bool fires_anyway = rows.At(i, 5) == "A" || rows.At(i, 5) == "R";
    if (replica_allowed && !fires_anyway) continue;
    if (owner) {
      begin_sql_ += "ALTER TABLE " + table_sql_ + " DISABLE TRIGGER " + name + "; ";
      const std::string enable = rows.At(i, 5) == "A"   ? " ENABLE ALWAYS TRIGGER "
                                 : rows.At(i, 5) == "R" ? " ENABLE REPLICA TRIGGER "
                                                        : " ENABLE TRIGGER ";
      commit_sql_ += "ALTER TABLE " + table_sql_ + enable + name + "; ";
    } else {
      notes_.warnings.push_back("trigger " + rows.Text(i, 4) + " of " + table_.ToString() +
                                " fires for every row loaded: no right to keep it still");
    }
  }
  return {};
}

void PostgresWriter::PlanUpsert(const WriteRequest& request) {
  std::string sets;
  for (const Field& field : schema_->fields) {
    const CatalogColumn* column = request.table->Find(field.name);
    if (IsKey(request.key, field.name) || column->identity == Identity::kAlways) continue;
    const std::string name = QuoteIdentifier(field.name);
    sets += (sets.empty() ? "" : ", ") + name + " = EXCLUDED." + name;
  }
  std::string key;
  for (const std::string& column : request.key) key += (key.empty() ? "" : ", ") + QuoteIdentifier(column);
  merge_sql_ = "INSERT INTO " + table_sql_ + " (" + columns_sql_ + ") OVERRIDING SYSTEM VALUE SELECT " + columns_sql_ +
               " FROM " + kStaging + " ON CONFLICT (" + key + ") DO " +
               (sets.empty() ? "NOTHING" : "UPDATE SET " + sets);
  merge_counts_ = !sets.empty();
}

Error PostgresWriter::Placed(Error error) const {
  if (error.table.empty()) error.table = table_.ToString();
  return error;
}

Result<std::vector<Rows>> PostgresWriter::SendBegin(const ChunkKey& key) {
  const std::string hold = fence_ == 0 ? "" : ledger_.HoldFenceStatement(key.run_id, fence_);
  MIQ_ASSIGN(std::vector<Rows> begun, session_->QueryAll(begin_sql_ + hold + ledger_.InsertStatement(key)));
  if (fence_ == 0 || begun[begun.size() - 2].count() == 1) return begun;
  return Fail(codes::kRunHeld, "run " + key.run_id + " was taken over by another worker");
}

Result<bool> PostgresWriter::Begin(const ChunkKey& key) {
  if (open_) return Fail(codes::kInternal, "the writer is already in a chunk");
  sent_ = 0;
  atomic_ = false;
  auto begun = SendBegin(key);
  if (!begun) {
    if (!session_->broken()) (void)session_->Execute("ROLLBACK");
    return Fail(Placed(std::move(begun).error()));
  }
  open_ = true;
  if (begun->back().affected() == 0) return Abort(), false;
  if (!upsert_) return true;
  MIQ_TRY(session_->Execute(std::string("CREATE TEMP TABLE migrateiq_upsert ON COMMIT DROP AS SELECT ") + columns_sql_ +
                            " FROM " + table_sql_ + " WITH NO DATA"));
  return true;
}

Status PostgresWriter::SetAtomic(bool atomic) {
  atomic_ = atomic;
  return atomic ? session_->Execute("SET CONSTRAINTS ALL IMMEDIATE") : Status();
}

std::string PostgresWriter::CopyStatement(bool freeze) const {
  return "COPY " + (upsert_ ? std::string(kStaging) : table_sql_) + " (" + columns_sql_ + ") FROM STDIN (FORMAT " +
         (binary_ ? "binary" : "text") + (freeze ? ", FREEZE" : "") + ")";
}

Status PostgresWriter::StartCopy(const std::string& before, bool freeze) {
  auto started = session_->StartCopyIn(before + CopyStatement(freeze));
  if (!started) return Fail(Placed(std::move(started).error()));
  copying_ = true;
  sent_ = 0;
  buffer_.Clear();
  if (binary_) buffer_.Append(kCopyHeader.data(), kCopyHeader.size());
  return {};
}

Status PostgresWriter::FlushBuffer(size_t at_least) {
  if (buffer_.size() < at_least || buffer_.size() == 0) return {};
  const Status written = session_->WriteCopy(buffer_.data(), buffer_.size());
  buffer_.Clear();
  return written;
}

Status PostgresWriter::Encode(const Batch& batch) {
  for (int64_t row = 0; row < batch.rows; ++row) {
    if (!binary_)
      AppendTextRow(batch, row, scratch_, buffer_);
    else if (auto encoded = AppendBinaryRow(batch, row, wires_, buffer_); !encoded) {
      Error error = Placed(std::move(encoded).error());
      error.code = codes::kDataRefused;
      return Fail(std::move(error));
    }
    if (buffer_.size() >= kPiece) MIQ_TRY(FlushBuffer(1));
  }
  sent_ += batch.rows;
  return {};
}

Status PostgresWriter::Write(const Batch& batch) {
  if (!open_) return Fail(codes::kInternal, "Write without Begin");
  if (batch.rows == 0) return {};
  if (atomic_) return WriteAtomic(batch);
  if (!copying_) {
    const bool freeze = may_freeze_ && batch.rows >= kFreezeRows;
    MIQ_TRY(StartCopy(freeze ? "TRUNCATE ONLY " + table_sql_ + "; " : "", freeze));
  }
  return Encode(batch);
}

Status PostgresWriter::WriteRaw(const RawBatch& raw) {
  if (!open_) return Fail(codes::kInternal, "WriteRaw without Begin");
  if (raw.rows == 0) return {};
  if (!copying_) {
    const bool freeze = may_freeze_ && raw.rows >= kFreezeRows;
    MIQ_TRY(StartCopy(freeze ? "TRUNCATE ONLY " + table_sql_ + "; " : "", freeze));
  }
  MIQ_TRY(FlushBuffer(1));
  sent_ += raw.rows;
  return session_->WriteCopy(reinterpret_cast<const uint8_t*>(raw.bytes.data()), raw.bytes.size());
}

Status PostgresWriter::EndCopy() {
  if (!copying_) return {};
  if (binary_) buffer_.Append(kCopyTrailer.data(), kCopyTrailer.size());
  MIQ_TRY(FlushBuffer(1));
  copying_ = false;
  auto copied = session_->FinishCopyIn();
  if (!copied) return Fail(Placed(std::move(copied).error()));
  if (copied->affected() == sent_) return {};
  return Fail(Placed(Error(codes::kWriteShort, std::to_string(sent_) + " rows were sent, " +
                                                   std::to_string(copied->affected()) + " stored")));
}

Status PostgresWriter::MergeUpsert() {
  if (!upsert_ || sent_ == 0) return {};
  auto merged = session_->Query(merge_sql_);
  if (!merged) return Fail(Placed(std::move(merged).error()));
  if (!merge_counts_ || merged->affected() == sent_) return {};
  return Fail(Placed(Error(codes::kWriteShort, std::to_string(sent_) + " rows were sent, " +
                                                   std::to_string(merged->affected()) + " merged")));
}

Status PostgresWriter::StoreAtomic(const Batch& batch) {
  MIQ_TRY(StartCopy("SAVEPOINT migrateiq_rows; ", false));
  MIQ_TRY(Encode(batch));
  MIQ_TRY(EndCopy());
  if (!upsert_) return session_->Execute("RELEASE migrateiq_rows");
  MIQ_TRY(MergeUpsert());
  return session_->Execute(std::string("TRUNCATE ") + kStaging + "; RELEASE migrateiq_rows");
}

Status PostgresWriter::WriteAtomic(const Batch& batch) {
  const Status stored = StoreAtomic(batch);
  sent_ = 0;
  if (stored || session_->broken()) return stored;
  if (copying_) session_->CancelCopyIn();
  copying_ = false;
  MIQ_TRY(session_->Execute("ROLLBACK TO migrateiq_rows; RELEASE migrateiq_rows"));
  return stored;
}

Status PostgresWriter::Commit(const LedgerLine& line) {
  if (!open_) return Fail(codes::kInternal, "Commit without Begin");
  MIQ_TRY(EndCopy());
  if (!atomic_) MIQ_TRY(MergeUpsert());
  auto done = session_->QueryAll(commit_sql_ + ledger_.UpdateStatement(line) + "; COMMIT");
  if (!done) return Fail(Placed(std::move(done).error()));
  open_ = false;
  if (std::string_view(PQcmdStatus(done->back().get())) == "COMMIT") return {};
  return Fail(Placed(Error(codes::kWriteFailed, "the server rolled the chunk back")));
}

void PostgresWriter::Abort() {
  if (copying_) session_->CancelCopyIn();
  copying_ = false;
  if (!session_->broken() && PQtransactionStatus(session_->raw()) != PQTRANS_IDLE) (void)session_->Execute("ROLLBACK");
  open_ = false;
  sent_ = 0;
}

}  // namespace migrateiq::postgres
