#pragma once

#include <optional>
#include <string>

#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/run/engine.hpp"

/// The statements that would make a target equal to its source, made by a verification. They hold rows of the data:
/// they lie sealed beside the run, and nobody carries them out but people.
namespace migrateiq::orchestrator {

/// The fact that holds them.
inline constexpr const char* kRepairFact = "repair_sql";

/// Compares every row, and keeps the statements. Errors: those of Verify.
Result<RunReport> VerifyForRepair(const Plan& plan, const std::string& run_id, RunRepository& records,
                                  EngineContext& context);
/// Nothing when the run made none.
Result<std::optional<std::string>> RepairStatementsOf(const std::string& run_id, RunRepository& records);

}  // namespace migrateiq::orchestrator
