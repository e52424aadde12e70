#pragma once

#include <string>
#include <string_view>

#include "pipeline/plan/plan.hpp"

namespace migrateiq {

/// Reads a plan (YAML, or JSON when the text starts with '{'). Unknown keys, ill-typed values and duplicate keys are
/// errors that name line, column and the nearest known key. `file_name` is used in places only.
/// Errors: kPlanSyntax, kPlanUnknownKey, kPlanValue, kPlanMissing, kPlanVersion, kPlanUnavailable.
Result<Plan> ParsePlan(std::string_view text, std::string_view file_name);
Result<Plan> ReadPlanFile(const std::string& path);
/// A plan that names stored connections cannot be carried out here: only a server has them. Errors: kPlanValue.
Status RefuseConnections(const Plan& plan);

/// The plan as commented YAML; ParsePlan reads it back to an equal plan. Secrets stay as the references written.
std::string WritePlan(const Plan& plan);

/// The published JSON Schema (draft 2020-12) of the plan file; docs/plan.schema.json is this text.
std::string PlanJsonSchema();

/// Identifies what a run does: everything but names of people and display. Equal plans give equal text (hex).
std::string PlanFingerprint(const Plan& plan);

}  // namespace migrateiq
