#include "connectors/parquet/parquet_reader.hpp"

#include <algorithm>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "connectors/parquet/storage.hpp"
#include "pipeline/duck/types.hpp"
#include "pipeline/duck/vectors.hpp"

namespace migrateiq::parquet {

ParquetReader::ParquetReader(std::shared_ptr<const duck::Database> database, duck::Connection connection, Scan scan,
                             std::stop_token stop)
    : database_(std::move(database)),
      connection_(std::move(connection)),
      scan_(std::move(scan)),
      stop_(std::move(stop)),
      schema_(std::make_shared<Schema>(Schema{scan_.fields})) {}

Result<std::unique_ptr<Reader>> ParquetReader::Open(std::shared_ptr<const duck::Database> database, Scan scan,
                                                    std::stop_token stop) {
  MIQ_ASSIGN(duck::Connection connection, database->Connect());
  std::unique_ptr<ParquetReader> reader(
      new ParquetReader(std::move(database), std::move(connection), std::move(scan), std::move(stop)));
  MIQ_TRY(reader->Start());
  return std::unique_ptr<Reader>(std::move(reader));
}

/// The wanted columns as this file has them; a column that it lacks (other parts have it) is NULL.
Result<std::string> ParquetReader::SelectList() {
  const auto all = connection_.Prepare("SELECT * FROM " + scan_.relation);
  if (!all) return Fail(FileError(all.error(), codes::kReadMalformed, scan_.subject));
  std::string list;
  for (const Field& field : scan_.fields) {
    std::string sql = "CAST(NULL AS VARCHAR)";
    LogicalType natural = LogicalType::String();
    for (idx_t i = 0; i < all->column_count(); ++i) {
      if (all->column_name(i) != field.name) continue;
      const duck::ReadAs read = duck::HowToRead(all->column_type(i));
      sql = read.Wrap(duck::Identifier(field.name));
      natural = read.type;
    }
    list += (list.empty() ? "" : ", ") + sql;
    natural_.push_back(std::move(natural));
  }
  return list;
}

Status ParquetReader::Start() {
  on_stop_.emplace(stop_, [this] { connection_.Interrupt(); });
  MIQ_ASSIGN(const std::string list, SelectList());
  const std::string where = scan_.where.empty() ? "" : " WHERE " + scan_.where;
  auto statement = connection_.Prepare("SELECT " + list + " FROM " + scan_.relation + where);
  if (!statement) return Fail(FileError(statement.error(), codes::kReadUnsupported, scan_.subject));
  statement_ = std::move(*statement);
  for (idx_t i = 0; i < natural_.size(); ++i) types_.push_back(statement_->column_type(i));
  auto rows = statement_->Stream();
  if (!rows) return Fail(FileError(rows.error(), codes::kReadMalformed, scan_.subject));
  rows_ = std::move(*rows);
  return {};
}

Result<bool> ParquetReader::Next(Batch& batch) {
  batch = Batch(schema_);
  batch.place = scan_.subject + " row " + std::to_string(scan_.first_row + read_ + 1);
  std::vector<Column> columns;
  for (const LogicalType& type : natural_) columns.emplace_back(type);
  MIQ_ASSIGN(const bool any, FillColumns(columns, batch));
  if (!any) return End();
  for (size_t i = 0; i < columns.size(); ++i) {
    batch.columns[i] =
        FromStored(std::move(columns[i]), schema_->fields[i].type, static_cast<int32_t>(i), batch.findings);
  }
  read_ += batch.rows;
  return true;
}

/// Chunks of DuckDB until there are enough for a batch.
Result<bool> ParquetReader::FillColumns(std::vector<Column>& columns, Batch& batch) {
  const auto size = [&columns] {
    size_t bytes = 0;
    for (const Column& column : columns) bytes += column.ByteSize();
    return bytes;
  };
  std::vector<duck::Odd> odd;
  while (batch.rows < kBatchRows && size() < kBatchBytes) {
    if (stop_.stop_requested()) return Fail(codes::kRunInterrupted, "stopped at " + scan_.subject);
    auto chunk = rows_->Next();
    if (!chunk) return Fail(FileError(chunk.error(), codes::kReadMalformed, scan_.subject));
    if (!*chunk) break;
    const auto count = static_cast<int64_t>(chunk->size());
    for (size_t i = 0; i < columns.size(); ++i) {
      odd.clear();
      duck::AppendVector(chunk->vector(i), types_[i], count, columns[i], odd);
      for (duck::Odd& one : odd) {
        batch.findings.push_back(
            {one.row, static_cast<int32_t>(i), one.kind, std::move(one.original), ToString(schema_->fields[i].type)});
      }
    }
    batch.rows += count;
  }
  return batch.rows > 0;
}

Result<bool> ParquetReader::End() {
  if (scan_.rows < 0 || scan_.rows == read_) return false;
  return Fail(codes::kReadMalformed, scan_.subject + ": " + std::to_string(read_) + " rows came of " +
                                         std::to_string(scan_.rows) + " that the file announces");
}

}  // namespace migrateiq::parquet
