#include "pipeline/duck/types.hpp"

#include <algorithm>

namespace migrateiq::duck {

namespace {

constexpr int kMostDigits = 38;

Type Plain(duckdb_type id) { return Type(duckdb_create_logical_type(id)); }

Type DecimalFor(const LogicalType& type) {
  if (type.precision <= 0 || type.scale < 0) return Plain(DUCKDB_TYPE_VARCHAR);
  const int width = std::min(type.precision, kMostDigits);
  return Type(
      duckdb_create_decimal_type(static_cast<uint8_t>(width), static_cast<uint8_t>(std::min(type.scale, width))));
}

ReadAs AsText(LogicalType type) { return {std::move(type), "CAST(", " AS VARCHAR)"}; }

ReadAs AsJson() { return {LogicalType::Of(TypeKind::kJson), "CAST(to_json(", ") AS VARCHAR)"}; }

ReadAs EnumAsText(const Type& type) {
  LogicalType labels = LogicalType::Of(TypeKind::kEnum);
  const uint32_t count = duckdb_enum_dictionary_size(type.get());
  for (uint32_t i = 0; i < count; ++i) {
    char* label = duckdb_enum_dictionary_value(type.get(), i);
    labels.labels.emplace_back(label);
    duckdb_free(label);
  }
  return AsText(std::move(labels));
}

ReadAs VarcharAs(const Type& type) {
  char* alias = duckdb_logical_type_get_alias(type.get());
  const bool json = alias != nullptr && std::string_view(alias) == "JSON";
  duckdb_free(alias);
  return {LogicalType::Of(json ? TypeKind::kJson : TypeKind::kString)};
}

LogicalType Time(TypeKind kind, int digits) {
  LogicalType type = LogicalType::Of(kind);
  type.precision = digits;
  return type;
}

}  // namespace

Type TypeFor(const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kBool: return Plain(DUCKDB_TYPE_BOOLEAN);
    case TypeKind::kInt8: return Plain(DUCKDB_TYPE_TINYINT);
    case TypeKind::kInt16: return Plain(DUCKDB_TYPE_SMALLINT);
    case TypeKind::kInt32: return Plain(DUCKDB_TYPE_INTEGER);
    case TypeKind::kInt64: return Plain(DUCKDB_TYPE_BIGINT);
    case TypeKind::kUInt64: return Plain(DUCKDB_TYPE_UBIGINT);
    case TypeKind::kFloat: return Plain(DUCKDB_TYPE_FLOAT);
    case TypeKind::kDouble: return Plain(DUCKDB_TYPE_DOUBLE);
    case TypeKind::kDecimal: return DecimalFor(type);
    case TypeKind::kBytes:
    case TypeKind::kGeometry: return Plain(DUCKDB_TYPE_BLOB);
    case TypeKind::kDate: return Plain(DUCKDB_TYPE_DATE);
    case TypeKind::kTime: return Plain(DUCKDB_TYPE_TIME);
    case TypeKind::kTimestamp: return Plain(DUCKDB_TYPE_TIMESTAMP);
    case TypeKind::kTimestampTz: return Plain(DUCKDB_TYPE_TIMESTAMP_TZ);
    case TypeKind::kInterval: return Plain(DUCKDB_TYPE_INTERVAL);
    case TypeKind::kUuid: return Plain(DUCKDB_TYPE_UUID);
    default: return Plain(DUCKDB_TYPE_VARCHAR);
  }
}

ReadAs HowToRead(const Type& type) {
  switch (type.id()) {
    case DUCKDB_TYPE_BOOLEAN: return {LogicalType::Of(TypeKind::kBool)};
    case DUCKDB_TYPE_TINYINT: return {LogicalType::Of(TypeKind::kInt8)};
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_UTINYINT: return {LogicalType::Of(TypeKind::kInt16)};
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_USMALLINT: return {LogicalType::Of(TypeKind::kInt32)};
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UINTEGER: return {LogicalType::Of(TypeKind::kInt64)};
    case DUCKDB_TYPE_UBIGINT: return {LogicalType::Of(TypeKind::kUInt64)};
    case DUCKDB_TYPE_FLOAT: return {LogicalType::Of(TypeKind::kFloat)};
    case DUCKDB_TYPE_DOUBLE: return {LogicalType::Of(TypeKind::kDouble)};
    case DUCKDB_TYPE_DECIMAL:
      return {LogicalType::Decimal(duckdb_decimal_width(type.get()), duckdb_decimal_scale(type.get()))};
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_UHUGEINT: return AsText(LogicalType::Decimal(39, 0));
    case DUCKDB_TYPE_BIGNUM: return AsText(LogicalType::Decimal(0, 0));
    case DUCKDB_TYPE_VARCHAR: return VarcharAs(type);
    case DUCKDB_TYPE_BLOB: return {LogicalType::Of(TypeKind::kBytes)};
    case DUCKDB_TYPE_DATE: return {LogicalType::Of(TypeKind::kDate)};
    case DUCKDB_TYPE_TIME: return {LogicalType::Of(TypeKind::kTime)};
    case DUCKDB_TYPE_TIMESTAMP_S: return {Time(TypeKind::kTimestamp, 0)};
    case DUCKDB_TYPE_TIMESTAMP_MS: return {Time(TypeKind::kTimestamp, 3)};
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_NS: return {LogicalType::Of(TypeKind::kTimestamp)};
    case DUCKDB_TYPE_TIMESTAMP_TZ: return {LogicalType::Of(TypeKind::kTimestampTz)};
    case DUCKDB_TYPE_INTERVAL: return {LogicalType::Of(TypeKind::kInterval)};
    case DUCKDB_TYPE_UUID: return {LogicalType::Of(TypeKind::kUuid)};
    case DUCKDB_TYPE_ENUM: return EnumAsText(type);
    case DUCKDB_TYPE_BIT: return AsText(LogicalType::Of(TypeKind::kBit));
    case DUCKDB_TYPE_LIST:
    case DUCKDB_TYPE_ARRAY:
    case DUCKDB_TYPE_STRUCT:
    case DUCKDB_TYPE_MAP:
    case DUCKDB_TYPE_UNION: return AsJson();
    default: return AsText(LogicalType::String());
  }
}

}  // namespace migrateiq::duck
