#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "modules/analyzer/analysis.hpp"
#include "modules/orchestrator/job.hpp"
#include "modules/validation/rows.hpp"

/// How the steps of a project stand, by what is known of each.
namespace migrateiq::workspace {

enum class StepName { analysis, mapping, transformation, validation, migration };
BOOST_DESCRIBE_ENUM(StepName, analysis, mapping, transformation, validation, migration)

/// `open`: something is left to do before the next step.
enum class StepState { none, busy, open, failed, cancelled, done };
BOOST_DESCRIBE_ENUM(StepState, none, busy, open, failed, cancelled, done)

/// Why it stands so, and thereby what is missing before the next step.
enum class StepReason {
  not_begun,
  under_way,
  failed,
  cancelled,
  tables_unread,         ///< of the analysis
  suggestions_open,      ///< of the mapping: nobody decided about them
  plan_faults,           ///< the plan would not run
  alerts_open,           ///< of checks
  checks_failing,        ///< or could not be made
  waiting_for_approval,  ///< runs
  differences,           ///< between source and target
  quarantine,            ///< rows were put there
  rehearsed,             ///< not yet migrated
  undone,
  migrated,
  verified,
  complete  ///< nothing is missing
};
BOOST_DESCRIBE_ENUM(StepReason, not_begun, under_way, failed, cancelled, tables_unread, suggestions_open, plan_faults,
                    alerts_open, checks_failing, waiting_for_approval, differences, quarantine, rehearsed, undone,
                    migrated, verified, complete)

struct ProjectStep {
  StepName step = StepName::analysis;
  StepState state = StepState::none;
  StepReason reason = StepReason::not_begun;
  /// Tables, suggestions, faults, alerts, checks or runs; absent: there is nothing to count.
  std::optional<int64_t> left, total;
};
BOOST_DESCRIBE_STRUCT(ProjectStep, (), (step, state, reason, left, total))

/// Of the newest analysis, matching or check run: its job's state; empty when there is none.
ProjectStep AnalysisStep(const std::string& state, const analyzer::AnalysisSummary& summary);
ProjectStep MappingStep(const std::string& state, int64_t open, int64_t suggestions);
ProjectStep TransformationStep(bool there, int64_t faults);
ProjectStep ValidationStep(const std::string& state, const validation::CheckRunRow& run, int64_t alerts);
/// `newest`: the newest run of any kind. `approvals`: runs that wait for one.
ProjectStep MigrationStep(const std::optional<orchestrator::RunJob>& newest, int64_t approvals);

}  // namespace migrateiq::workspace
