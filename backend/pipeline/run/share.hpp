#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace migrateiq {

/// What the controller of a run tells the processes that load chunks of it too.
struct ShareTerms {
  std::string moment;    ///< for Source::JoinMoment
  int64_t fence = 0;     ///< for WriteRequest::fence
  std::string tables;    ///< LoadFingerprint: whoever resolves the plan to something else must not help
  int64_t rejected = 0;  ///< rows rejected before the chunks were shared
};

/// A chunk that may be loaded by anybody. Its number is its position in the run's list of chunks.
struct SharedChunk {
  int64_t number = 0;
  int64_t bytes = -1;  ///< estimate
};

/// What became of a chunk.
struct ChunkOutcome {
  int64_t number = 0;
  int64_t rows = 0, bytes = 0, rejected = 0;  ///< 0 when somebody else had committed it already
  bool foreign_keys_bypassed = false;
  std::vector<std::string> warnings;
};

struct Deal {
  std::vector<int64_t> chunks;          ///< to load now, in this order
  std::vector<ChunkOutcome> elsewhere;  ///< to the controller: what others finished since it last asked
  int64_t rejected_elsewhere = 0;       ///< to a helper: rows rejected so far by all others
  int sharers = 1;                      ///< processes at work
  bool over = false;                    ///< nothing is left to do here
};

/// Deals a run's chunks out to processes. Saves work and spreads it; that each chunk is written once is the ledger's
/// doing. Thread-safe. Implemented over the store.
class RunShare {
 public:
  virtual ~RunShare() = default;
  /// The controller's: lets others load these chunks.
  virtual Status Offer(const ShareTerms& terms, const std::vector<SharedChunk>& chunks) = 0;
  /// Tells what was done, and asks for more. The controller is sent away only when all chunks are done; with none to
  /// give and some still at work the deal is empty. kRunHeld when the asker was given up for dead.
  virtual Result<Deal> Next(const std::vector<ChunkOutcome>& done) = 0;
  /// The controller's: ends the offer. `wait`: until no helper is at work any more, or can be thought to be.
  virtual Status Withdraw(bool wait) = 0;
};

}  // namespace migrateiq
