#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace migrateiq {

/// The logical types every system is mapped to. How each is laid out in a Column stands beside it;
/// its canonical encoding for digests stands in `digest.hpp`, its text form in `text.hpp`.
enum class TypeKind : uint8_t {
  kBool,  ///< 1 byte, 0 or 1
  kInt8,  ///< 8-bit signed; unsigned 8-bit sources use kInt16, and so on upward
  kInt16,
  kInt32,
  kInt64,
  kUInt64,
  kFloat,      ///< IEEE 754 binary32
  kDouble,     ///< IEEE 754 binary64
  kDecimal,    ///< text: -?digits[.digits], no exponent, no '+', or NaN / Infinity / -Infinity; exact at any precision
  kString,     ///< UTF-8; length = most characters (0 = unbounded)
  kChar,       ///< UTF-8, blank-padded char(n): trailing blanks are not significant
  kBytes,      ///< any bytes; length = most bytes (0 = unbounded)
  kDate,       ///< int32 days since 1970-01-01 (proleptic Gregorian); INT32_MAX / INT32_MIN = +-infinity
  kTime,       ///< int64 microseconds since midnight, 0 .. 24h
  kTimestamp,  ///< int64 microseconds since 1970-01-01 00:00:00, wall time; INT64_MAX / INT64_MIN = +-infinity
  kTimestampTz,  ///< int64 microseconds since 1970-01-01 00:00:00 UTC; infinities as above
  kInterval,     ///< struct Interval: months, days, microseconds
  kUuid,         ///< 16 bytes, in text order
  kJson,         ///< UTF-8 JSON text; `parsed` says whether the system keeps the text or the parsed value
  kEnum,         ///< UTF-8 label; `labels` are the allowed ones
  kArray,        ///< text in PostgreSQL's array literal form; `native` names the element type
  kBit,          ///< text of '0' and '1', most significant first; length = bits
  kGeometry,     ///< EWKB, little endian (plain WKB when there is no SRID)
  kAny,          ///< a value with a type of its own: see `any_value.hpp`
};

/// A logical type with its parameters. Value semantics; equality compares everything.
struct LogicalType {
  TypeKind kind = TypeKind::kString;
  int32_t length = 0;               ///< kString/kChar/kEnum characters, kBytes bytes, kBit bits; 0 = unbounded
  int32_t precision = 0;            ///< kDecimal: total digits, 0 = unconstrained; times: fraction digits kept (0..6)
  int32_t scale = 0;                ///< kDecimal: digits after the point; -1 = any
  bool parsed = false;              ///< kJson: compared by parsed value (jsonb), not by text
  bool set = false;                 ///< kEnum: a set of labels joined by ',' (MySQL SET)
  std::vector<std::string> labels;  ///< kEnum

  bool operator==(const LogicalType&) const = default;

  static LogicalType Of(TypeKind kind) { return LogicalType{.kind = kind, .precision = DefaultPrecision(kind)}; }
  static LogicalType String(int32_t length = 0) { return {.kind = TypeKind::kString, .length = length}; }
  static LogicalType Bytes(int32_t length = 0) { return {.kind = TypeKind::kBytes, .length = length}; }
  static LogicalType Decimal(int32_t precision, int32_t scale) {
    return {.kind = TypeKind::kDecimal, .precision = precision, .scale = scale};
  }

 private:
  static int32_t DefaultPrecision(TypeKind kind) {
    const bool time = kind == TypeKind::kTime || kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampTz ||
                      kind == TypeKind::kInterval;
    return time ? 6 : 0;
  }
};

/// PostgreSQL's interval: the three parts are independent (a month is not a number of days).
struct Interval {
  int32_t months = 0;
  int32_t days = 0;
  int64_t micros = 0;
  bool operator==(const Interval&) const = default;
};

/// Width in bytes of a value in a Column, 0 for the variable-length kinds (offsets and bytes).
constexpr int FixedWidth(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
    case TypeKind::kInt8: return 1;
    case TypeKind::kInt16: return 2;
    case TypeKind::kInt32:
    case TypeKind::kFloat:
    case TypeKind::kDate: return 4;
    case TypeKind::kInt64:
    case TypeKind::kUInt64:
    case TypeKind::kDouble:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return 8;
    case TypeKind::kInterval:
    case TypeKind::kUuid: return 16;
    default: return 0;
  }
}

constexpr bool IsVariable(TypeKind kind) { return FixedWidth(kind) == 0; }
constexpr bool IsInteger(TypeKind kind) { return kind >= TypeKind::kInt8 && kind <= TypeKind::kUInt64; }

/// "decimal(12,2)", "timestamp", "string(40)": for messages and reports.
std::string ToString(const LogicalType& type);

}  // namespace migrateiq
