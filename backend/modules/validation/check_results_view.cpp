#include "modules/validation/check_results_view.hpp"

#include "base/server_fix.hpp"
#include "modules/core/answer_values.hpp"
#include "pipeline/suite/result_json.hpp"

namespace migrateiq::validation {

namespace {

using core::Given;

CheckOutcome OutcomeOf(CheckStatus status) {
  switch (status) {
    case CheckStatus::kPassed: return CheckOutcome::passed;
    case CheckStatus::kFailed: return CheckOutcome::failed;
    case CheckStatus::kError: return CheckOutcome::error;
    case CheckStatus::kSkipped: break;
  }
  return CheckOutcome::skipped;
}

CheckResultView ViewOfCheck(const CheckResult& check) {
  CheckResultView view{.name = check.name,
                       .kind = std::string(NameOfKind(check.kind)),
                       .side = std::string(NameOfSide(check.side)),
                       .table = check.table,
                       .columns = check.columns,
                       .severity = std::string(NameOfSeverity(check.severity)),
                       .owner = check.owner,
                       .description = check.description,
                       .status = OutcomeOf(check.status),
                       .measured = check.measured,
                       .threshold = check.threshold,
                       .message = check.message,
                       .rows_checked = check.rows_checked,
                       .rows_broken = check.rows_broken,
                       .seconds = check.seconds,
                       .how = check.how,
                       .sql = check.sql,
                       .personal = check.personal,
                       .code = Given(check.code),
                       .fix = Given(std::string(ServerFix(check.code, check.fix)))};
  for (const CheckSample& sample : check.samples)
    view.samples.push_back({{sample.key.begin(), sample.key.end()}, sample.value});
  return view;
}

}  // namespace

SuiteResultView ViewOf(const SuiteResult& result) {
  SuiteResultView view{
      .suite = result.suite, .started_at = {result.started_at}, .seconds = result.seconds, .failed = result.Failed()};
  for (const CheckStatus status :
       {CheckStatus::kPassed, CheckStatus::kFailed, CheckStatus::kError, CheckStatus::kSkipped})
    view.counts[std::string(NameOfStatus(status))] = result.Count(status);
  for (const CheckResult& check : result.checks) view.checks.push_back(ViewOfCheck(check));
  return view;
}

}  // namespace migrateiq::validation
