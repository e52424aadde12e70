#pragma once

#include <string>
#include <vector>

#include "pipeline/batch/column.hpp"

namespace migrateiq::conformance {

/// Values at the borders of a logical type, as text: extremes, zero, empty, what needs quoting, what is long.
/// Bytes, bits and geometries are hexadecimal.
std::vector<std::string> EdgeValues(const LogicalType& type);

/// Appends the value that `text` (one of EdgeValues) stands for. False when the type cannot have it.
bool AppendEdgeValue(Column& column, const std::string& text);

}  // namespace migrateiq::conformance
