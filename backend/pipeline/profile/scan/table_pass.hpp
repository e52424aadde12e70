#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/profile/scan/accumulator.hpp"
#include "pipeline/profile/scan/row_sample.hpp"

namespace migrateiq {

/// What a part of a table, or all of it, looks like.
struct ScannedRows {
  std::vector<std::unique_ptr<ColumnAccumulator>> columns;
  std::vector<std::vector<FindingCount>> findings;  ///< beside `columns`
  std::vector<int64_t> nulled;                      ///< beside `columns`: NULLs that stand for what could not be read
  std::optional<RowSample> sample;
  int64_t rows = 0;
  int64_t unreadable = 0;  ///< rows that could not be cut into columns; in no other figure
  std::string unreadable_example;
  int64_t bytes = 0;  ///< of the batches

  void Add(const Batch& batch, Scratch& scratch);
  /// `next` holds the rows that follow.
  void Merge(ScannedRows&& next);
};

/// One table's way through the scan: parts come in any order, from several threads, and are put together in their
/// order.
class TablePass {
 public:
  TablePass(const Table& table, std::vector<Split> splits, const SampleSize& sample)
      : table_(table), splits_(std::move(splits)), sample_(sample) {}

  const Table& table() const { return table_; }
  const std::vector<Split>& splits() const { return splits_; }

  /// Room for the rows of a split.
  ScannedRows Begin(const SchemaPtr& schema, size_t split) const;
  /// True when this was the last part: then `result` is all of the table.
  bool Finish(size_t split, ScannedRows part);
  ScannedRows& result() { return result_; }

  /// No further part is needed.
  void Fail(Error error);
  bool failed() const { return failed_; }
  const std::optional<Error>& error() const { return error_; }

 private:
  const Table& table_;
  std::vector<Split> splits_;
  SampleSize sample_;
  std::mutex mutex_;
  std::map<size_t, ScannedRows> waiting_;  ///< for the parts before them
  size_t merged_ = 0;
  ScannedRows result_;
  std::atomic<uint64_t> bound_ = UINT64_MAX;  ///< of the sample so far
  std::atomic<bool> failed_ = false;
  std::optional<Error> error_;
};

}  // namespace migrateiq
