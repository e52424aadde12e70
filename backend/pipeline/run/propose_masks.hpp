#pragma once

#include "pipeline/run/resolve.hpp"

namespace migrateiq {

/// Remarks on the plan's columns that look like personal data, by their names and some of their values: what they are,
/// how sure that is, and the mask that would keep their format where one fits the target's column. Nothing is masked by
/// it. `tasks` are those of the plan's mappings, in order. Where rows cannot be read the names alone have to do.
/// Errors: kRunInterrupted.
Status ProposeMasks(const std::vector<TableTask>& tasks, const Ends& ends, const OpenOptions& options, Plan& plan);

}  // namespace migrateiq
