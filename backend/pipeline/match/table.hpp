#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace migrateiq::match {

/// The sort of values that a system's declared type holds; kUnknown where nothing is declared (CSV).
enum class TypeClass : uint8_t {
  kUnknown,
  kInteger,
  kDecimal,
  kText,
  kDate,
  kTime,
  kTimestamp,
  kBool,
  kBinary,
  kUuid,
  kJson
};

/// What matching knows of a column. Everything but the name may be missing.
struct MatchColumn {
  std::string name;
  std::string comment;
  TypeClass type = TypeClass::kUnknown;
  bool key = false;                                ///< alone the primary key
  bool unique = false;                             ///< declared or by an index
  bool foreign = false;                            ///< part of a foreign key
  std::vector<std::optional<std::string>> values;  ///< a sample, one a row; empty when there is none
};

struct MatchTable {
  std::string name;  ///< empty when it says nothing
  std::vector<MatchColumn> columns;
};

}  // namespace migrateiq::match
