#include "pipeline/check/policy.hpp"
#include "base/errors/data.hpp"

#include <gtest/gtest.h>

namespace migrateiq {
namespace {

SchemaPtr TwoColumns() {
  return std::make_shared<Schema>(
      Schema{{Field{"d", LogicalType::Of(TypeKind::kDate)}, Field{"n", LogicalType::Of(TypeKind::kInt32), false}}});
}

/// Three rows; row 1 has a zero date, row 2 a NULL in a NOT NULL column.
Batch Rows(FindingKind kind = FindingKind::kZeroDate) {
  Batch batch(TwoColumns());
  batch.columns[0].Append(int32_t{1});
  batch.columns[0].AppendNull();
  batch.columns[0].Append(int32_t{3});
  batch.columns[1].Append(int32_t{1});
  batch.columns[1].Append(int32_t{2});
  batch.columns[1].AppendNull();
  batch.rows = 3;
  batch.findings.push_back({.row = 1, .column = 0, .kind = kind, .original = "0000-00-00", .detail = "date"});
  return batch;
}

Result<Judgement> Judge(const OnPolicy& on, Batch& batch, Tally& tally) {
  auto policy = Policy::Make(on, {}, batch.schema, "t", 0);
  EXPECT_TRUE(policy);
  return (*policy)->Judge(batch, {}, tally);
}

TEST(Policy, AcceptedSubstitutesAreCountedAndSampled) {
  Batch batch = Rows();
  Tally tally;
  const auto judgement = Judge({}, batch, tally);
  ASSERT_TRUE(judgement);
  ASSERT_EQ(1U, judgement->rejections.size());
  EXPECT_EQ(2, judgement->rejections[0].row);
  EXPECT_EQ("MIQ-DATA-004", judgement->rejections[0].code->code);
  const Counted& altered = tally.altered.at({"d", "zero_date"});
  EXPECT_EQ(1, altered.count);
  EXPECT_EQ("0000-00-00", altered.samples.at(0));
}

TEST(Policy, EpochReplacesTheNull) {
  Batch batch = Rows();
  Tally tally;
  ASSERT_TRUE(Judge({.zero_date = ZeroDate::kEpoch}, batch, tally));
  EXPECT_FALSE(batch.columns[0].IsNull(1));
  EXPECT_EQ(0, batch.columns[0].Get<int32_t>(1));
}

TEST(Policy, ErrorFailsTheRunWithTheValue) {
  Batch batch = Rows();
  Tally tally;
  const auto judgement = Judge({.zero_date = ZeroDate::kError}, batch, tally);
  ASSERT_FALSE(judgement);
  EXPECT_TRUE(judgement.error().Is(codes::kDataZeroDate));
  EXPECT_NE(std::string::npos, judgement.error().message.find("0000-00-00"));
}

TEST(Policy, WithoutASubstituteTheRowIsRejectedOnce) {
  Batch batch = Rows(FindingKind::kOutOfRange);
  batch.findings.push_back(batch.findings[0]);
  Tally tally;
  const auto judgement = Judge({}, batch, tally);
  ASSERT_TRUE(judgement);
  EXPECT_EQ(2U, judgement->rejections.size());
  EXPECT_EQ("MIQ-DATA-001", judgement->rejections[0].code->code);
}

TEST(Policy, RowErrorFailStopsAtTheFirstRow) {
  Batch batch = Rows(FindingKind::kTooLong);
  Tally tally;
  const auto judgement = Judge({.row_error = RowError::kFail}, batch, tally);
  ASSERT_FALSE(judgement);
  EXPECT_TRUE(judgement.error().Is(codes::kDataRowFailed));
}

/// All that is told of a batch whose first column is secret: samples, reasons and the message of a failed run.
std::string ToldOfASecret(const Finding& finding, const OnPolicy& on = {}, const std::vector<Rule>& rules = {}) {
  Batch batch = Rows(finding.kind);
  batch.findings = {finding};
  Tally tally;
  auto policy = Policy::Make(on, rules, batch.schema, "t", 0, {true, false});
  EXPECT_TRUE(policy);
  const auto judgement = (*policy)->Judge(batch, {}, tally);
  if (!judgement) return judgement.error().ToString();
  std::string told = TallyDetails(tally);
  for (const Rejection& rejection : judgement->rejections) told += rejection.reason;
  return told;
}

TEST(Policy, NothingIsToldOfASecretColumn) {
  const Finding value{1, 0, FindingKind::kZeroDate, "hush", "date"};
  const Finding refused{1, 0, FindingKind::kOutOfRange, "hush", "date"};
  const Finding line{1, -1, FindingKind::kWrongType, "1,hush,2", "hush has a comma too many"};
  const Finding computed{1, 1, FindingKind::kExpression, "", "could not convert 'hush'"};
  for (const Finding& finding : {value, refused, line, computed}) {
    for (const OnPolicy& on : {OnPolicy{}, OnPolicy{.zero_date = ZeroDate::kError, .row_error = RowError::kFail}})
      EXPECT_FALSE(ToldOfASecret(finding, on).contains("hush")) << ToldOfASecret(finding, on);
  }
  const Finding other{1, 1, FindingKind::kOutOfRange, "open", "int32"};
  EXPECT_TRUE(ToldOfASecret(other).contains("open")) << "other columns are told as ever";
}

TEST(Policy, RulesOfASecretColumnQuoteNoValue) {
  const Finding none{2, 1, FindingKind::kOutOfRange, "", "int32"};
  const Rule late{
      .kind = RuleKind::kRange, .name = "late", .column = "d", .severity = Severity::kWarn, .min = "2020-01-01"};
  EXPECT_TRUE(ToldOfASecret(none, {}, {late}).contains("late"));
  EXPECT_FALSE(ToldOfASecret(none, {}, {late}).contains("1970-01-0"));
}

TEST(Policy, EveryKindOfFindingHasACode) {
  for (int kind = 0; kind <= static_cast<int>(FindingKind::kMask); ++kind) {
    EXPECT_TRUE(CodeOf(static_cast<FindingKind>(kind)).code.starts_with("MIQ-"));
    EXPECT_STRNE("unknown", ToString(static_cast<FindingKind>(kind)));
  }
}

TEST(Tally, DetailsReadBackAndAddUp) {
  Tally tally;
  tally.altered[{"c", "zero_date"}].Add("0000-00-00");
  tally.rejected[{"d", "MIQ-DATA-003 too_long"}].Add(std::string(1000, 'x'));
  Tally twice;
  ASSERT_TRUE(AddTallyDetails(TallyDetails(tally), twice));
  ASSERT_TRUE(AddTallyDetails(TallyDetails(tally), twice));
  EXPECT_EQ(2, twice.altered.at({"c", "zero_date"}).count);
  EXPECT_LT(twice.rejected.begin()->second.samples.at(0).size(), 300U);
}

}  // namespace
}  // namespace migrateiq
