#pragma once

#include <array>
#include <string_view>

#include "pipeline/plan/plan.hpp"

/// How the enumerations of a plan are written; used by reading, writing and messages.
namespace migrateiq::detail {

template <class E>
struct NamedValue {
  E value;
  std::string_view name;
};

inline constexpr std::array kLoadModes = {
    NamedValue{LoadMode::kCreate, "create"},
    NamedValue{LoadMode::kAppend, "append"},
    NamedValue{LoadMode::kTruncate, "truncate"},
    NamedValue{LoadMode::kUpsert, "upsert"},
};
inline constexpr std::array kSchemaModes = {
    NamedValue{SchemaMode::kCreate, "create"},
    NamedValue{SchemaMode::kReuse, "reuse"},
    NamedValue{SchemaMode::kReplace, "replace"},
};
inline constexpr std::array kVerifyLevels = {
    NamedValue{VerifyLevel::kNone, "none"},
    NamedValue{VerifyLevel::kCounts, "counts"},
    NamedValue{VerifyLevel::kChecksum, "checksum"},
    NamedValue{VerifyLevel::kDiff, "diff"},
};
inline constexpr std::array kSeverities = {
    NamedValue{Severity::kWarn, "warn"},
    NamedValue{Severity::kReject, "reject"},
    NamedValue{Severity::kFail, "fail"},
};
inline constexpr std::array kRuleKinds = {
    NamedValue{RuleKind::kNotNull, "not_null"},
    NamedValue{RuleKind::kRange, "range"},
    NamedValue{RuleKind::kLength, "length"},
    NamedValue{RuleKind::kRegex, "regex"},
    NamedValue{RuleKind::kIn, "in"},
    NamedValue{RuleKind::kExpr, "expr"},
};
inline constexpr std::array kMaskKinds = {
#define MIQ_MASK_KIND(constant, id, ...) NamedValue{MaskKind::k##constant, id},
#include "pipeline/mask/kinds.def"
#undef MIQ_MASK_KIND
};
inline constexpr std::array kZeroDates = {
    NamedValue{ZeroDate::kNull, "null"},
    NamedValue{ZeroDate::kError, "error"},
    NamedValue{ZeroDate::kEpoch, "epoch"},
};
inline constexpr std::array kNulBytes = {
    NamedValue{NulByte::kStrip, "strip"},
    NamedValue{NulByte::kReject, "reject"},
    NamedValue{NulByte::kError, "error"},
};
inline constexpr std::array kOrphanRows = {
    NamedValue{OrphanRow::kReport, "report"},
    NamedValue{OrphanRow::kQuarantine, "quarantine"},
    NamedValue{OrphanRow::kError, "error"},
};
inline constexpr std::array kRowErrors = {
    NamedValue{RowError::kQuarantine, "quarantine"},
    NamedValue{RowError::kFail, "fail"},
};
inline constexpr std::array kRests = {
    NamedValue{Rest::kMap, "map"},
    NamedValue{Rest::kDrop, "drop"},
    NamedValue{Rest::kFail, "fail"},
};
inline constexpr std::array kNameCases = {
    NamedValue{NameCase::kKeep, "keep"},
    NamedValue{NameCase::kSnake, "snake"},
    NamedValue{NameCase::kLower, "lower"},
};
inline constexpr std::array kUndoModes = {
    NamedValue{true, "journal"},
    NamedValue{false, "none"},
};

template <class Table, class E>
constexpr std::string_view NameOf(const Table& table, E value) {
  for (const auto& entry : table) {
    if (entry.value == value) return entry.name;
  }
  return "";
}

/// "not_null_email", or just the kind where there is no column: a rule's name when the plan gives none.
inline std::string DerivedRuleName(const Rule& rule) {
  std::string name(NameOf(kRuleKinds, rule.kind));
  return rule.column.empty() ? name : name + "_" + rule.column;
}

}  // namespace migrateiq::detail
