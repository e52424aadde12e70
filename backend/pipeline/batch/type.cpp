#include "pipeline/batch/type.hpp"

namespace migrateiq {

namespace {

std::string WithLength(std::string name, const LogicalType& type) {
  return type.length > 0 ? name + "(" + std::to_string(type.length) + ")" : name;
}

std::string WithFraction(std::string name, const LogicalType& type) {
  return type.precision != 6 ? name + "(" + std::to_string(type.precision) + ")" : name;
}

std::string DecimalName(const LogicalType& type) {
  if (type.precision == 0) return "decimal";
  return "decimal(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
}

}  // namespace

std::string ToString(const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kBool: return "bool";
    case TypeKind::kInt8: return "int8";
    case TypeKind::kInt16: return "int16";
    case TypeKind::kInt32: return "int32";
    case TypeKind::kInt64: return "int64";
    case TypeKind::kUInt64: return "uint64";
    case TypeKind::kFloat: return "float";
    case TypeKind::kDouble: return "double";
    case TypeKind::kDecimal: return DecimalName(type);
    case TypeKind::kString: return WithLength("string", type);
    case TypeKind::kChar: return WithLength("char", type);
    case TypeKind::kBytes: return WithLength("bytes", type);
    case TypeKind::kDate: return "date";
    case TypeKind::kTime: return WithFraction("time", type);
    case TypeKind::kTimestamp: return WithFraction("timestamp", type);
    case TypeKind::kTimestampTz: return WithFraction("timestamptz", type);
    case TypeKind::kInterval: return "interval";
    case TypeKind::kUuid: return "uuid";
    case TypeKind::kJson: return type.parsed ? "jsonb" : "json";
    case TypeKind::kEnum: return type.set ? "set" : "enum";
    case TypeKind::kArray: return "array";
    case TypeKind::kBit: return WithLength("bit", type);
    case TypeKind::kGeometry: return "geometry";
    case TypeKind::kAny: return "any";
  }
  return "unknown";
}

}  // namespace migrateiq
