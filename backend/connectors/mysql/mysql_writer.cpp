#include "connectors/mysql/mysql_writer.hpp"

#include <algorithm>
#include <charconv>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "connectors/mysql/mysql_errors.hpp"

namespace migrateiq::mysql {

namespace {

constexpr std::string_view kToken = "migrateiq-chunk";
constexpr size_t kFlushBytes = size_t{4} << 20;
constexpr int64_t kSliceRows = 1024;  ///< rows encoded between two looks at the buffer's size
constexpr unsigned kDuplicateEntry = 1062;
constexpr const char* kUnsafeStatement = "1592";  ///< a note about statement-based binary logs, not about the rows

std::vector<SendColumn> SendColumns(const WriteRequest& request) {
  std::vector<SendColumn> columns;
  for (const Field& field : request.schema->fields) {
    const CatalogColumn* column = request.table->Find(field.name);
    columns.push_back({field.name, column == nullptr ? "" : column->native, field.type});
  }
  return columns;
}

}  // namespace

MysqlWriter::MysqlWriter(std::unique_ptr<Session> session, LedgerSql ledger, const WriteRequest& request)
    : session_(std::move(session)),
      ledger_(std::move(ledger)),
      table_(request.table->name),
      columns_(SendColumns(request)),
      mode_(request.mode),
      key_(request.key),
      fence_(request.fence) {}

MysqlWriter::~MysqlWriter() { Abort(); }

Result<std::unique_ptr<Writer>> MysqlWriter::Open(const Url& url, std::stop_token stop, const LedgerSql& ledger,
                                                  const WriteRequest& request) {
  MIQ_ASSIGN(auto session, Session::Open(url, SessionUse::kLoader, std::move(stop)));
  std::unique_ptr<MysqlWriter> writer(new MysqlWriter(std::move(session), ledger, request));
  MIQ_TRY(writer->Prepare(url.path));
  return writer;
}

Status MysqlWriter::Prepare(const std::string& database) {
  MIQ_TRY(ReadServer());
  MIQ_TRY(ReadNotes(database));
  into_ = QuoteName(table_);
  if (mode_ == WriteMode::kUpsert) {
    MIQ_ASSIGN(stage_, UpsertStage::Make(*session_, database, table_, key_, columns_));
    into_ = stage_->quoted_name();
  }
  load_sql_ = LoadStatement(kToken, into_, columns_);
  insert_head_ = InsertHead(into_, columns_);
  return {};
}

/// READ COMMITTED keeps parallel loaders from locking each other's gaps; statement-based binary logs do not allow it.
Status MysqlWriter::ReadServer() {
  MIQ_ASSIGN(const QueryRows rows,
             session_->Query("SELECT @@local_infile, @@max_allowed_packet, @@log_bin, @@binlog_format"));
  const auto& row = rows.at(0);
  can_load_ = row[0] == "1";
  size_t packet = most_packet_;
  if (row[1]) std::from_chars(row[1]->data(), row[1]->data() + row[1]->size(), packet);
  most_packet_ = packet - std::min<size_t>(packet / 2, 4096);
  if (row[2] == "1" && row[3] == "STATEMENT") return {};
  return session_->Execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
}

Status MysqlWriter::ReadNotes(const std::string& database) {
  const std::string schema = QuoteText(table_.schema.empty() ? database : table_.schema);
  const std::string name = QuoteText(table_.name);
  MIQ_ASSIGN(const QueryRows triggers,
             session_->Query("SELECT trigger_name, event_manipulation FROM information_schema.triggers WHERE "
                             "event_object_schema = " +
                             schema + " AND event_object_table = " + name));
  for (const auto& row : triggers) {
    const bool fires = row[1] == "INSERT" || (row[1] == "UPDATE" && mode_ == WriteMode::kUpsert);
    if (!fires) continue;
    notes_.warnings.push_back("trigger " + row[0].value_or("") + " fires for every row loaded into " +
                              table_.ToString() + "; MySQL cannot switch it off");
  }
  MIQ_ASSIGN(const auto keys,
             session_->QueryValue("SELECT COUNT(*) FROM information_schema.table_constraints WHERE table_schema = " +
                                  schema + " AND table_name = " + name + " AND constraint_type = 'FOREIGN KEY'"));
  notes_.foreign_keys_bypassed = keys && *keys != "0";
  return {};
}

Status MysqlWriter::HoldFence(const std::string& run_id) {
  if (fence_ == 0) return {};
  const auto number = session_->QueryValue(ledger_.HoldFence(run_id));
  if (number && *number == std::to_string(fence_)) return {};
  Abort();
  if (!number) return Fail(number.error());
  return Fail(codes::kRunHeld, "run " + run_id + " was taken over by another worker");
}

Result<bool> MysqlWriter::TryBegin(const ChunkKey& key) {
  MIQ_TRY(session_->Execute("START TRANSACTION"));
  open_ = true;
  MIQ_TRY(HoldFence(key.run_id));
  const Status inserted = session_->Execute(ledger_.InsertChunk(key));
  if (!inserted) {
    const unsigned number = session_->last_errno();
    Abort();
    if (number == kDuplicateEntry) return false;
    return Fail(inserted.error());
  }
  if (stage_) MIQ_TRY(session_->Execute(stage_->EmptySql()));
  return true;
}

Result<bool> MysqlWriter::Begin(const ChunkKey& key) {
  atomic_ = false;
  for (;;) {
    auto begun = TryBegin(key);
    // Another session has the chunk open: wait on until it commits or ends.
    if (begun || !begun.error().Is(codes::kConnLockTimeout)) return begun;
  }
}

Status MysqlWriter::SetAtomic(bool atomic) {
  atomic_ = atomic;
  return {};
}

Status MysqlWriter::Write(const Batch& batch) {
  if (batch.rows == 0) return {};
  return atomic_ ? WriteAtomic(batch) : WriteStreaming(batch);
}

Status MysqlWriter::WriteStreaming(const Batch& batch) {
  if (!can_load_) return InsertRows(batch);
  for (int64_t row = 0; row < batch.rows; row += kSliceRows) {
    const int64_t end = std::min(row + kSliceRows, batch.rows);
    AppendLoadRows(buffer_, batch, row, end);
    buffered_rows_ += end - row;
    if (buffer_.size() >= kFlushBytes) MIQ_TRY(Flush());
  }
  return {};
}

Status MysqlWriter::Flush() {
  if (buffered_rows_ == 0) return {};
  const int64_t rows = buffered_rows_;
  const Status loaded = session_->Load(load_sql_, {std::string(kToken), buffer_});
  buffer_.clear();
  buffered_rows_ = 0;
  if (!loaded) return Fail(Refused(loaded.error()));
  return CheckWarnings(rows);
}

/// Whatever the server silently changed or left out shows in one of these two numbers.
Status MysqlWriter::CheckWarnings(int64_t rows_sent) {
  const auto stored = static_cast<int64_t>(session_->affected_rows());
  std::string first;
  if (session_->warnings() != 0) {
    MIQ_ASSIGN(const QueryRows rows, session_->Query("SHOW WARNINGS"));
    for (const auto& row : rows) {
      if (first.empty() && row[1] != kUnsafeStatement) first = row[2].value_or("") + " (" + row[1].value_or("") + ")";
    }
  }
  if (rows_sent >= 0 && stored != rows_sent && first.empty()) {
    first = std::to_string(stored) + " rows stored of " + std::to_string(rows_sent) + " sent";
  }
  if (first.empty()) return {};
  return Fail(Error(codes::kDataRefused, first).Table(table_.ToString()));
}

Error MysqlWriter::Refused(const Error& error) const {
  Error wrapped = error;
  if (IsDataError(error)) wrapped.code = codes::kDataRefused;
  wrapped.table = table_.ToString();
  return wrapped;
}

Status MysqlWriter::SendInsert(const std::string& sql, int64_t rows) {
  // A larger packet would end the connection instead of failing the statement.
  if (sql.size() > most_packet_) {
    return Fail(
        Error(codes::kDataRefused, "the row is larger than the server's max_allowed_packet").Table(table_.ToString()));
  }
  if (const Status done = session_->Execute(sql); !done) return Fail(Refused(done.error()));
  return CheckWarnings(rows);
}

Status MysqlWriter::InsertRows(const Batch& batch) {
  std::string sql = insert_head_;
  int64_t rows = 0;
  for (int64_t row = 0; row < batch.rows; ++row) {
    const size_t before = sql.size();
    if (rows != 0) sql += ',';
    AppendInsertRow(sql, batch, row);
    ++rows;
    if (rows > 1 && sql.size() > most_packet_) {
      // This row goes into the next statement.
      const std::string last = sql.substr(before + 1);
      sql.resize(before);
      MIQ_TRY(SendInsert(sql, rows - 1));
      sql = insert_head_ + last;
      rows = 1;
    }
    if (sql.size() < std::min(most_packet_, kFlushBytes)) continue;
    MIQ_TRY(SendInsert(sql, rows));
    sql = insert_head_;
    rows = 0;
  }
  return rows == 0 ? Status{} : SendInsert(sql, rows);
}

Status MysqlWriter::WriteAtomic(const Batch& batch) {
  MIQ_TRY(session_->Execute("SAVEPOINT miq_batch"));
  Status written = InsertRows(batch);
  if (written && stage_) written = Merge();
  if (written) return {};
  if (!written.error().Is(codes::kDataRefused)) return written;
  MIQ_TRY(session_->Execute("ROLLBACK TO SAVEPOINT miq_batch"));
  return written;
}

Status MysqlWriter::Merge() {
  if (const std::string sql = stage_->UpdateSql(); !sql.empty()) MIQ_TRY(SendInsert(sql, -1));
  MIQ_TRY(SendInsert(stage_->InsertSql(), -1));
  return session_->Execute(stage_->EmptySql());
}

Status MysqlWriter::Commit(const LedgerLine& line) {
  MIQ_TRY(Flush());
  if (stage_ && !atomic_) MIQ_TRY(Merge());
  MIQ_TRY(session_->Execute(ledger_.UpdateChunk(line)));
  if (session_->affected_rows() != 1) return Fail(codes::kInternal, "the chunk's ledger line is not there");
  MIQ_TRY(session_->Execute("COMMIT"));
  open_ = false;
  return {};
}

void MysqlWriter::Abort() {
  buffer_.clear();
  buffered_rows_ = 0;
  if (open_) (void)session_->Execute("ROLLBACK");
  open_ = false;
}

}  // namespace migrateiq::mysql
