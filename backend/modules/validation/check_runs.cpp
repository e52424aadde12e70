#include "modules/validation/check_runs.hpp"

#include <spdlog/spdlog.h>

#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/audit.hpp"
#include "modules/validation/alerts.hpp"
#include "pipeline/suite/result_json.hpp"

namespace migrateiq::validation {

using store::Scope;
using store::Session;

namespace {

namespace json = boost::json;

std::string ContextOf(const std::string& check_run_id) { return "check-run:" + check_run_id; }

/// The share of rows that keep to a check; all or nothing where no rows are counted.
double QualityOf(const CheckResult& check) {
  const bool rows = check.rows_checked > 0 && check.rows_broken > 0;
  if (rows) return 1 - std::min(1.0, static_cast<double>(check.rows_broken) / static_cast<double>(check.rows_checked));
  return check.status == CheckStatus::kPassed ? 1 : 0;
}

std::optional<double> QualityOf(const SuiteResult& result) {
  double sum = 0;
  int64_t made = 0;
  for (const CheckResult& check : result.checks) {
    if (check.status != CheckStatus::kPassed && check.status != CheckStatus::kFailed) continue;
    sum += QualityOf(check);
    ++made;
  }
  return made == 0 ? std::nullopt : std::optional(sum / static_cast<double>(made));
}

}  // namespace

std::pair<CheckRunRow, std::vector<CheckResultRow>> FiguresOf(const SuiteResult& result, CheckRunRow row) {
  row.passed = result.Count(CheckStatus::kPassed);
  row.failed = result.Count(CheckStatus::kFailed);
  row.errors = result.Count(CheckStatus::kError);
  row.skipped = result.Count(CheckStatus::kSkipped);
  row.has_failed = result.Failed();
  row.quality = QualityOf(result);
  row.seconds = result.seconds;
  std::vector<CheckResultRow> rows;
  for (const CheckResult& check : result.checks)
    rows.push_back({.check_run_id = row.check_run_id,
                    .number = static_cast<int64_t>(rows.size()) + 1,
                    .name = check.name,
                    .kind = std::string(NameOfKind(check.kind)),
                    .severity = std::string(NameOfSeverity(check.severity)),
                    .status = std::string(NameOfStatus(check.status)),
                    .measured = check.measured,
                    .rows_checked = check.rows_checked,
                    .rows_broken = check.rows_broken,
                    .seconds = check.seconds,
                    .at = result.started_at});
  return {std::move(row), std::move(rows)};
}

Result<CheckRunDetail> CheckRuns::Start(const Actor& actor, const std::string& suite_id, Micros not_before,
                                        const std::string& schedule_id) {
  MIQ_ASSIGN(const SuiteRow suite,
             parts_.store.ReadFor<SuiteRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) {
               return RequireSuite(session, actor.tenant_id, suite_id);
             }));
  CheckRunRow row{.tenant_id = actor.tenant_id,
                  .suite_id = suite_id,
                  .suite_version = suite.version,
                  .project_id = suite.project_id,
                  .name = suite.name,
                  .created_at = parts_.clock.Now(),
                  .created_by = actor.person(),
                  .created_by_name = actor.name};
  MIQ_ASSIGN(projects::JobView job, parts_.jobs.Submit(actor,
                                                       {.kind = kCheckJob,
                                                        .project_id = suite.project_id,
                                                        .name = suite.name,
                                                        .source_connection_id = suite.source_connection_id,
                                                        .target_connection_id = suite.target_connection_id,
                                                        .not_before = not_before,
                                                        .schedule_id = schedule_id},
                                                       [&](Session& session, const std::string& job_id) -> Status {
                                                         row.check_run_id = job_id;
                                                         return InsertCheckRun(session, row);
                                                       }));
  return CheckRunDetail{std::move(row), std::move(job)};
}

Result<CheckRunDetail> CheckRuns::Get(const std::string& tenant_id, const std::string& check_run_id) {
  MIQ_ASSIGN(CheckRunRow row, parts_.store.ReadFor<CheckRunRow>(Scope::Tenant(tenant_id), [&](Session& session) {
    return RequireCheckRun(session, tenant_id, check_run_id);
  }));
  MIQ_ASSIGN(auto details,
             projects::AddJobs<CheckRunRow>(parts_.jobs, tenant_id, {std::move(row)}, &CheckRunRow::check_run_id));
  return std::move(details.front());
}

Result<std::vector<CheckRunDetail>> CheckRuns::List(const std::string& tenant_id, const CheckRunFilter& filter,
                                                    const core::PageRequest& page) {
  using Rows = std::vector<CheckRunRow>;
  MIQ_ASSIGN(Rows rows, parts_.store.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return ListCheckRuns(session, tenant_id, filter, page);
  }));
  return projects::AddJobs(parts_.jobs, tenant_id, std::move(rows), &CheckRunRow::check_run_id);
}

Result<CheckRunDetail> CheckRuns::Cancel(const Actor& actor, const std::string& check_run_id) {
  MIQ_ASSIGN(CheckRunDetail detail, Get(actor.tenant_id, check_run_id));
  MIQ_ASSIGN(detail.job, parts_.jobs.Cancel(actor, check_run_id));
  return detail;
}

Result<std::string> CheckRuns::Document(const std::string& tenant_id, const std::string& check_run_id) {
  MIQ_ASSIGN(const std::string sealed,
             parts_.store.ReadFor<std::string>(Scope::Tenant(tenant_id), [&](Session& session) {
               return SealedDocument(session, tenant_id, check_run_id);
             }));
  if (sealed.empty()) return Fail(codes::kApiState, "the check run is not finished");
  return parts_.vault.Open(tenant_id, sealed, ContextOf(check_run_id));
}

Result<std::vector<CheckResultRow>> CheckRuns::History(const std::string& tenant_id, const std::string& suite_id,
                                                       const std::string& check_name, const core::PageRequest& page) {
  return parts_.store.ReadFor<std::vector<CheckResultRow>>(Scope::Tenant(tenant_id), [&](Session& session) {
    return CheckHistory(session, tenant_id, suite_id, check_name, page);
  });
}

Status CheckRuns::Finish(projects::JobContext& job, const SuiteRow& suite, const SuiteResult& result) {
  MIQ_ASSIGN(const CheckRunDetail detail, Get(job.tenant_id(), job.job_id()));
  auto [run, rows] = FiguresOf(result, detail.row);
  const Micros now = parts_.clock.Now();
  run.finished_at = now;
  MIQ_ASSIGN(const std::string sealed,
             parts_.vault.Seal(run.tenant_id, JsonText(SuiteResultJson(result)), ContextOf(run.check_run_id)));
  return job.Write([&](Session& session) -> Status {
    MIQ_TRY(FinishCheckRun(session, run, rows, sealed));
    return RaiseAlerts(session, suite, run, rows, now);
  });
}

Status CheckRuns::Tidy(Micros before) {
  return parts_.store.Write(Scope::System(), [&](Session& session) { return DeleteOldCheckRuns(session, before); });
}

void CheckRuns::Announce(const projects::JobView& job) const {
  const bool begins = job.state == "running";
  if (parts_.bus == nullptr || (!begins && !job.is_over())) return;
  const std::string data =
      JsonText(json::object{{"check_run_id", job.job_id}, {"name", job.name}, {"state", job.state}});
  const Status told =
      parts_.bus->Publish({.topic = job.project_id.empty() ? "tenant:" + job.tenant_id : "project:" + job.project_id,
                           .type = begins ? "check.started" : "check.finished",
                           .data = data});
  if (!told) spdlog::warn("event of check run {} not published: {}", job.job_id, told.error().ToString());
}

}  // namespace migrateiq::validation
