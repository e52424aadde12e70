#include "pipeline/check/policy.hpp"

#include <algorithm>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"

namespace migrateiq {

const ErrorCode& CodeOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::kZeroDate: return codes::kDataZeroDate;
    case FindingKind::kNulByte: return codes::kDataNulByte;
    case FindingKind::kOutOfRange: return codes::kDataOutOfRange;
    case FindingKind::kTooLong: return codes::kDataTooLong;
    case FindingKind::kNull: return codes::kDataNull;
    case FindingKind::kEncoding: return codes::kDataEncoding;
    case FindingKind::kPrecision: return codes::kDataPrecision;
    case FindingKind::kAmbiguousTime:
    case FindingKind::kNegativeZero:
    case FindingKind::kSpecial: return codes::kDataSpecial;
    case FindingKind::kJsonNull:
    case FindingKind::kDuplicateJsonKey:
    case FindingKind::kJson: return codes::kDataJson;
    case FindingKind::kRule: return codes::kDataRule;
    case FindingKind::kExpression: return codes::kExprFailed;
    case FindingKind::kPaddingTrimmed:
    case FindingKind::kRefused: return codes::kDataRefused;
    case FindingKind::kOrphan: return codes::kDataOrphan;
    case FindingKind::kMask: return codes::kDataMask;
    case FindingKind::kWrongType: return codes::kDataWrongType;
  }
  return codes::kDataWrongType;
}

namespace {

constexpr const char* kWithheld = "(withheld: masked)";

enum class Action : uint8_t { kAccept, kEpoch, kReject, kFail };

Action ActionFor(FindingKind kind, const OnPolicy& on) {
  if (kind == FindingKind::kZeroDate) {
    if (on.zero_date == ZeroDate::kError) return Action::kFail;
    return on.zero_date == ZeroDate::kEpoch ? Action::kEpoch : Action::kAccept;
  }
  if (kind == FindingKind::kNulByte) {
    if (on.nul_byte == NulByte::kError) return Action::kFail;
    return on.nul_byte == NulByte::kReject ? Action::kReject : Action::kAccept;
  }
  return HasSubstitute(kind) ? Action::kAccept : Action::kReject;
}

/// Puts 1970-01-01 where the zero date left a NULL.
void SetEpoch(Column& column, int64_t row) {
  Column changed(column.type());
  for (int64_t i = 0; i < column.length(); ++i) {
    if (i != row)
      changed.AppendFrom(column, i);
    else if (FixedWidth(column.type().kind) == 4)
      changed.Append(int32_t{0});
    else if (FixedWidth(column.type().kind) == 8)
      changed.Append(int64_t{0});
    else
      changed.AppendBytes("1970-01-01");
  }
  column = std::move(changed);
}

bool IsDropped(const std::vector<bool>& dropped, int64_t row) {
  return !dropped.empty() && dropped[static_cast<size_t>(row)];
}

}  // namespace

Result<std::unique_ptr<Policy>> Policy::Make(const OnPolicy& on, const std::vector<Rule>& rules,
                                             const SchemaPtr& target, std::string table, int64_t run_start_micros,
                                             std::vector<bool> secret) {
  std::unique_ptr<Policy> policy(new Policy(on, rules, target, std::move(table), std::move(secret)));
  if (!rules.empty()) { MIQ_ASSIGN(policy->checker_, MakeRuleChecker(rules, target, run_start_micros)); }
  return policy;
}

std::string Policy::ColumnName(int32_t column) const {
  return column < 0 ? "" : target_->fields[static_cast<size_t>(column)].name;
}

/// A whole row, and what DuckDB says of an expression, may hold the values of any column.
bool Policy::IsSecret(int32_t column) const {
  return column < 0 ? std::ranges::find(secret_, true) != secret_.end()
                    : !secret_.empty() && secret_[static_cast<size_t>(column)];
}

std::string Policy::Told(const Finding& finding) const {
  return IsSecret(finding.column) || (finding.kind == FindingKind::kExpression && IsSecret(-1)) ? kWithheld
                                                                                                : finding.original;
}

std::string Policy::Told(const Rule& rule, const std::string& value) const {
  const int column = rule.kind == RuleKind::kExpr ? -1 : target_->IndexOf(rule.column);
  return IsSecret(column) ? kWithheld : value;
}

std::string Policy::Reason(const Finding& finding) const {
  std::string reason = std::string(ToString(finding.kind));
  const bool quotes = finding.kind == FindingKind::kExpression || finding.column < 0;
  if (finding.detail.empty() || (quotes && IsSecret(-1))) return reason;
  return reason + (finding.column < 0 ? ": " : ": does not fit ") + finding.detail;
}

Status Policy::JudgeMore(Batch& batch, const std::vector<Finding>& findings, const std::vector<bool>& dropped,
                         Judgement& judgement, Tally& tally) {
  for (const Finding& finding : findings) {
    if (!IsDropped(dropped, finding.row)) MIQ_TRY(JudgeFinding(batch, finding, judgement, tally));
  }
  std::ranges::sort(judgement.rejections, {}, &Rejection::row);
  return {};
}

Result<Judgement> Policy::Judge(Batch& batch, const std::vector<bool>& dropped, Tally& tally) {
  Judgement judgement;
  MIQ_TRY(JudgeMore(batch, batch.findings, dropped, judgement, tally));
  MIQ_TRY(CheckNulls(batch, dropped, judgement, tally));
  if (checker_) MIQ_TRY(CheckRules(batch, dropped, judgement, tally));
  std::ranges::sort(judgement.rejections, {}, &Rejection::row);
  return judgement;
}

Status Policy::JudgeFinding(Batch& batch, const Finding& finding, Judgement& judgement, Tally& tally) {
  const Action action = ActionFor(finding.kind, on_);
  if (action == Action::kAccept || action == Action::kEpoch) {
    if (action == Action::kEpoch && finding.column >= 0)
      SetEpoch(batch.columns[static_cast<size_t>(finding.column)], finding.row);
    tally.altered[{ColumnName(finding.column), ToString(finding.kind)}].Add(Told(finding));
    return {};
  }
  Rejection rejection{finding.row, &CodeOf(finding.kind), ColumnName(finding.column), Reason(finding)};
  return Reject(std::move(rejection), Told(finding), action == Action::kFail, judgement, tally);
}

/// Counts the first reason of a row only. An error when the plan wants the run to fail.
Status Policy::Reject(Rejection rejection, const std::string& sample, bool fail, Judgement& judgement,
                      Tally& tally) const {
  if (fail || on_.row_error == RowError::kFail) {
    const ErrorCode& code = fail ? *rejection.code : codes::kDataRowFailed;
    return Fail(
        Error(code, rejection.reason + ", value: " + sample.substr(0, 200)).Table(table_).Column(rejection.column));
  }
  if (std::ranges::find(judgement.rejections, rejection.row, &Rejection::row) != judgement.rejections.end()) return {};
  const std::string kind = rejection.reason.substr(0, rejection.reason.find(':'));
  tally.rejected[{rejection.column, std::string(rejection.code->code) + " " + kind}].Add(sample);
  judgement.rejections.push_back(std::move(rejection));
  return {};
}

Status Policy::CheckNulls(const Batch& batch, const std::vector<bool>& dropped, Judgement& judgement,
                          Tally& tally) const {
  for (size_t c = 0; c < batch.columns.size(); ++c) {
    if (target_->fields[c].nullable || batch.columns[c].null_count() == 0) continue;
    for (int64_t row = 0; row < batch.rows; ++row) {
      if (!batch.columns[c].IsNull(row) || IsDropped(dropped, row)) continue;
      Rejection rejection{row, &codes::kDataNull, target_->fields[c].name, "null: the target column is NOT NULL"};
      MIQ_TRY(Reject(std::move(rejection), "NULL", false, judgement, tally));
    }
  }
  return {};
}

Status Policy::CheckRules(const Batch& batch, const std::vector<bool>& dropped, Judgement& judgement, Tally& tally) {
  std::vector<RuleBreach> breaches;
  MIQ_TRY(checker_->Check(batch, breaches));
  for (const RuleBreach& breach : breaches) {
    if (IsDropped(dropped, breach.row)) continue;
    const Rule& rule = rules_[breach.rule];
    if (rule.severity == Severity::kWarn) {
      tally.warned[{rule.column, rule.name}].Add(Told(rule, breach.value));
      continue;
    }
    Rejection rejection{breach.row, &codes::kDataRule, rule.column, "rule " + rule.name};
    MIQ_TRY(Reject(std::move(rejection), Told(rule, breach.value), rule.severity == Severity::kFail, judgement, tally));
  }
  return {};
}

Result<Rejection> Policy::JudgeRefused(int64_t row, const Error& refusal, Tally& tally) const {
  Judgement judgement;
  Rejection rejection{row, &codes::kDataRefused, refusal.column, "refused: " + refusal.message};
  MIQ_TRY(Reject(rejection, refusal.message, false, judgement, tally));
  return rejection;
}

}  // namespace migrateiq
