#pragma once

#include <stop_token>
#include <vector>

#include "pipeline/connector/connector.hpp"

namespace migrateiq {

/// Claims the tables until the target is closed; kRunHeld when another run has one of them. Waits two seconds
/// for a run that was killed, whose sessions a server ends a little later than its process. Returns whether it waited.
Result<bool> ClaimTables(Target& target, const std::vector<TableName>& tables, const std::stop_token& stop);

}  // namespace migrateiq
