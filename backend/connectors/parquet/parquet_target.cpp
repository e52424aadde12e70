#include "connectors/parquet/parquet_target.hpp"

#include <algorithm>
#include <map>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/parquet/parquet_writer.hpp"
#include "connectors/parquet/storage.hpp"
#include "pipeline/connector/files/io.hpp"

namespace migrateiq::parquet {

namespace fs = std::filesystem;

namespace {

constexpr int kMemoryMegabytes = 280;

const files::FormatTraits& Traits() {
  static const files::FormatTraits traits{
      .suffix = ".parquet", .suffixes = {".parquet"}, .appendable = false, .chunk_bytes = int64_t{1} << 30};
  return traits;
}

/// DuckDB takes names that differ in case only for one.
template <class Columns>
Status CheckNames(const Columns& columns) {
  std::map<std::string, std::string> seen;
  for (const auto& column : columns) {
    std::string folded = column.name;
    std::ranges::transform(folded, folded.begin(), [](unsigned char c) { return c < 0x80 ? std::tolower(c) : c; });
    const auto [other, added] = seen.emplace(std::move(folded), column.name);
    if (added) continue;
    return Fail(Error(codes::kSchemaCollision, "columns `" + other->second + "` and `" + column.name +
                                                   "` differ in case only, which Parquet's readers do not tell apart")
                    .Column(column.name));
  }
  return {};
}

}  // namespace

const files::FileDialect& ParquetDialect() {
  static const files::FileDialect dialect("parquet", false);
  return dialect;
}

ParquetTarget::ParquetTarget(const std::string& folder, const OpenOptions& options,
                             std::shared_ptr<const duck::Database> database)
    : FileTarget(folder, Traits(), ParquetDialect(), options), database_(std::move(database)) {}

Result<std::unique_ptr<Target>> ParquetTarget::Open(const std::string& folder, const OpenOptions& options) {
  std::error_code failed;
  const std::string root = fs::absolute(folder, failed).lexically_normal().string();
  if (failed) return Fail(files::IoError(codes::kConnOpenFile, "find", folder, failed.value()));
  MIQ_ASSIGN(duck::Database database, duck::Database::Open({.folders = {root}, .memory_megabytes = kMemoryMegabytes}));
  auto shared = std::make_shared<const duck::Database>(std::move(database));
  return std::unique_ptr<Target>(new ParquetTarget(root, options, std::move(shared)));
}

Result<std::unique_ptr<Writer>> ParquetTarget::OpenWriter(const WriteRequest& request) {
  if (request.mode == WriteMode::kUpsert) return Fail(codes::kSchemaUnsupported, "files cannot be upserted into");
  if (!request.raw_format.empty()) return Fail(codes::kInternal, "Parquet has no raw form");
  MIQ_TRY(CheckNames(request.schema->fields));
  return std::make_unique<ParquetWriter>(staging(), database_, request.table->name, request.schema, options().stop);
}

Status ParquetTarget::CheckDefinition(const Table& table) { return CheckNames(table.columns); }

Result<bool> ParquetTarget::HasRows(const fs::path& file) {
  MIQ_ASSIGN(const duck::Connection connection, database_->Connect());
  const auto rows =
      connection.Texts("SELECT num_rows > 0 FROM parquet_file_metadata(" + duck::Literal(file.string()) + ")");
  if (!rows) return Fail(FileError(rows.error(), codes::kReadMalformed, file.string()));
  return !rows->empty() && rows->front().front() == "true";
}

Status ParquetTarget::WriteEmpty(const fs::path& file, const std::vector<Field>& columns) {
  MIQ_TRY(CheckNames(columns));
  MIQ_ASSIGN(const std::unique_ptr<PartFile> part, PartFile::Open(*database_, file, columns, options().stop));
  MIQ_TRY(part->Finish());
  MIQ_ASSIGN(const files::FileDescriptor written, files::OpenForWriting(file));
  return files::Sync(written, file);
}

}  // namespace migrateiq::parquet
