#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/options.hpp"
#include "apps/migrateiq/runs.hpp"
#include "base/error.hpp"
#include "pipeline/plan/plan.hpp"

namespace migrateiq::cli {

/// The options that `copy`, `plan`, `run` and `rehearse` share with the plan file. What is given beats the plan.
class PlanFlags {
 public:
  void Declare(Options& options);
  /// Errors: kUsage.
  Status Apply(Plan& plan) const;
  /// Applies, gives advice about literal passwords, and writes --plan-out.
  Status Prepare(const Console& console, Plan& plan) const;
  /// Where --plan-out wants the plan; empty = nowhere.
  std::string plan_out() const { return plan_out_.value_or(""); }

 private:
  std::vector<std::string> tables_, exclude_, where_;
  std::optional<int64_t> workers_, parts_;
  std::optional<std::string> schema_, verify_, on_row_error_, naming_, plan_out_;
  bool create_database_ = false;
};

/// A plan for two URLs, with the documented defaults.
Plan PlanFor(const std::string& source, const std::string& target);

/// The plan of a file, and what it said.
Result<PlanInput> ReadPlanInput(const std::string& path);

/// The plan with literal secrets of its URLs as `${...}` references; `note` tells which to set, if any.
Plan WithReferences(const Plan& plan, std::string& note);

/// Writes the plan WithReferences (mode 0600).
Status WritePlanFile(const std::string& path, const Plan& plan);

/// Tells, once, that a password in the arguments can be seen for a moment; empty when there is none.
std::string LiteralSecretAdvice(const Plan& plan);

}  // namespace migrateiq::cli
