#include "modules/workspace/step.hpp"

namespace migrateiq::workspace {

namespace {

using enum StepName;

ProjectStep Left(StepName name, StepReason reason, int64_t left, std::optional<int64_t> total = {}) {
  return {.step = name, .state = StepState::open, .reason = reason, .left = left, .total = total};
}

ProjectStep Standing(StepName name, StepState state, StepReason reason) {
  return {.step = name, .state = state, .reason = reason};
}

ProjectStep Complete(StepName name, int64_t total) {
  return {.step = name, .state = StepState::done, .reason = StepReason::complete, .left = 0, .total = total};
}

/// What a job's state alone says; nothing when it came to a good end.
std::optional<ProjectStep> OfJob(StepName name, const std::string& state) {
  if (state == "succeeded") return std::nullopt;
  if (state.empty()) return Standing(name, StepState::none, StepReason::not_begun);
  if (state == "failed") return Standing(name, StepState::failed, StepReason::failed);
  if (state == "cancelled") return Standing(name, StepState::cancelled, StepReason::cancelled);
  return Standing(name, StepState::busy, StepReason::under_way);
}

/// A verification that found differences has failed, but that is not what one wants to know of it.
std::optional<ProjectStep> OfResult(const std::string& result) {
  if (result == "mismatch") return Standing(migration, StepState::open, StepReason::differences);
  if (result == "quarantined") return Standing(migration, StepState::open, StepReason::quarantine);
  return std::nullopt;
}

ProjectStep OfGoodRun(const std::string& kind) {
  if (kind == "rehearse") return Standing(migration, StepState::open, StepReason::rehearsed);
  return Standing(migration, StepState::done, kind == "verify" ? StepReason::verified : StepReason::migrated);
}

}  // namespace

ProjectStep AnalysisStep(const std::string& state, const analyzer::AnalysisSummary& summary) {
  if (const auto step = OfJob(analysis, state)) return *step;
  const int64_t total = summary.tables + summary.failures;
  return summary.failures > 0 ? Left(analysis, StepReason::tables_unread, summary.failures, total)
                              : Complete(analysis, total);
}

ProjectStep MappingStep(const std::string& state, int64_t open, int64_t suggestions) {
  if (const auto step = OfJob(mapping, state)) return *step;
  return open > 0 ? Left(mapping, StepReason::suggestions_open, open, suggestions) : Complete(mapping, suggestions);
}

ProjectStep TransformationStep(bool there, int64_t faults) {
  if (!there) return Standing(transformation, StepState::none, StepReason::not_begun);
  if (faults > 0) return Left(transformation, StepReason::plan_faults, faults);
  return Standing(transformation, StepState::done, StepReason::complete);
}

ProjectStep ValidationStep(const std::string& state, const validation::CheckRunRow& run, int64_t alerts) {
  if (alerts > 0) return Left(validation, StepReason::alerts_open, alerts);
  if (const auto step = OfJob(validation, state)) return *step;
  const int64_t left = run.failed + run.errors, total = run.passed + left + run.skipped;
  return left > 0 ? Left(validation, StepReason::checks_failing, left, total) : Complete(validation, total);
}

ProjectStep MigrationStep(const std::optional<orchestrator::RunJob>& newest, int64_t approvals) {
  if (approvals > 0) return Left(migration, StepReason::waiting_for_approval, approvals);
  if (!newest) return Standing(migration, StepState::none, StepReason::not_begun);
  if (newest->state == orchestrator::RunState::undone) return Standing(migration, StepState::open, StepReason::undone);
  if (const auto step = OfResult(newest->result)) return *step;
  if (const auto step = OfJob(migration, std::string(Word(newest->state)))) return *step;
  return OfGoodRun(newest->kind);
}

}  // namespace migrateiq::workspace
