#include "modules/workspace/steps.hpp"

#include <map>

#include "modules/analyzer/analysis_store.hpp"
#include "modules/ml/matching_store.hpp"
#include "modules/orchestrator/job_repository.hpp"
#include "modules/projects/project_store.hpp"
#include "modules/validation/alert_store.hpp"
#include "modules/validation/check_run_store.hpp"

namespace migrateiq::workspace {

namespace {

using store::Session;

/// What each module keeps of the project's newest work.
struct Known {
  std::optional<projects::PlanRow> plan;
  int64_t faults = 0;
  std::optional<analyzer::AnalysisRow> analysis;
  std::optional<ml::MatchingStanding> matching;
  std::optional<validation::CheckRunRow> checks;
  int64_t alerts = 0;
  std::optional<orchestrator::RunJob> run;
  int64_t approvals = 0;
  std::map<std::string, std::string> states;  ///< of jobs, by id
};

/// A row that is finished is there, whatever became of its job; one whose job is gone will never be.
template <class Row>
std::string StateOf(const Known& known, const std::optional<Row>& row, std::string Row::*id) {
  if (!row) return "";
  if (row->finished_at) return "succeeded";
  const auto state = known.states.find((*row).*id);
  return state == known.states.end() ? "failed" : state->second;
}

Status ReadJobs(Session& session, const std::string& tenant_id, Known& known) {
  std::vector<std::string> unfinished;
  const auto add = [&unfinished](const auto& row, auto id) {
    if (row && !row->finished_at) unfinished.push_back((*row).*id);
  };
  add(known.analysis, &analyzer::AnalysisRow::analysis_id);
  add(known.matching, &ml::MatchingStanding::matching_id);
  add(known.checks, &validation::CheckRunRow::check_run_id);
  MIQ_ASSIGN(const auto jobs, orchestrator::jobs::FindAll(session, tenant_id, unfinished));
  for (const orchestrator::RunJob& job : jobs) known.states[job.run_id] = Word(job.state);
  return {};
}

Status ReadValidation(Session& session, const StepsWish& wish, Known& known) {
  MIQ_ASSIGN(auto runs,
             validation::ListCheckRuns(session, wish.tenant_id, {.suite_id = {}, .project_id = wish.project_id},
                                       {.limit = 0, .cursor = {}}));
  if (!runs.empty()) known.checks = std::move(runs.front());
  validation::AlertFilter unresolved;
  unresolved.source = validation::kOfSuites;
  unresolved.project_id = wish.project_id;
  unresolved.state = "unresolved";
  MIQ_ASSIGN(known.alerts, validation::CountAlerts(session, wish.tenant_id, unresolved));
  return {};
}

Status ReadMigration(Session& session, const StepsWish& wish, Known& known) {
  orchestrator::jobs::Filter filter;
  filter.project_id = wish.project_id;
  filter.limit = 1;
  MIQ_ASSIGN(auto runs, orchestrator::jobs::List(session, wish.tenant_id, filter));
  if (!runs.empty()) known.run = std::move(runs.front());
  filter.waiting_for = orchestrator::kWaitsForApproval;
  MIQ_ASSIGN(known.approvals, orchestrator::jobs::Count(session, wish.tenant_id, filter));
  return {};
}

Status ReadAll(Session& session, const StepsWish& wish, Known& known) {
  if (wish.analysis) {
    const bool shared = wish.shared_analyses && known.plan;
    MIQ_ASSIGN(known.analysis, analyzer::NewestAnalysis(session, wish.tenant_id, wish.project_id,
                                                        shared ? known.plan->ends.source_id : ""));
  }
  if (wish.mapping) { MIQ_ASSIGN(known.matching, ml::NewestMatching(session, wish.tenant_id, wish.project_id)); }
  if (wish.validation) MIQ_TRY(ReadValidation(session, wish, known));
  if (wish.migration) MIQ_TRY(ReadMigration(session, wish, known));
  return ReadJobs(session, wish.tenant_id, known);
}

std::vector<ProjectStep> StepsBy(const StepsWish& wish, const Known& known) {
  std::vector<ProjectStep> steps;
  if (wish.analysis)
    steps.push_back(AnalysisStep(StateOf(known, known.analysis, &analyzer::AnalysisRow::analysis_id),
                                 known.analysis ? known.analysis->summary : analyzer::AnalysisSummary()));
  if (wish.mapping)
    steps.push_back(MappingStep(StateOf(known, known.matching, &ml::MatchingStanding::matching_id),
                                known.matching ? known.matching->open : 0,
                                known.matching ? known.matching->suggestions : 0));
  steps.push_back(TransformationStep(known.plan.has_value(), known.faults));
  if (wish.validation)
    steps.push_back(ValidationStep(StateOf(known, known.checks, &validation::CheckRunRow::check_run_id),
                                   known.checks.value_or(validation::CheckRunRow()), known.alerts));
  if (wish.migration) steps.push_back(MigrationStep(known.run, known.approvals));
  return steps;
}

}  // namespace

Result<ProjectSteps> Steps::Of(const StepsWish& wish) {
  Known known;
  MIQ_TRY(store_.Read(store::Scope::Tenant(wish.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(projects::RequireProject(session, wish.tenant_id, wish.project_id));
    MIQ_ASSIGN(known.plan, projects::ChosenPlan(session, wish.tenant_id, wish.project_id, wish.plan_id));
    if (known.plan) known.faults = verdicts_.Check(session, *known.plan) ? 0 : 1;
    return ReadAll(session, wish, known);
  }));
  return ProjectSteps{.plan_id = known.plan ? known.plan->plan_id : "", .steps = StepsBy(wish, known)};
}

}  // namespace migrateiq::workspace
