#pragma once

#include <string>
#include <string_view>

#include "pipeline/batch/type.hpp"
#include "pipeline/duck/database.hpp"

namespace migrateiq::duck {

/// The DuckDB type that holds a logical type. Decimals without a fixed scale, labels, JSON, arrays and bit strings are
/// VARCHAR; decimals of more than 38 digits are DECIMAL(38, s), and values that do not fit are refused one by one.
Type TypeFor(const LogicalType& type);

/// How a DuckDB type is read: as which logical type, and by which SQL (`before` + expression + `after`) where the
/// vector itself is not decoded here. Nested types become JSON text.
struct ReadAs {
  LogicalType type;
  std::string before, after;
  std::string Wrap(std::string_view sql) const { return before + std::string(sql) + after; }
};
ReadAs HowToRead(const Type& type);

}  // namespace migrateiq::duck
