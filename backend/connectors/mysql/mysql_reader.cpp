#include "connectors/mysql/mysql_reader.hpp"

#include "base/errors/plan.hpp"
#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_splits.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::mysql {

namespace {

/// The text of a FLOAT has six digits; that of the double it widens to has all of them.
std::string Selected(const CatalogColumn& column, const ServerKind& server) {
  std::string name = QuoteName(column.name);
  if (ParseNative(column.native).base != "float") return name;
  const bool casts = server.mariadb || server.version >= 80017;
  return casts ? "CAST(" + name + " AS DOUBLE)" : "(" + name + " + 0e0)";
}

Result<std::vector<const CatalogColumn*>> Wanted(const ReadRequest& request, const Table& table) {
  std::vector<const CatalogColumn*> columns;
  for (const CatalogColumn& column : table.columns) {
    if (request.columns.empty()) columns.push_back(&column);
  }
  for (const std::string& name : request.columns) {
    const CatalogColumn* column = table.Find(name);
    if (column == nullptr) {
      return Fail(Error(codes::kSchemaMissing, "no column '" + name + "'").Table(table.name.ToString()).Column(name));
    }
    columns.push_back(column);
  }
  return columns;
}

SchemaPtr SchemaOf(const std::vector<const CatalogColumn*>& columns) {
  auto schema = std::make_shared<Schema>();
  for (const CatalogColumn* column : columns) schema->fields.push_back({column->name, column->type, column->nullable});
  return schema;
}

std::string SelectStatement(const ReadRequest& request, const std::vector<const CatalogColumn*>& columns,
                            const std::string& bounds, const ServerKind& server) {
  std::string sql = "SELECT ";
  for (size_t i = 0; i < columns.size(); ++i) sql += (i == 0 ? "" : ", ") + Selected(*columns[i], server);
  if (columns.empty()) sql += "1";
  return sql + " FROM " + FromClause(request) + WhereClause(request, bounds);
}

FindingKind KindOf(Decoded why) {
  switch (why) {
    case Decoded::kZeroDate: return FindingKind::kZeroDate;
    case Decoded::kOutOfRange: return FindingKind::kOutOfRange;
    case Decoded::kEncoding: return FindingKind::kEncoding;
    default: return FindingKind::kWrongType;
  }
}

constexpr size_t kMostSample = 1000;

std::string Sample(std::string_view value) {
  std::string text(value.substr(0, kMostSample));
  if (text::FindInvalidUtf8(text) == std::string_view::npos) return text;
  std::string hex = "\\x";
  text::AppendHex(hex, value.substr(0, kMostSample / 2));
  return hex;
}

}  // namespace

MysqlReader::MysqlReader(SessionPtr session, SchemaPtr schema, bool check_utf8)
    : session_(std::move(session)), schema_(std::move(schema)) {
  for (const Field& field : schema_->fields) decoders_.push_back(DecoderFor(field.type, check_utf8));
}

MysqlReader::~MysqlReader() {
  if (result_ != nullptr) session_->FinishStream(result_, at_end_);
}

Result<std::unique_ptr<Reader>> MysqlReader::Open(SessionPtr session, const ReadRequest& request,
                                                  const Table& described, const std::string& bounds, bool check_utf8) {
  MIQ_ASSIGN(const auto columns, Wanted(request, described));
  const std::string sql = SelectStatement(request, columns, bounds, session->server());
  std::unique_ptr<MysqlReader> reader(new MysqlReader(std::move(session), SchemaOf(columns), check_utf8));
  MIQ_ASSIGN(reader->result_, reader->session_->BeginStream(sql));
  return reader;
}

void MysqlReader::Report(Batch& batch, size_t column, Decoded why, std::string_view value) {
  batch.findings.push_back(
      {batch.rows, static_cast<int32_t>(column), KindOf(why), Sample(value), ToString(schema_->fields[column].type)});
}

void MysqlReader::TakeRow(Batch& batch, char** row, const unsigned long* lengths) {
  for (size_t c = 0; c < decoders_.size(); ++c) {
    Column& column = batch.columns[c];
    if (row[c] == nullptr) {
      column.AppendNull();
      continue;
    }
    const std::string_view value(row[c], lengths[c]);
    bytes_ += value.size();
    const Decoded result = decoders_[c](value, column);
    if (result != Decoded::kOk) [[unlikely]]
      Report(batch, c, result, value);
  }
  ++batch.rows;
}

Result<bool> MysqlReader::Next(Batch& batch) {
  if (batch.schema != schema_) batch = Batch(schema_);
  batch.Clear();
  bytes_ = 0;
  while (!at_end_ && batch.rows < kBatchRows && bytes_ < kBatchBytes) {
    unsigned long* lengths = nullptr;
    MIQ_ASSIGN(MYSQL_ROW row, session_->FetchRow(result_, lengths));
    if (row == nullptr)
      at_end_ = true;
    else
      TakeRow(batch, row, lengths);
  }
  if (at_end_ && result_ != nullptr) {
    session_->FinishStream(result_, true);
    result_ = nullptr;
  }
  return batch.rows > 0;
}

}  // namespace migrateiq::mysql
