#include "connectors/postgres/postgres_reader.hpp"

namespace migrateiq::postgres {

namespace {

SchemaPtr SchemaOf(const std::vector<WireColumn>& columns) {
  auto schema = std::make_shared<Schema>();
  for (const WireColumn& column : columns) schema->fields.push_back({column.name, column.type, true});
  return schema;
}

constexpr const char* kSavepoint = "migrateiq_read";

}  // namespace

std::string SelectExpression(const WireColumn& column) {
  const std::string name = QuoteIdentifier(column.name);
  return column.wire == Wire::kAsText ? name + "::text" : name;
}

PostgresReader::PostgresReader(std::shared_ptr<Session> session, std::vector<WireColumn> columns)
    : session_(std::move(session)), schema_(SchemaOf(columns)), decoder_(columns, !session_->server_is_utf8()) {
  if (session_->server_is_utf8()) raw_format_ = RelayFormat(columns);
}

Result<std::unique_ptr<Reader>> PostgresReader::Open(std::shared_ptr<Session> session, std::vector<WireColumn> columns,
                                                     const std::string& query) {
  std::unique_ptr<PostgresReader> reader(new PostgresReader(session, std::move(columns)));
  std::string sql = "COPY (" + query + ") TO STDOUT (FORMAT binary)";
  reader->in_transaction_ = !session->broken() && PQtransactionStatus(session->raw()) == PQTRANS_INTRANS;
  if (reader->in_transaction_) sql = std::string("SAVEPOINT ") + kSavepoint + "; " + sql;
  reader->done_ = true;
  const Status started = session->StartCopyOut(sql);
  if (!started) {
    if (reader->in_transaction_ && !session->broken()) (void)session->Execute(std::string("ROLLBACK TO ") + kSavepoint);
    return Fail(started.error());
  }
  reader->done_ = false;
  return reader;
}

PostgresReader::~PostgresReader() {
  if (done_ || session_->broken()) return;
  session_->CancelAndDrain();
  if (in_transaction_) (void)session_->Execute(std::string("ROLLBACK TO ") + kSavepoint + "; RELEASE " + kSavepoint);
}

Result<std::string_view> PostgresReader::NextMessage() {
  if (done_) return std::string_view();
  auto message = session_->ReadCopy();
  if (!message || !message->empty()) return message;
  done_ = true;
  if (in_transaction_) MIQ_TRY(session_->Execute(std::string("RELEASE ") + kSavepoint));
  return std::string_view();
}

Result<bool> PostgresReader::Next(Batch& batch) {
  if (batch.schema != schema_) batch = Batch(schema_);
  batch.Clear();
  size_t bytes = 0;
  while (batch.rows < kBatchRows && bytes < kBatchBytes) {
    MIQ_ASSIGN(const std::string_view message, NextMessage());
    if (message.empty()) break;
    bytes += message.size();
    MIQ_TRY(decoder_.Decode(message, batch));
  }
  return batch.rows > 0;
}

Result<bool> PostgresReader::NextRaw(RawBatch& raw, Digest& digest) {
  raw.bytes.clear();
  raw.rows = 0;
  while (raw.rows < kBatchRows && raw.bytes.size() < kBatchBytes) {
    MIQ_ASSIGN(const std::string_view message, NextMessage());
    if (message.empty()) break;
    MIQ_ASSIGN(const int64_t rows, decoder_.Relay(message, raw.bytes, encoder_, digest));
    raw.rows += rows;
  }
  return raw.rows > 0;
}

}  // namespace migrateiq::postgres
