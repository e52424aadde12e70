#pragma once

#include "pipeline/suite/detail/task.hpp"

namespace migrateiq::detail {

/// Checks of one table's rows: the plan's rules, completeness, unique, uniqueness, row_count, freshness.
std::unique_ptr<CheckTask> MakeRowTask(const SuiteCheck& check, CheckResult& result, const CheckOptions& options);
/// Checks that compare: distribution and references.
std::unique_ptr<CheckTask> MakeCompareTask(const SuiteCheck& check, CheckResult& result, const CheckOptions& options);
/// column and sql.
std::unique_ptr<CheckTask> MakeSystemTask(const SuiteCheck& check, CheckResult& result, const CheckOptions& options);

}  // namespace migrateiq::detail
