#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "pipeline/check/policy.hpp"
#include "pipeline/run/run_store.hpp"
#include "pipeline/run/task.hpp"

namespace migrateiq {

/// Rows on their way from a reader to a writer, transformed and judged.
struct Packet {
  Batch batch;   ///< the rows to write, in the target's types
  RawBatch raw;  ///< instead, in a relay
  int64_t rows_read = 0;
  std::vector<QuarantinedRow> rejected;
  std::vector<int64_t> source_rows;  ///< per row of `batch`: its row in the reader's batch; empty = the same
};

/// A row as JSON: column -> value as text, or null.
std::string RowJson(const Batch& batch, int64_t row);

/// One table's transformation and policy, made for the reader's schema; used from one thread, for any number of chunks.
class RowPipeline {
 public:
  static Result<std::unique_ptr<RowPipeline>> Make(const TableTask& task, const OnPolicy& on, const SchemaPtr& source);

  /// Transforms and judges `in` (its columns may be moved away). Counts everything but rows_written into `tally`.
  Result<Packet> Process(Batch& in, Tally& tally);
  const Policy& policy() const { return *policy_; }

 private:
  Status Mask(Batch& batch, const std::vector<bool>& dropped, Judgement& judgement, Tally& tally);

  const TableTask* task_ = nullptr;
  std::unique_ptr<TableTransform> transform_;
  std::unique_ptr<Policy> policy_;
};

}  // namespace migrateiq
