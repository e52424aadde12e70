#pragma once

#include "pipeline/run/active_run.hpp"
#include "pipeline/run/shared_load.hpp"

namespace migrateiq {

/// The number of this process' time as the run's controller; a later one's is higher. Closed: nobody writes any more.
int64_t FenceOf(const ActiveRun& run, bool closed);

/// Why the run's chunks are loaded by its controller alone; empty when others may take part.
std::string WhyNotShared(const ActiveRun& run, const std::string& moment_token);

/// The controller's side of sharing: offers the open chunks, loads with whoever comes, and returns when all are done
/// or, after an error, when nobody writes for the run any more. `terms` without the tables.
Status LoadTogether(ActiveRun& run, ShareTerms terms, const std::vector<ChunkJob>& jobs,
                    const std::vector<const ChunkJob*>& open, SharedLoad& load);

}  // namespace migrateiq
