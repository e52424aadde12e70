#pragma once

#include "pipeline/run/resolve.hpp"

namespace migrateiq {

/// For a target that has tables of its own design: into which of them the source's tables go, column by column, as
/// mappings in mode append, with how sure each is as remarks, and with what a person has to decide as questions. Only
/// what is sure enough is mapped. Tables that the plan maps already are left alone; nothing is suggested when each
/// chosen table finds one of its own name and columns. `ends.source` holds its moment afterwards.
struct Suggestion {
  std::vector<TableMapping> mappings;
  std::vector<std::string> remarks;
};
Result<Suggestion> SuggestMappings(const Plan& plan, const Ends& ends, const OpenOptions& options);

}  // namespace migrateiq
