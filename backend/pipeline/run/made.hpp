#pragma once

#include <string>
#include <vector>

#include "pipeline/run/active_run.hpp"

/// What the target's journal says that runs made, and which run came after which.
namespace migrateiq {

struct Made {
  std::vector<TableName> tables;
  std::vector<SwapTable> swaps;
  std::vector<std::string> schemas, types;
  std::vector<TableName> sequences;
  std::vector<std::string> runs_before;  ///< had a journal when this run replaced its tables
  std::vector<std::string> superseded;   ///< what later runs replaced for good: "t (run X)"
  int64_t last_sequence = 0;
  bool empty() const { return tables.empty() && swaps.empty(); }
};

Result<Made> ReadMade(Target& target, const std::string& run_id);

/// Before a run replaces tables: notes which runs came before it.
Status NoteRunsBefore(ActiveRun& run);

/// The tables of a run that later runs replaced and can still give back: "t (run X), ..."; empty when there are none.
Result<std::string> ReplacedSince(Target& target, const std::string& run_id, const Made& made);

/// What a run replaced will not come back: tells the journals of the runs that made it.
Status NoteSuperseded(Target& target, const std::string& run_id, const Made& made);

}  // namespace migrateiq
