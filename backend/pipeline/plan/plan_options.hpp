#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "pipeline/plan/plan.hpp"

namespace migrateiq {

/// What may be said of a plan besides its two ends, before the rest is proposed: the command line's flags, and the
/// members of a server's request. What is given beats the plan.
struct PlanOptions {
  std::vector<std::string> tables, exclude;                ///< patterns
  std::vector<std::pair<std::string, std::string>> where;  ///< table, condition in SQL of the source
  std::optional<SchemaMode> schema;
  std::optional<VerifyLevel> verify;
  std::optional<RowError> row_error;
  std::optional<NameCase> naming;
  std::optional<int64_t> workers, parts;
  std::optional<bool> create_database;
};

void ApplyOptions(const PlanOptions& options, Plan& plan);

}  // namespace migrateiq
