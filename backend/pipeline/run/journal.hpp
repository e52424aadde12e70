#pragma once

#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"
#include "pipeline/run/task.hpp"

/// What a run writes into the target's journal and into its facts, as JSON, and how it is read back.
namespace migrateiq {

std::string NamesJson(const std::vector<TableName>& names);
Result<std::vector<TableName>> NamesFromJson(const std::string& json);

std::string TextsJson(const std::vector<std::string>& texts);
Result<std::vector<std::string>> TextsFromJson(const std::string& json);

std::string SwapJson(const SwapTable& swap);
Result<SwapTable> SwapFromJson(const std::string& json);

/// "<hex> <rows>", as a run remembers the digest of a table.
std::string DigestText(const Digest& digest);
Digest DigestFromText(const std::string& text);

/// What became of one target table when the run began: decides what a resume may take for its own, and what undo can
/// do.
struct RememberedTable {
  std::string label;
  TableName name;
  TableFate fate = TableFate::kCreate;
  bool existed = false;
};
std::string RememberedJson(const std::vector<TableTask>& tasks);
Result<std::vector<RememberedTable>> RememberedFromJson(const std::string& json);

}  // namespace migrateiq
