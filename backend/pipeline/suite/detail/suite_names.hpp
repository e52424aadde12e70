#pragma once

#include <array>

#include "pipeline/plan/detail/plan_names.hpp"
#include "pipeline/suite/check_result.hpp"
#include "pipeline/suite/suite.hpp"

/// How the enumerations of a suite are written; used by reading, writing and messages.
namespace migrateiq::detail {

inline constexpr std::array kSuiteSides = {
    NamedValue{SuiteSide::kSource, "source"},
    NamedValue{SuiteSide::kTarget, "target"},
};
inline constexpr std::array kSuiteAttachments = {
    NamedValue{SuiteAttach::kSource, "source"},
    NamedValue{SuiteAttach::kTarget, "target"},
    NamedValue{SuiteAttach::kFlow, "flow"},
};
inline constexpr std::array kCheckSeverities = {
    NamedValue{CheckSeverity::kInfo, "info"},
    NamedValue{CheckSeverity::kWarn, "warn"},
    NamedValue{CheckSeverity::kError, "error"},
};
inline constexpr std::array kCheckKinds = {
    NamedValue{CheckKind::kNotNull, "not_null"},
    NamedValue{CheckKind::kRange, "range"},
    NamedValue{CheckKind::kLength, "length"},
    NamedValue{CheckKind::kRegex, "regex"},
    NamedValue{CheckKind::kIn, "in"},
    NamedValue{CheckKind::kExpr, "expr"},
    NamedValue{CheckKind::kUnique, "unique"},
    NamedValue{CheckKind::kCompleteness, "completeness"},
    NamedValue{CheckKind::kUniqueness, "uniqueness"},
    NamedValue{CheckKind::kRowCount, "row_count"},
    NamedValue{CheckKind::kFreshness, "freshness"},
    NamedValue{CheckKind::kDistribution, "distribution"},
    NamedValue{CheckKind::kReferences, "references"},
    NamedValue{CheckKind::kColumn, "column"},
    NamedValue{CheckKind::kSql, "sql"},
};
inline constexpr std::array kDistances = {
    NamedValue{Distance::kPsi, "psi"},
    NamedValue{Distance::kKs, "ks"},
    NamedValue{Distance::kJs, "js"},
};
inline constexpr std::array kCheckStatuses = {
    NamedValue{CheckStatus::kPassed, "passed"},
    NamedValue{CheckStatus::kFailed, "failed"},
    NamedValue{CheckStatus::kError, "error"},
    NamedValue{CheckStatus::kSkipped, "skipped"},
};

/// "not_null_customer_email": a check's name when the suite gives none.
inline std::string DerivedCheckName(const SuiteCheck& check) {
  std::string name(NameOf(kCheckKinds, check.kind));
  if (!check.table.empty()) name += "_" + check.table;
  for (const std::string& column : check.columns) name += "_" + column;
  return name;
}

}  // namespace migrateiq::detail
