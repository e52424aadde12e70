#include "connectors/parquet/parquet_writer.hpp"

#include <filesystem>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "pipeline/connector/files/io.hpp"

namespace migrateiq::parquet {

Result<bool> ParquetWriter::Begin(const ChunkKey& key) {
  MIQ_ASSIGN(const bool begun, staging_->BeginChunk(key, stop_));
  if (!begun) return false;
  open_ = key;
  rows_ = 0;
  auto lease = staging_->TakePart(key.run_id, table_, stop_);
  if (!lease) {
    Abort();
    return Fail(std::move(lease).error());
  }
  lease_ = std::move(*lease);
  return true;
}

Status ParquetWriter::StartPart() {
  MIQ_TRY(files::RemoveAll(lease_->path));
  MIQ_ASSIGN(part_, PartFile::Open(*database_, lease_->path, schema_->fields, stop_));
  return {};
}

Status ParquetWriter::Write(const Batch& batch) {
  if (!lease_) return Fail(codes::kInternal, "write without an open chunk");
  if (batch.rows == 0) return {};
  if (!part_) MIQ_TRY(StartPart());
  MIQ_TRY(part_->Write(batch));
  rows_ += batch.rows;
  return {};
}

/// The part's length, once it is safely on disk.
Result<int64_t> ParquetWriter::FinishPart() {
  MIQ_TRY(part_->Finish());
  part_.reset();
  MIQ_ASSIGN(const files::FileDescriptor file, files::OpenForWriting(lease_->path));
  MIQ_TRY(files::Sync(file, lease_->path));
  std::error_code failed;
  const auto bytes = static_cast<int64_t>(std::filesystem::file_size(lease_->path, failed));
  if (failed) return Fail(files::IoError(codes::kWriteFailed, "measure", lease_->path, failed.value()));
  return bytes;
}

Status ParquetWriter::Commit(const LedgerLine& line) {
  if (!lease_) return Fail(codes::kInternal, "commit without an open chunk");
  if (line.rows_written != rows_) {
    return Fail(codes::kWriteShort,
                std::to_string(rows_) + " rows were written, " + std::to_string(line.rows_written) + " expected");
  }
  int64_t bytes = 0;
  if (part_ && rows_ > 0) { MIQ_ASSIGN(bytes, FinishPart()); }
  MIQ_TRY(staging_->Commit(line, *lease_, bytes, rows_));
  lease_.reset();
  staging_->EndChunk(*open_);
  open_.reset();
  return {};
}

void ParquetWriter::Abort() {
  const bool written = part_ != nullptr;
  part_.reset();
  if (lease_) {
    if (written) (void)files::RemoveAll(lease_->path);
    staging_->Release(*lease_);
    lease_.reset();
  }
  if (open_) staging_->EndChunk(*open_);
  open_.reset();
}

}  // namespace migrateiq::parquet
