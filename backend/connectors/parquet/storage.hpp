#pragma once

#include <string>

#include "pipeline/batch/batch.hpp"
#include "pipeline/duck/database.hpp"

namespace migrateiq::parquet {

/// The type under which a column lies in a file: its own, or text where Parquet has no exact equal.
LogicalType StoredType(const LogicalType& type);

/// The column's values as StoredType has them; false when they are so already.
bool ToStored(const Column& column, Column& stored);

/// Turns what was read from a file into the column that was asked for. Values that are none of its type become NULL
/// and findings.
Column FromStored(Column&& read, const LogicalType& wanted, int32_t index, std::vector<Finding>& findings);

/// DuckDB's words about a file as an error: no space left, interrupted, or `otherwise`.
Error FileError(const duck::Refusal& refusal, const ErrorCode& otherwise, const std::string& file);

}  // namespace migrateiq::parquet
