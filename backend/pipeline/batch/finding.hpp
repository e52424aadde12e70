#pragma once

#include <cstdint>
#include <string>

namespace migrateiq {

/// What was odd about one value. Readers, casts and checks only *report* findings; the plan's policy decides
/// (pipeline/check/policy.hpp): accept the substitute and count it as altered, reject the row, or fail the run.
enum class FindingKind : uint8_t {
  kZeroDate,          ///< 0000-00-00, 1989-00-00, 2001-02-30; substitute: null
  kNulByte,           ///< NUL in text for a target that has none; substitute: text without it
  kNegativeZero,      ///< the target drops the sign; substitute: 0
  kJsonNull,          ///< the JSON value null, for a target that has NULL only; substitute: NULL
  kDuplicateJsonKey,  ///< the target keeps the last one; substitute: the reduced object
  kPaddingTrimmed,    ///< insignificant blanks or zero bytes the target drops; substitute: without them
  kAmbiguousTime,     ///< a wall time that a clock set back showed twice; substitute: its first occurrence
  // From here on there is no acceptable substitute: the row is rejected.
  kOutOfRange,
  kWrongType,  ///< e.g. text in an integer column
  kTooLong,
  kNull,        ///< NULL for a NOT NULL column
  kEncoding,    ///< invalid bytes for the encoding, or a character the target's charset lacks
  kPrecision,   ///< digits would be lost
  kSpecial,     ///< NaN, infinity, BC date ... that the target lacks
  kJson,        ///< not valid JSON for the target
  kRule,        ///< a rule of the plan; `rule` names it
  kExpression,  ///< an expr failed on this row
  kRefused,     ///< the target refused the row; `original` is its message
  kOrphan,
  kMask,  ///< the kind of mask cannot replace the value
};

constexpr bool HasSubstitute(FindingKind kind) { return kind <= FindingKind::kAmbiguousTime; }

/// "zero_date", "nul_byte", ...: as written in plans and reports.
const char* ToString(FindingKind kind);

/// One finding. The column already holds the substitute (or NULL where there is none).
struct Finding {
  int64_t row = 0;      ///< within the batch
  int32_t column = -1;  ///< within the batch's schema; -1 = the whole row
  FindingKind kind = FindingKind::kWrongType;
  std::string original;  ///< the value as text (bytes as \x...), whole, for samples and quarantine
  std::string detail;    ///< what it did not fit, e.g. "numeric(5,2)", or the rule's name
};

}  // namespace migrateiq
