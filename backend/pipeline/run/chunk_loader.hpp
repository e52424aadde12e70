#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <utility>

#include "pipeline/run/progress_tracker.hpp"
#include "pipeline/run/row_pipeline.hpp"
#include "pipeline/run/throttle.hpp"

namespace migrateiq {

/// One chunk of one table.
struct ChunkJob {
  size_t table = 0;  ///< index into the resolved plan
  Split split;
  ChunkKey key;
  bool only_chunk = false;
};

/// What all loaders of a run share.
struct LoadShared {
  const std::vector<TableTask>& tasks;
  const OnPolicy& on;
  Source& source;
  Target& target;
  std::mutex& open_mutex;  ///< opening readers and writers: Source and Target are used by one thread at a time
  RunStore& store;
  ProgressTracker& progress;
  RateLimiter& limiter;
  std::atomic<int64_t>& rejected;  ///< over the whole run, against on.max_row_errors
  std::stop_token stop;
  int64_t fence = 0;  ///< not 0: the number by which this controller's writers are told from earlier ones'
};

/// Loads chunks one after the other: a reading thread and the calling, writing thread, joined by a bounded queue.
class ChunkLoader {
 public:
  ChunkLoader(LoadShared& shared, int slot) : shared_(shared), slot_(slot) {}

  /// Loads the chunk unless its ledger line is already committed. A chunk that the target refuses is repeated in atomic
  /// mode, where refused rows are found by bisecting and quarantined.
  Status Load(const ChunkJob& job);
  /// The chunk's digest and counts under the present moment, writing nothing.
  Result<LedgerLine> Measure(const ChunkJob& job);
  /// Warnings of the writers used so far.
  std::vector<std::string> TakeWarnings();
  /// The line of the chunk that the last Load committed; none when it was committed before.
  std::optional<LedgerLine> TakeCommitted() { return std::exchange(committed_, std::nullopt); }
  bool foreign_keys_bypassed() const { return foreign_keys_bypassed_; }

 private:
  struct Pass;  ///< one attempt at a chunk
  Status LoadOnce(const ChunkJob& job, bool atomic);
  Status Stream(const ChunkJob& job, Pass& pass);
  void Produce(const ChunkJob& job, Pass& pass);
  Status WriteAtomically(const ChunkJob& job, Pass& pass);
  Status WriteBisecting(const Packet& packet, const Batch& original, int64_t begin, int64_t count, Pass& pass);
  Status Finish(const ChunkJob& job, Pass& pass);
  Result<std::unique_ptr<Reader>> OpenReader(const ChunkJob& job);
  Result<RowPipeline*> PipelineFor(const ChunkJob& job, const Reader& reader);
  Result<Writer*> OpenWriterFor(const ChunkJob& job, Pass& pass);
  Status KeepQuarantine(const ChunkJob& job, Pass& pass);
  Result<Writer*> WriterFor(const ChunkJob& job, const std::string& raw_format);
  Status CountRejected(const std::vector<QuarantinedRow>& rows, Pass& pass);

  LoadShared& shared_;
  int slot_;
  std::map<size_t, std::unique_ptr<RowPipeline>> pipelines_;
  std::unique_ptr<Writer> writer_;
  size_t writer_table_ = 0;
  std::string writer_format_;
  Table writer_definition_;
  std::vector<std::string> warnings_;
  std::optional<LedgerLine> committed_;
  bool foreign_keys_bypassed_ = false;
};

}  // namespace migrateiq
