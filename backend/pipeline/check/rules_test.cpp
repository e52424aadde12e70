#include "pipeline/check/rules.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "pipeline/check/detail/bounds.hpp"

namespace migrateiq {
namespace {

SchemaPtr SchemaOf(std::vector<Field> fields) { return std::make_shared<Schema>(Schema{std::move(fields)}); }

Rule RuleOf(RuleKind kind, std::string column) {
  Rule rule;
  rule.kind = kind;
  rule.name = "the rule";
  rule.column = std::move(column);
  return rule;
}

Rule Range(std::string min, std::string max) {
  Rule rule = RuleOf(RuleKind::kRange, "v");
  if (!min.empty()) rule.min = min;
  if (!max.empty()) rule.max = max;
  return rule;
}

Rule In(std::vector<std::string> values) {
  Rule rule = RuleOf(RuleKind::kIn, "v");
  rule.values = std::move(values);
  return rule;
}

/// One column "v" of texts; "-" is NULL.
Batch Texts(const LogicalType& type, const std::vector<std::string>& values) {
  Batch batch(SchemaOf({{"v", type}}));
  for (const std::string& value : values) {
    if (value == "-")
      batch.columns[0].AppendNull();
    else
      batch.columns[0].AppendBytes(value);
  }
  batch.rows = batch.columns[0].length();
  return batch;
}

template <class T>
Batch Numbers(TypeKind kind, const std::vector<T>& values) {
  Batch batch(SchemaOf({{"v", LogicalType::Of(kind)}}));
  for (const T value : values) batch.columns[0].Append(value);
  batch.rows = batch.columns[0].length();
  return batch;
}

/// The values that break the rule, joined by '|'; or the error as "CODE message".
std::string Breaches(const Batch& batch, const Rule& rule) {
  auto checker = MakeRuleChecker({rule}, batch.schema, 1'700'000'000'000'000);
  if (!checker) return std::string(checker.error().code.code) + " " + checker.error().message;
  std::vector<RuleBreach> breaches;
  const Status status = (*checker)->Check(batch, breaches);
  if (!status) return status.error().message;
  std::string joined;
  for (const RuleBreach& breach : breaches) joined += (joined.empty() ? "" : "|") + breach.value;
  return joined;
}

TEST(Rules, NotNull) {
  EXPECT_EQ(Breaches(Texts(LogicalType::String(), {"a", "-", ""}), RuleOf(RuleKind::kNotNull, "v")), "NULL");
}

TEST(Rules, RangesOfNumbersAreExact) {
  const Batch decimals = Texts(LogicalType::Decimal(30, 20), {"0.09999999999999999999", "0.10000000000000000000",
                                                              "10.00000000000000000001", "10", "-5", "-", "NaN"});
  EXPECT_EQ(Breaches(decimals, Range("0.1", "10.0")), "0.09999999999999999999|10.00000000000000000001|-5|NaN");
  const Batch integers =
      Numbers<int64_t>(TypeKind::kInt64, {std::numeric_limits<int64_t>::min(), 9'007'199'254'740'993});
  EXPECT_EQ(Breaches(integers, Range("-9223372036854775808", "9007199254740992")), "9007199254740993");
  EXPECT_EQ(Breaches(Numbers<uint64_t>(TypeKind::kUInt64, {UINT64_MAX, 0}), Range("0.5", "")), "0");
  EXPECT_EQ(Breaches(Numbers<double>(TypeKind::kDouble, {0.1, 0.2, std::numeric_limits<double>::quiet_NaN()}),
                     Range("0.1", "0.1")),
            "0.2|NaN");
  EXPECT_EQ(Breaches(Numbers<float>(TypeKind::kFloat, {0.1F}), Range("0.1", "0.1")), "");
}

TEST(Rules, RangesOfTimesAndTexts) {
  EXPECT_EQ(Breaches(Numbers<int32_t>(TypeKind::kDate, {0, 365, INT32_MAX}), Range("1970-01-02", "2000-01-01")),
            "1970-01-01|infinity");
  EXPECT_EQ(Breaches(Numbers<int64_t>(TypeKind::kTimestamp, {0, 1}), Range("", "1970-01-01")),
            "1970-01-01 00:00:00.000001");
  EXPECT_EQ(Breaches(Numbers<int64_t>(TypeKind::kTimestampTz, {0}), Range("1970-01-01 02:00:00+02", "")), "");
  EXPECT_EQ(Breaches(Numbers<int64_t>(TypeKind::kTime, {0}), Range("00:00:01", "")), "00:00:00");
  EXPECT_EQ(Breaches(Texts(LogicalType::String(), {"a", "m", "\xC3\xA4"}), Range("b", "z")), "a|\xC3\xA4");
}

TEST(Rules, DecimalsCompareByValue) {
  EXPECT_EQ(detail::CompareDecimals("1.50", "1.5"), 0);
  EXPECT_EQ(detail::CompareDecimals("-1.50", "1.5"), -1);
  EXPECT_EQ(detail::CompareDecimals("-2", "-1.5"), -1);
  EXPECT_EQ(detail::CompareDecimals("100", "99.999"), 1);
  EXPECT_EQ(detail::CompareDecimals("0.00", "0"), 0);
  EXPECT_EQ(detail::CompareDecimals("Infinity", "99999999999999999999"), 1);
  EXPECT_EQ(detail::CompareDecimals("-Infinity", "-9"), -1);
}

TEST(Rules, LengthCountsCharacters) {
  Rule rule = RuleOf(RuleKind::kLength, "v");
  rule.min = "2";
  rule.max = "3";
  EXPECT_EQ(Breaches(Texts(LogicalType::String(), {"a", "\xC3\xA4\xC3\xB6\xC3\xBC", "abcd", "-"}), rule), "a|abcd");
  EXPECT_EQ(Breaches(Texts(LogicalType::Of(TypeKind::kChar), {"ab        "}), rule), "");
  EXPECT_EQ(Breaches(Texts(LogicalType::Bytes(), {std::string("\0\1\2\3", 4)}), rule), "\\x00010203");
}

TEST(Rules, RegexMatchesAnywhere) {
  Rule rule = RuleOf(RuleKind::kRegex, "v");
  rule.pattern = "[^@]+@[^@]+";
  EXPECT_EQ(Breaches(Texts(LogicalType::String(), {"to a@b now", "nobody"}), rule), "nobody");
  rule.pattern = "^1";
  EXPECT_EQ(Breaches(Numbers<int32_t>(TypeKind::kInt32, {12, 21}), rule), "21");
  rule.pattern = "(";
  EXPECT_TRUE(
      Breaches(Texts(LogicalType::String(), {}), rule).starts_with("MIQ-PLAN-003 rule 'the rule': the pattern '('"));
}

TEST(Rules, InComparesValuesNotSpellings) {
  EXPECT_EQ(Breaches(Texts(LogicalType::Decimal(10, 2), {"1.50", "2.00", "3.00"}), In({"1.5", "2"})), "3.00");
  EXPECT_EQ(Breaches(Numbers<int32_t>(TypeKind::kInt32, {1, 2}), In({"1", "03"})), "2");
  EXPECT_EQ(Breaches(Texts(LogicalType::Of(TypeKind::kChar), {"A   ", "B"}), In({"A"})), "B");
  EXPECT_EQ(Breaches(Texts(LogicalType::String(), {"a", "A"}), In({"a"})), "A");
  EXPECT_TRUE(Breaches(Numbers<int32_t>(TypeKind::kInt32, {}), In({"one"})).starts_with("MIQ-PLAN-003"));
}

TEST(Rules, ExpressionsPassWhenTrueOrNull) {
  Rule rule = RuleOf(RuleKind::kExpr, "");
  rule.expr = "v::integer > 10";
  EXPECT_EQ(Breaches(Texts(LogicalType::String(), {"11", "10", "-"}), rule), "");
  auto checker = MakeRuleChecker({rule, RuleOf(RuleKind::kNotNull, "v")}, SchemaOf({{"v", LogicalType::String()}}), 0);
  ASSERT_TRUE(checker) << checker.error().ToString();
  std::vector<RuleBreach> breaches;
  ASSERT_TRUE((*checker)->Check(Texts(LogicalType::String(), {"11", "10", "-", "x"}), breaches));
  ASSERT_EQ(breaches.size(), 3U);
  EXPECT_EQ(breaches[0].row, 1);
  EXPECT_EQ(breaches[0].rule, 0U);
  EXPECT_EQ(breaches[1].row, 2);
  EXPECT_EQ(breaches[1].rule, 1U);
  EXPECT_EQ(breaches[2].row, 3);
  EXPECT_NE(breaches[2].value.find("Could not convert"), std::string::npos) << breaches[2].value;
}

TEST(Rules, MistakesInThePlanAreNamed) {
  const Batch batch = Texts(LogicalType::String(), {"a"});
  EXPECT_EQ(Breaches(batch, RuleOf(RuleKind::kNotNull, "vv")),
            "MIQ-PLAN-006 rule 'the rule': there is no column 'vv'; did you mean 'v'?");
  EXPECT_TRUE(Breaches(batch, Range("", "")).starts_with("MIQ-PLAN-003"));
  EXPECT_TRUE(Breaches(Numbers<int32_t>(TypeKind::kInt32, {}), Range("many", "")).starts_with("MIQ-PLAN-003"));
  EXPECT_TRUE(Breaches(Texts(LogicalType::Bytes(), {}), Range("a", "")).starts_with("MIQ-PLAN-003"));
  Rule rule = RuleOf(RuleKind::kExpr, "");
  rule.expr = "v || 'x'";
  EXPECT_TRUE(Breaches(batch, rule).starts_with("MIQ-PLAN-003"));
  rule.expr = "v > random()::varchar";
  EXPECT_TRUE(Breaches(batch, rule).starts_with("MIQ-EXPR-002"));
}

}  // namespace
}  // namespace migrateiq
