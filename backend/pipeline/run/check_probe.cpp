#include "pipeline/run/check_probe.hpp"

#include <algorithm>

#include "base/errors/data.hpp"
#include "pipeline/run/rehearsed_keys.hpp"
#include "pipeline/run/row_pipeline.hpp"
#include "pipeline/run/target_expression.hpp"

namespace migrateiq {

namespace {

Result<std::unique_ptr<ExpressionEvaluator>> Evaluator(const std::vector<RehearsedCheck>& checks,
                                                       const SchemaPtr& schema, int64_t run_start_micros) {
  std::vector<ExpressionSpec> specs;
  for (const RehearsedCheck& check : checks) specs.push_back({.name = check.name, .sql = check.sql, .place = ""});
  return MakeExpressionEvaluator(schema, specs, run_start_micros);
}

}  // namespace

std::vector<RehearsedCheck> FollowChecks(const TableTask& task, const Dialect& dialect,
                                         std::vector<std::string>& notes) {
  std::vector<RehearsedCheck> followed;
  for (const Check& check : task.target.checks) {
    const auto sql = InDuckSql(check.expression, task.target, dialect);
    if (sql) {
      RehearsedCheck one{check.name, "CAST((" + *sql + ") AS BOOLEAN)",
                         IsMadeAfterRows(task, dialect, ObjectKind::kCheck, check.name)};
      if (Evaluator({one}, task.transform.target, task.transform.run_start_micros)) {
        followed.push_back(std::move(one));
        continue;
      }
    }
    notes.push_back("not predicted: check " + check.name + ": " + check.expression);
  }
  return followed;
}

Result<std::unique_ptr<CheckProbe>> CheckProbe::Make(const std::vector<RehearsedCheck>& checks, const SchemaPtr& schema,
                                                     int64_t run_start_micros) {
  if (checks.empty()) return nullptr;
  std::unique_ptr<CheckProbe> probe(new CheckProbe(checks));
  MIQ_ASSIGN(probe->evaluator_, Evaluator(checks, schema, run_start_micros));
  return probe;
}

Status CheckProbe::Judge(Batch& batch, Tally& tally) {
  if (batch.rows == 0) return {};
  std::vector<Finding> failures;  // what cannot be computed here is not held against the row
  MIQ_TRY(evaluator_->Evaluate(batch, results_, failures));
  std::vector<bool> keep(static_cast<size_t>(batch.rows), true);
  for (size_t check = 0; check < checks_.size(); ++check) {
    const Column& result = results_[check];
    for (int64_t row = 0; row < batch.rows; ++row) {
      const auto at = static_cast<size_t>(row);
      if (!keep[at] || result.IsNull(row) || result.Get<uint8_t>(row) != 0) continue;
      const std::string reason = std::string(codes::kDataRefused.code) + " check " + checks_[check].name;
      tally.rejected[{"", reason}].Add(RowJson(batch, row));
      keep[at] = checks_[check].deferred;
    }
  }
  const auto refused = std::ranges::count(keep, false);
  if (refused == 0) return {};
  tally.rows_quarantined += refused;
  batch = batch.Filter(keep);
  return {};
}

}  // namespace migrateiq
