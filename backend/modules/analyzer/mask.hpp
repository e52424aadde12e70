#pragma once

#include <string>

#include "pipeline/profile/profile.hpp"

namespace migrateiq::analyzer {

/// Does the column hold personal data, or long free text that may?
bool IsSensitive(const ColumnProfile& column);

/// "Anna-Maria 17" -> "Xxxx-Xxxxx 99": the shape of a value without the value.
std::string Shape(const std::string& value);

/// Takes values of sensitive columns away: texts become shapes, numbers and charts of them go. Counts, shares, lengths,
/// patterns and what was recognised stay. True when something was masked.
bool MaskColumn(ColumnProfile& column);
/// All columns, and what the table's dependencies and rules show of them.
bool MaskTable(TableProfile& table);

}  // namespace migrateiq::analyzer
