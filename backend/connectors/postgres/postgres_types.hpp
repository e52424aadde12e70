#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/type.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::postgres {

/// How a value crosses the wire in COPY BINARY. kAsText has no binary form here: it is selected as `::text` and written
/// by text COPY.
enum class Wire : uint8_t {
  kBool,
  kInt2,
  kInt4,
  kInt8,
  kFloat4,
  kFloat8,
  kNumeric,
  kText,
  kJsonb,
  kBytea,
  kDate,
  kTime,
  kTimestamp,
  kTimestampTz,
  kInterval,
  kUuid,
  kBit,
  kAsText,
};

/// A built-in type as declared, taken apart.
struct PgType {
  std::string name;   ///< short canonical name without modifiers: "int4", "varchar", "timestamptz"
  std::string token;  ///< with modifiers: "numeric(12,2)"; equal tokens mean equal binary forms
  bool array = false;
  Wire wire = Wire::kAsText;
  LogicalType type;  ///< what the reader yields
};

/// Understands every spelling of the server's own types and of a few common extension types (citext, hstore, geometry);
/// nullopt for anything else.
std::optional<PgType> ParsePgType(std::string_view native);

/// A column as readers and writers see it.
struct WireColumn {
  std::string name;
  LogicalType type;
  Wire wire = Wire::kAsText;
  std::string token;
};

/// Types that are not the server's own travel as text, enums by their labels.
WireColumn MakeWireColumn(const CatalogColumn& column);
std::vector<WireColumn> MakeWireColumns(const std::vector<CatalogColumn>& columns);

/// "pgcopy:int4,text" for columns that all have a binary form, else empty.
std::string RelayFormat(const std::vector<WireColumn>& columns);

/// A value of this kind can be put into this binary form.
bool CanEncode(TypeKind kind, Wire wire);

/// `"a"."b"` and `a.b` taken apart: unquotes and folds as the server would.
std::vector<std::string> SplitQualifiedName(std::string_view text);

}  // namespace migrateiq::postgres
