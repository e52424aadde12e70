#include "connectors/parquet/parquet_catalog.hpp"

#include "base/errors/data.hpp"
#include "connectors/parquet/storage.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/connector/files/file_dialect.hpp"
#include "pipeline/duck/types.hpp"

namespace migrateiq::parquet {

namespace {

int64_t Number(const std::optional<std::string>& text) { return text ? text::ParseInt(*text).value_or(0) : 0; }

CatalogColumn ColumnOf(std::string name, const duck::Type& type) {
  CatalogColumn column;
  column.name = std::move(name);
  column.type = duck::HowToRead(type).type;
  column.native = files::FormatType(column.type);
  return column;
}

Status EstimateSize(const duck::Connection& connection, const files::FileTable& files, Table& table) {
  table.row_estimate = 0;
  table.byte_estimate = 0;
  for (const std::filesystem::path& file : files.files) {
    MIQ_ASSIGN(const std::vector<RowGroup> groups, RowGroups(connection, file));
    for (const RowGroup& group : groups) {
      table.row_estimate += group.rows;
      table.byte_estimate += group.bytes;
    }
  }
  return {};
}

}  // namespace

std::string ScanFiles(const std::vector<std::filesystem::path>& files) {
  std::string list;
  for (const std::filesystem::path& file : files) {
    list += (list.empty() ? "" : ", ") + duck::Literal(std::filesystem::absolute(file).string());
  }
  return "read_parquet([" + list + "], hive_partitioning = false, union_by_name = true)";
}

Result<std::vector<CatalogColumn>> DescribeColumns(const duck::Connection& connection, const std::string& sql,
                                                   const std::string& subject) {
  const auto statement = connection.Prepare(sql);
  if (!statement) return Fail(FileError(statement.error(), codes::kReadMalformed, subject));
  std::vector<CatalogColumn> columns;
  for (idx_t i = 0; i < statement->column_count(); ++i) {
    columns.push_back(ColumnOf(statement->column_name(i), statement->column_type(i)));
  }
  return columns;
}

Result<Table> DescribeTable(const duck::Connection& connection, const files::FileTable& files) {
  Table table{.name = files.name};
  MIQ_ASSIGN(table.columns,
             DescribeColumns(connection, "SELECT * FROM " + ScanFiles(files.files), files.name.ToString()));
  MIQ_TRY(EstimateSize(connection, files, table));
  return table;
}

Result<std::vector<RowGroup>> RowGroups(const duck::Connection& connection, const std::filesystem::path& file) {
  const auto rows = connection.Texts(
      "SELECT row_group_id, any_value(row_group_num_rows), sum(total_compressed_size) FROM parquet_metadata(" +
      duck::Literal(std::filesystem::absolute(file).string()) + ") GROUP BY row_group_id ORDER BY row_group_id");
  if (!rows) return Fail(FileError(rows.error(), codes::kReadMalformed, file.string()));
  std::vector<RowGroup> groups;
  for (const auto& row : *rows) {
    if (row[0]) groups.push_back({Number(row[1]), Number(row[2])});
  }
  return groups;
}

}  // namespace migrateiq::parquet
