#pragma once

#include <memory>
#include <optional>
#include <stop_token>

#include "connectors/parquet/part_file.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/files/staging.hpp"

namespace migrateiq::parquet {

/// Each chunk becomes a part of its own; a chunk without rows becomes a ledger line only.
class ParquetWriter final : public Writer {
 public:
  ParquetWriter(std::shared_ptr<files::Staging> staging, std::shared_ptr<const duck::Database> database,
                TableName table, SchemaPtr schema, std::stop_token stop)
      : staging_(std::move(staging)),
        database_(std::move(database)),
        table_(std::move(table)),
        schema_(std::move(schema)),
        stop_(std::move(stop)) {}
  ~ParquetWriter() override { Abort(); }

  Result<bool> Begin(const ChunkKey& key) override;
  Status Write(const Batch& batch) override;
  Status Commit(const LedgerLine& line) override;
  void Abort() override;

 private:
  Status StartPart();
  Result<int64_t> FinishPart();

  std::shared_ptr<files::Staging> staging_;         // shared with the target and its other writers
  std::shared_ptr<const duck::Database> database_;  // likewise
  TableName table_;
  SchemaPtr schema_;
  std::stop_token stop_;
  std::optional<ChunkKey> open_;
  std::optional<files::PartLease> lease_;
  std::unique_ptr<PartFile> part_;
  int64_t rows_ = 0;
};

}  // namespace migrateiq::parquet
