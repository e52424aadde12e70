#pragma once

#include "pipeline/run/resolve.hpp"

namespace migrateiq {

/// Refuses (kPlanValue) a run that would empty a table which it reads, or that would replace one on a server, where
/// its own readers hold it. To be asked before anything is written.
Status RefuseOwnSource(const Ends& ends, const ResolvedPlan& resolved, const OpenOptions& options);

}  // namespace migrateiq
