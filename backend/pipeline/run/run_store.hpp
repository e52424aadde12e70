#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq {

/// A row that was not written, with everything needed to show, correct and replay it.
struct QuarantinedRow {
  int64_t id = 0;     ///< given by the store
  std::string table;  ///< target table as the report names it
  std::string chunk;
  std::string code;    ///< MIQ-DATA-...
  std::string column;  ///< target column, when one is to blame
  std::string reason;
  std::string original;        ///< JSON object: source column -> value as text, null, or {"hex": "..."} for bytes
  std::string state = "open";  ///< open | replayed
  std::string edited;          ///< like `original`, with values that were corrected by hand; empty = not edited

  /// What a replay writes.
  const std::string& values() const { return edited.empty() ? original : edited; }
};

/// How long an earlier run took, all of it: reading, writing, indexes, verification.
struct PastRun {
  std::string target;  ///< URL, secrets masked
  double seconds = 0;
  int64_t bytes = 0;  ///< read
};

/// What the engine remembers between processes, besides the ledger in the target. Implemented over platform/store.
/// Thread-safe. Every method is durable when it returns.
class RunStore {
 public:
  virtual ~RunStore() = default;
  /// Chunks are planned once per table and kept: resume must cut the table in the same places.
  /// All given tables in one go.
  virtual Status PutSplits(const std::string& run_id, const std::map<std::string, std::vector<Split>>& splits) = 0;
  virtual Result<std::optional<std::vector<Split>>> GetSplits(const std::string& run_id, const std::string& table) = 0;
  /// Replaces the rows of that chunk (a chunk may be repeated). Called before the chunk commits in the target.
  virtual Status PutQuarantine(const ChunkKey& chunk, const std::vector<QuarantinedRow>& rows) = 0;
  virtual Status DropQuarantine(const std::string& run_id, const std::string& table) = 0;
  virtual Result<std::vector<QuarantinedRow>> ListQuarantine(const std::string& run_id) = 0;
  virtual Status SetQuarantineState(int64_t id, const std::string& state) = 0;
  /// Small facts that a resume needs ("moments", "run_start", "phase:<table>"), text to text.
  virtual Status PutFact(const std::string& run_id, const std::string& name, const std::string& value) = 0;
  virtual Result<std::optional<std::string>> GetFact(const std::string& run_id, const std::string& name) = 0;
  /// Runs that were carried out without a break, newest first.
  virtual Result<std::vector<PastRun>> ListPastRuns() { return std::vector<PastRun>(); }
};

}  // namespace migrateiq
