#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pipeline/batch/column.hpp"

/// PostgreSQL's binary numeric: base-10000 digits with a weight, a sign and a display scale. Pure functions.
namespace migrateiq::postgres {

/// Most bytes NumericToText writes for this value; 0 when the bytes are no numeric.
size_t NumericTextSize(const uint8_t* bytes, size_t size);
/// Writes the decimal text ("-12.50", "NaN", "Infinity") at `out` and returns its length. Only after NumericTextSize.
size_t NumericToText(const uint8_t* bytes, size_t size, uint8_t* out);

/// Appends the value's binary form without its length word. `decimal` is in Column form; false when it is not.
bool AppendNumeric(std::string_view decimal, Buffer& out);

}  // namespace migrateiq::postgres
