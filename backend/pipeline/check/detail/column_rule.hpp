#pragma once

#include <memory>
#include <string>

#include "base/error.hpp"
#include "pipeline/batch/column.hpp"
#include "pipeline/plan/plan.hpp"

namespace migrateiq::detail {

/// One rule about the values of one column.
class ColumnRule {
 public:
  virtual ~ColumnRule() = default;
  /// `row` is not NULL.
  virtual bool Passes(const Column& column, int64_t row) const = 0;
};

/// range, length, regex and in. Errors: kPlanValue.
Result<std::unique_ptr<ColumnRule>> MakeColumnRule(const Rule& rule, const LogicalType& type);

}  // namespace migrateiq::detail
