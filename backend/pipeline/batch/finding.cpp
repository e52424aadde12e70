#include "pipeline/batch/finding.hpp"

namespace migrateiq {

const char* ToString(FindingKind kind) {
  switch (kind) {
    case FindingKind::kZeroDate: return "zero_date";
    case FindingKind::kNulByte: return "nul_byte";
    case FindingKind::kNegativeZero: return "negative_zero";
    case FindingKind::kJsonNull: return "json_null";
    case FindingKind::kDuplicateJsonKey: return "duplicate_json_key";
    case FindingKind::kPaddingTrimmed: return "padding_trimmed";
    case FindingKind::kAmbiguousTime: return "ambiguous_time";
    case FindingKind::kOutOfRange: return "out_of_range";
    case FindingKind::kWrongType: return "wrong_type";
    case FindingKind::kTooLong: return "too_long";
    case FindingKind::kNull: return "null";
    case FindingKind::kEncoding: return "encoding";
    case FindingKind::kPrecision: return "precision";
    case FindingKind::kSpecial: return "special_value";
    case FindingKind::kJson: return "json";
    case FindingKind::kRule: return "rule";
    case FindingKind::kExpression: return "expression";
    case FindingKind::kRefused: return "refused";
    case FindingKind::kOrphan: return "orphan";
    case FindingKind::kMask: return "mask";
  }
  return "unknown";
}

}  // namespace migrateiq
