#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/check/rules.hpp"
#include "pipeline/check/tally.hpp"
#include "pipeline/plan/plan.hpp"

namespace migrateiq {

/// Why one row is not written.
struct Rejection {
  int64_t row = 0;
  const ErrorCode* code = nullptr;
  std::string column;
  std::string reason;
};

/// The verdict on a batch.
struct Judgement {
  std::vector<Rejection> rejections;  ///< at most one a row, by row
};

/// Decides what becomes of findings and rule breaches: accept and count, reject the row, or fail the run. One per
/// thread.
class Policy {
 public:
  /// `secret`: columns of which no value is told, in no sample and no message; one flag a column, or empty.
  static Result<std::unique_ptr<Policy>> Make(const OnPolicy& on, const std::vector<Rule>& rules,
                                              const SchemaPtr& target, std::string table, int64_t run_start_micros,
                                              std::vector<bool> secret = {});

  /// Looks at findings, NULLs in NOT NULL columns and rules; may change values (`zero_date: epoch`). Rows flagged in
  /// `dropped` are not judged. Counts into `tally`. An Error (kDataRowFailed and so on) means the run must fail.
  Result<Judgement> Judge(Batch& batch, const std::vector<bool>& dropped, Tally& tally);

  /// The same for what a later step found: adds to the verdict.
  Status JudgeMore(Batch& batch, const std::vector<Finding>& findings, const std::vector<bool>& dropped,
                   Judgement& judgement, Tally& tally);

  /// The same decision for a row that the target refused.
  Result<Rejection> JudgeRefused(int64_t row, const Error& refusal, Tally& tally) const;

 private:
  Policy(const OnPolicy& on, std::vector<Rule> rules, SchemaPtr target, std::string table, std::vector<bool> secret)
      : on_(on),
        rules_(std::move(rules)),
        target_(std::move(target)),
        table_(std::move(table)),
        secret_(std::move(secret)) {}
  bool IsSecret(int32_t column) const;
  std::string Told(const Finding& finding) const;
  std::string Told(const Rule& rule, const std::string& value) const;
  std::string Reason(const Finding& finding) const;
  Status JudgeFinding(Batch& batch, const Finding& finding, Judgement& judgement, Tally& tally);
  Status Reject(Rejection rejection, const std::string& sample, bool fail, Judgement& judgement, Tally& tally) const;
  Status CheckNulls(const Batch& batch, const std::vector<bool>& dropped, Judgement& judgement, Tally& tally) const;
  Status CheckRules(const Batch& batch, const std::vector<bool>& dropped, Judgement& judgement, Tally& tally);
  std::string ColumnName(int32_t column) const;

  OnPolicy on_;
  std::vector<Rule> rules_;
  SchemaPtr target_;
  std::string table_;
  std::vector<bool> secret_;
  std::unique_ptr<RuleChecker> checker_;
};

/// The catalog code that belongs to a kind of finding.
const ErrorCode& CodeOf(FindingKind kind);

}  // namespace migrateiq
