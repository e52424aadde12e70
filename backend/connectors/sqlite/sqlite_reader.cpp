#include "connectors/sqlite/sqlite_reader.hpp"

#include "pipeline/batch/text.hpp"

namespace migrateiq::sqlite {

namespace {

constexpr size_t kMostOriginal = 1024;

}  // namespace

SqliteReader::SqliteReader(Statement statement, SchemaPtr schema, std::string place, bool utf8)
    : statement_(std::move(statement)), schema_(std::move(schema)), place_(std::move(place)), utf8_(utf8) {
  for (const Field& field : schema_->fields) decoders_.push_back(DecoderFor(field.type.kind));
}

Result<bool> SqliteReader::Next(Batch& batch) {
  if (batch.schema != schema_) batch = Batch(schema_);
  batch.Clear();
  batch_ = &batch;
  size_t bytes = 0;
  while (!done_ && batch.rows < kBatchRows && bytes < kBatchBytes) {
    MIQ_ASSIGN(const bool found, statement_.Step());
    done_ = !found;
    if (found) bytes += AppendRow();
  }
  batch.place = place_;
  return batch.rows > 0;
}

size_t SqliteReader::AppendRow() {
  size_t bytes = 0;
  sqlite3_stmt* statement = statement_.get();
  for (size_t c = 0; c < decoders_.size(); ++c) {
    const auto index = static_cast<int>(c);
    sqlite3_value* value = sqlite3_column_value(statement, index);
    if (sqlite3_value_type(value) == SQLITE_NULL)
      batch_->columns[c].AppendNull();
    else
      bytes += decoders_[c](*this, value, index);
  }
  ++batch_->rows;
  return bytes;
}

std::string_view SqliteReader::Text(sqlite3_value* value) const {
  // The blob of a UTF-8 text is the text itself and spares SQLite the closing NUL.
  const void* begin = utf8_ ? sqlite3_value_blob(value) : sqlite3_value_text(value);
  if (begin == nullptr) return "";
  return {static_cast<const char*>(begin), static_cast<size_t>(sqlite3_value_bytes(value))};
}

std::string_view SqliteReader::Blob(sqlite3_value* value) {
  const void* begin = sqlite3_value_blob(value);
  if (begin == nullptr) return "";
  return {static_cast<const char*>(begin), static_cast<size_t>(sqlite3_value_bytes(value))};
}

namespace {

std::string Hex(std::string_view bytes) {
  std::string hex = "\\x";
  text::AppendHex(hex, bytes.substr(0, kMostOriginal / 2 - 1));
  return hex;
}

/// As much of valid UTF-8 as fits.
std::string Shortened(std::string_view text) {
  size_t end = std::min(text.size(), kMostOriginal);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

std::string OriginalOf(const SqliteReader& reader, sqlite3_value* value) {
  std::string original;
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return std::to_string(sqlite3_value_int64(value));
    case SQLITE_FLOAT: text::AppendDouble(original, sqlite3_value_double(value)); return original;
    case SQLITE_BLOB: return Hex(SqliteReader::Blob(value));
    default: break;
  }
  const std::string_view text = reader.Text(value);
  return text::FindInvalidUtf8(text) == std::string_view::npos ? Shortened(text) : Hex(text);
}

}  // namespace

size_t SqliteReader::Report(sqlite3_value* value, int index, FindingKind kind) {
  batch_->findings.push_back({.row = batch_->rows,
                              .column = index,
                              .kind = kind,
                              .original = OriginalOf(*this, value),
                              .detail = ToString(column(index).type())});
  column(index).AppendNull();
  return 0;
}

}  // namespace migrateiq::sqlite
