#include "connectors/file/text_writer.hpp"

#include <unistd.h>

#include <cerrno>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::file {

namespace {
constexpr size_t kBufferBytes = size_t{4} << 20;
}

TextWriter::TextWriter(std::shared_ptr<files::Staging> staging, std::unique_ptr<TextEncoder> encoder, TableName table,
                       std::vector<std::string> columns, std::vector<int> sources, std::stop_token stop)
    : staging_(std::move(staging)),
      encoder_(std::move(encoder)),
      table_(std::move(table)),
      columns_(std::move(columns)),
      sources_(std::move(sources)),
      stop_(std::move(stop)) {}

Result<bool> TextWriter::Begin(const ChunkKey& key) {
  Rollback();
  MIQ_ASSIGN(const bool fresh, staging_->BeginChunk(key, stop_));
  if (!fresh) return false;
  open_ = true;
  key_ = key;
  rows_ = 0;
  return true;
}

Status TextWriter::Write(const Batch& batch) {
  if (!open_) return Fail(codes::kInternal, "a row is written outside a chunk");
  for (int64_t row = 0; row < batch.rows; ++row) {
    encoder_->AppendRow(buffer_, batch, row, sources_);
    if (buffer_.size() >= kBufferBytes) MIQ_TRY(Flush());
  }
  rows_ += batch.rows;
  return {};
}

/// The part's length is cut back to what is committed: a chunk that was not finished may have left something behind it.
Status TextWriter::TakePart() {
  MIQ_ASSIGN(lease_, staging_->TakePart(key_.run_id, table_, stop_));
  MIQ_ASSIGN(file_, files::OpenForWriting(lease_.path));
  bytes_ = lease_.bytes;
  if (::ftruncate(file_.get(), bytes_) != 0 || ::lseek(file_.get(), 0, SEEK_END) != bytes_) {
    return Fail(files::IoError(codes::kWriteFailed, "cut", lease_.path, errno));
  }
  std::string header;
  encoder_->AppendHeader(header, columns_);
  if (bytes_ > 0) return CheckHeader(header);
  bytes_ = static_cast<int64_t>(header.size());
  return files::WriteAll(file_, lease_.path, header);
}

/// Rows can only be added to a file that is written as these will be.
Status TextWriter::CheckHeader(const std::string& header) {
  std::string there(header.size(), '\0');
  MIQ_ASSIGN(const size_t got, files::ReadAt(file_, lease_.path, there.data(), there.size(), 0));
  if (there.substr(0, got) != header) {
    return Fail(Error(codes::kSchemaIncompatible, "the file's header is not " + header.substr(0, header.find('\n')))
                    .Table(table_.ToString())
                    .Fix("Give the file this header and delimiter, or write to another table."));
  }
  char last = '\n';
  MIQ_TRY(files::ReadAt(file_, lease_.path, &last, 1, bytes_ - 1));
  if (last == '\n') return {};
  ++bytes_;
  return files::WriteAll(file_, lease_.path, "\n");
}

Status TextWriter::Flush() {
  if (!lease_.ours) MIQ_TRY(TakePart());
  MIQ_TRY(files::WriteAll(file_, lease_.path, buffer_));
  bytes_ += static_cast<int64_t>(buffer_.size());
  buffer_.clear();
  return {};
}

Status TextWriter::Commit(const LedgerLine& line) {
  if (!open_) return Fail(codes::kInternal, "a chunk is committed that was not begun");
  MIQ_TRY(Flush());
  MIQ_TRY(files::Sync(file_, lease_.path));
  MIQ_TRY(staging_->Commit(line, lease_, bytes_, rows_));
  open_ = false;
  file_.Close();
  staging_->EndChunk(key_);
  return {};
}

void TextWriter::Rollback() {
  if (!std::exchange(open_, false)) return;
  buffer_.clear();
  file_.Close();
  staging_->Release(lease_);
  staging_->EndChunk(key_);
}

}  // namespace migrateiq::file
