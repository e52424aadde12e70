#pragma once

#include "pipeline/run/report.hpp"
#include "pipeline/run/task.hpp"

namespace migrateiq {

/// The statements, one a line, that make the target's row equal to the source's: UPDATE by key where both sides have
/// the row (so that what refers to it stays), INSERT, DELETE. Without a key rows are found by all their values: then a
/// DELETE takes every equal row, which the comparison that should follow a repair shows.
std::string RepairStatements(const RowDifference& difference, const TableTask& task, const Dialect& dialect);

}  // namespace migrateiq
