#include "connectors/file/text_target.hpp"

#include <algorithm>

#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/file/text_writer.hpp"

namespace migrateiq::file {

namespace {

std::vector<std::string> FileColumns(const WriteRequest& request) {
  std::vector<std::string> names;
  if (request.table == nullptr) {
    for (const Field& field : request.schema->fields) names.push_back(field.name);
    return names;
  }
  for (const CatalogColumn& column : request.table->columns) {
    if (!column.IsGenerated() || request.schema->IndexOf(column.name) >= 0) names.push_back(column.name);
  }
  return names;
}

}  // namespace

Result<std::unique_ptr<Writer>> TextTarget::OpenWriter(const WriteRequest& request) {
  if (request.mode == WriteMode::kUpsert) {
    return Fail(Error(codes::kSchemaUnsupported, "files cannot be updated in place")
                    .Fix("Use mode append or truncate, or replace it (`run.schema: replace`)."));
  }
  if (!request.raw_format.empty()) return Fail(codes::kInternal, "files take no raw tuples");
  std::vector<std::string> columns = FileColumns(request);
  std::vector<int> sources;
  for (const std::string& column : columns) sources.push_back(request.schema->IndexOf(column));
  for (const Field& field : request.schema->fields) {
    if (std::ranges::find(columns, field.name) != columns.end()) continue;
    return Fail(Error(codes::kSchemaIncompatible, "the table has no such column").Column(field.name));
  }
  std::unique_ptr<TextEncoder> encoder = make_encoder_(columns);
  TableName table = request.table == nullptr ? TableName{.schema = "", .name = "data"} : request.table->name;
  return std::make_unique<TextWriter>(staging(), std::move(encoder), std::move(table), std::move(columns),
                                      std::move(sources), options().stop);
}

Result<bool> TextTarget::HasRows(const std::filesystem::path& path) {
  MIQ_ASSIGN(std::shared_ptr<const TextFile> file, TextFile::Open(path, format_->encoding()));
  MIQ_ASSIGN(const Layout layout, format_->Examine(file));
  const std::unique_ptr<BlockParser> parser = format_->ScanParser(layout);
  Window window(file, layout.data_begin);
  RowBlock block;
  for (;;) {
    MIQ_ASSIGN(const size_t used, ParseNext(*parser, window, file->size(), layout.first_line, block));
    if (used == 0 || block.rows > 0) return used > 0;
    window.Consume(used);
  }
}

Status TextTarget::WriteEmpty(const std::filesystem::path& file, const std::vector<Field>& columns) {
  std::vector<std::string> names;
  for (const Field& field : columns) names.push_back(field.name);
  std::string header;
  make_encoder_(names)->AppendHeader(header, names);
  return files::WriteAtomically(file, header);
}

}  // namespace migrateiq::file
