#include "modules/workspace/step.hpp"

#include <gtest/gtest.h>

namespace migrateiq::workspace {
namespace {

using orchestrator::RunJob;
using orchestrator::RunState;

struct Said {
  StepState state;
  StepReason reason;
  std::optional<int64_t> left, total;
  bool operator==(const Said&) const = default;
};
Said Of(const ProjectStep& step) { return {step.state, step.reason, step.left, step.total}; }

std::ostream& operator<<(std::ostream& out, const Said& said) {
  return out << static_cast<int>(said.state) << " " << static_cast<int>(said.reason) << " " << said.left.value_or(-1)
             << " of " << said.total.value_or(-1);
}

Said Ran(RunState state, const std::string& result = "", const std::string& kind = "run") {
  RunJob run;
  run.state = state;
  run.result = result;
  run.kind = kind;
  return Of(MigrationStep(run, 0));
}

TEST(Steps, OfJobsStandAsTheirJobsDo) {
  for (const auto& [state, said] : std::vector<std::pair<std::string, Said>>{
           {"", {StepState::none, StepReason::not_begun, {}, {}}},
           {"queued", {StepState::busy, StepReason::under_way, {}, {}}},
           {"paused", {StepState::busy, StepReason::under_way, {}, {}}},
           {"failed", {StepState::failed, StepReason::failed, {}, {}}},
           {"cancelled", {StepState::cancelled, StepReason::cancelled, {}, {}}}}) {
    EXPECT_EQ(Of(AnalysisStep(state, {.tables = 9, .failures = 1})), said) << state;
    EXPECT_EQ(Of(MappingStep(state, 3, 4)), said) << state;
    EXPECT_EQ(Of(ValidationStep(state, {}, 0)), said) << state;
  }
}

TEST(Steps, SayWhatIsLeft) {
  EXPECT_EQ(Of(AnalysisStep("succeeded", {.tables = 7, .failures = 2})),
            (Said{StepState::open, StepReason::tables_unread, 2, 9}));
  EXPECT_EQ(Of(MappingStep("succeeded", 12, 240)), (Said{StepState::open, StepReason::suggestions_open, 12, 240}));
  EXPECT_EQ(Of(TransformationStep(true, 1)), (Said{StepState::open, StepReason::plan_faults, 1, {}}));
  EXPECT_EQ(Of(ValidationStep("succeeded", {.passed = 5, .failed = 2, .errors = 1, .skipped = 1}, 0)),
            (Said{StepState::open, StepReason::checks_failing, 3, 9}));
  EXPECT_EQ(Of(ValidationStep("running", {}, 4)), (Said{StepState::open, StepReason::alerts_open, 4, {}}))
      << "an alert wants attention while the next run is under way";
  EXPECT_EQ(Of(MigrationStep(std::nullopt, 2)), (Said{StepState::open, StepReason::waiting_for_approval, 2, {}}));
}

TEST(Steps, AreCompleteWhenNothingIsLeft) {
  EXPECT_EQ(Of(AnalysisStep("succeeded", {.tables = 7})), (Said{StepState::done, StepReason::complete, 0, 7}));
  EXPECT_EQ(Of(MappingStep("succeeded", 0, 4)), (Said{StepState::done, StepReason::complete, 0, 4}));
  EXPECT_EQ(Of(TransformationStep(false, 0)), (Said{StepState::none, StepReason::not_begun, {}, {}}));
  EXPECT_EQ(Of(TransformationStep(true, 0)), (Said{StepState::done, StepReason::complete, {}, {}}));
  EXPECT_EQ(Of(ValidationStep("succeeded", {.passed = 5}, 0)), (Said{StepState::done, StepReason::complete, 0, 5}));
}

TEST(Steps, OfRunsStandAsTheLastOneCameOut) {
  EXPECT_EQ(Of(MigrationStep(std::nullopt, 0)), (Said{StepState::none, StepReason::not_begun, {}, {}}));
  EXPECT_EQ(Ran(RunState::running), (Said{StepState::busy, StepReason::under_way, {}, {}}));
  EXPECT_EQ(Ran(RunState::failed, "mismatch", "verify"), (Said{StepState::open, StepReason::differences, {}, {}}));
  EXPECT_EQ(Ran(RunState::succeeded, "quarantined"), (Said{StepState::open, StepReason::quarantine, {}, {}}));
  EXPECT_EQ(Ran(RunState::undone, "quarantined"), (Said{StepState::open, StepReason::undone, {}, {}}));
  EXPECT_EQ(Ran(RunState::failed, "failed"), (Said{StepState::failed, StepReason::failed, {}, {}}));
  EXPECT_EQ(Ran(RunState::succeeded, "succeeded", "rehearse"), (Said{StepState::open, StepReason::rehearsed, {}, {}}));
  EXPECT_EQ(Ran(RunState::succeeded, "succeeded", "verify"), (Said{StepState::done, StepReason::verified, {}, {}}));
  EXPECT_EQ(Ran(RunState::succeeded, "succeeded"), (Said{StepState::done, StepReason::migrated, {}, {}}));
}

}  // namespace
}  // namespace migrateiq::workspace
