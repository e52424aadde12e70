#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/plan/plan.hpp"

namespace migrateiq {

/// A row that breaks a rule. `value` is what broke it as text (at most 1 KiB): the column's value, or for `expr` why
/// the expression failed on the row (empty when it was simply false).
struct RuleBreach {
  int64_t row = 0;
  size_t rule = 0;
  std::string value;
};

/// The rules of one table, checked over batches of its target schema. One instance per thread.
///
/// | kind     | passes when                                                                                        |
/// |----------|----------------------------------------------------------------------------------------------------|
/// | not_null | the value is not NULL; all other kinds let NULL pass                                               |
/// | range    | min <= value <= max: numbers exactly, dates and times by moment, texts by code point               |
/// | length   | min <= characters <= max (bytes for binary columns)                                                |
/// | regex    | the RE2 pattern matches somewhere in the text form                                                 |
/// | in       | the value equals one of those listed, as a value of the column's type                              |
/// | expr     | the expression is true or NULL; a row on which it fails breaks the rule                            |
class RuleChecker {
 public:
  virtual ~RuleChecker() = default;
  /// Appends the breaches, by row and then by rule.
  virtual Status Check(const Batch& batch, std::vector<RuleBreach>& breaches) = 0;
};

/// Errors: kPlanColumn (with the nearest name), kPlanValue (a bound, pattern or value that the column's type cannot
/// have), and those of expressions.
Result<std::unique_ptr<RuleChecker>> MakeRuleChecker(const std::vector<Rule>& rules, const SchemaPtr& target_schema,
                                                     int64_t run_start_micros);

}  // namespace migrateiq
