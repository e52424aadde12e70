#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "pipeline/run/chunk_loader.hpp"
#include "pipeline/run/share.hpp"

namespace migrateiq {

/// Loads the chunks that a RunShare deals to this process, with one loader a thread, until there is nothing left to do.
class SharedLoad {
 public:
  /// Called when a chunk is committed, here or elsewhere; the line only for those of this process.
  using Finished = std::function<void(const ChunkJob&, std::optional<LedgerLine>)>;

  SharedLoad(RunShare& share, const std::vector<ChunkJob>& jobs, LoadShared& shared,
             const std::vector<std::unique_ptr<ChunkLoader>>& loaders, Finished finished)
      : share_(share), jobs_(jobs), shared_(shared), loaders_(loaders), finished_(std::move(finished)) {}

  /// `rejected_before`: see ShareTerms, to a helper; 0 to the controller, which counted them already.
  Status Run(int64_t rejected_before = 0);

  int64_t chunks() const { return chunks_; }  ///< loaded by this process
  int64_t rows() const { return rows_; }
  int64_t chunks_elsewhere() const { return chunks_elsewhere_; }
  bool foreign_keys_bypassed() const { return foreign_keys_bypassed_; }   ///< by anybody
  const std::vector<std::string>& warnings() const { return warnings_; }  ///< of everybody

 private:
  Status RunSlot(size_t slot);
  Result<Deal> AskForMore(const std::vector<ChunkOutcome>& done);
  Status Take(const Deal& deal);
  Result<ChunkOutcome> Load(ChunkLoader& loader, int64_t number);
  void Note(const ChunkOutcome& outcome);

  RunShare& share_;
  const std::vector<ChunkJob>& jobs_;
  LoadShared& shared_;
  const std::vector<std::unique_ptr<ChunkLoader>>& loaders_;
  const Finished finished_;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;  ///< guards what follows
  int64_t chunks_ = 0, rows_ = 0, chunks_elsewhere_ = 0, rejected_elsewhere_ = 0;
  bool foreign_keys_bypassed_ = false;
  std::vector<std::string> warnings_;
};

/// Sleeps, but not past a stop.
void RestUnlessStopped(const std::stop_token& stop, std::chrono::milliseconds time);

}  // namespace migrateiq
