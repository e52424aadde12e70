#pragma once

#include "connectors/assert/assert_state.hpp"

namespace migrateiq::checking {

/// Checks each batch against the schema promised and each chunk against its ledger line, then forgets the rows.
class AssertWriter final : public Writer {
 public:
  AssertWriter(std::shared_ptr<AssertState> state, AssertOptions options, const WriteRequest& request,
               std::stop_token stop)
      : state_(std::move(state)),
        options_(std::move(options)),
        table_(request.table->name),
        schema_(request.schema),
        fence_(request.fence),
        stop_(std::move(stop)) {}
  ~AssertWriter() override { AssertWriter::Abort(); }

  Result<bool> Begin(const ChunkKey& key) override;
  Status Write(const Batch& batch) override;
  Status Commit(const LedgerLine& line) override;
  void Abort() override;

 private:
  Status CheckShape(const Batch& batch) const;
  Status CheckValues(const Batch& batch) const;
  Status RefuseRows(const Batch& batch) const;
  Status CheckLine(const LedgerLine& line) const;

  std::shared_ptr<AssertState> state_;  // shared with the target and all its writers
  AssertOptions options_;
  TableName table_;
  SchemaPtr schema_;
  int64_t fence_;
  std::stop_token stop_;
  bool open_ = false;
  ChunkKey key_;
  RowEncoder encoder_;
  Digest digest_;
  std::vector<Batch> kept_;
};

}  // namespace migrateiq::checking
