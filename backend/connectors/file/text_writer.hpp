#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/file/row_encoder.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/files/io.hpp"
#include "pipeline/connector/files/staging.hpp"

namespace migrateiq::file {

/// Appends chunks to a part of the table. Rows are collected in memory first and the part is taken when there are
/// enough of them, so that writers of one table overlap; Commit flushes, syncs, and writes the manifest.
class TextWriter : public Writer {
 public:
  TextWriter(std::shared_ptr<files::Staging> staging, std::unique_ptr<TextEncoder> encoder, TableName table,
             std::vector<std::string> columns, std::vector<int> sources, std::stop_token stop);
  ~TextWriter() override { Rollback(); }

  Result<bool> Begin(const ChunkKey& key) override;
  Status Write(const Batch& batch) override;
  Status Commit(const LedgerLine& line) override;
  void Abort() override { Rollback(); }

 private:
  void Rollback();
  Status TakePart();
  Status CheckHeader(const std::string& header);
  Status Flush();

  std::shared_ptr<files::Staging> staging_;  // shared with the target and its other writers
  std::unique_ptr<TextEncoder> encoder_;
  TableName table_;
  std::vector<std::string> columns_;
  std::vector<int> sources_;
  std::stop_token stop_;
  bool open_ = false;
  ChunkKey key_;
  files::PartLease lease_;
  files::FileDescriptor file_;
  int64_t bytes_ = 0;  ///< length of the part with what was written
  int64_t rows_ = 0;
  std::string buffer_;
};

}  // namespace migrateiq::file
