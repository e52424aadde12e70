#pragma once

#include "pipeline/run/report.hpp"
#include "pipeline/run/task.hpp"

namespace migrateiq {

/// DELETE and INSERT statements that make the target's rows equal to the source's, one a line. Rows are found by key, or
/// by all their values where the table has none.
std::string RepairStatements(const RowDifference& difference, const TableTask& task, const Dialect& dialect);

}  // namespace migrateiq
