#include "pipeline/duck/expression_evaluator.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "pipeline/batch/text.hpp"

namespace migrateiq {
namespace {

constexpr int64_t kRunStart = 1'700'000'000'123'456;  // 2023-11-14 22:13:20.123456 UTC

SchemaPtr SchemaOf(std::vector<Field> fields) { return std::make_shared<Schema>(Schema{std::move(fields)}); }

SchemaPtr People() {
  return SchemaOf({{"id", LogicalType::Of(TypeKind::kInt32)},
                   {"First Name", LogicalType::String()},
                   {"total", LogicalType::Decimal(12, 2)},
                   {"born", LogicalType::Of(TypeKind::kDate)},
                   {"note", LogicalType::String()}});
}

Batch PeopleBatch(int64_t rows) {
  Batch batch(People());
  for (int64_t row = 0; row < rows; ++row) {
    batch.columns[0].Append(static_cast<int32_t>(row));
    batch.columns[1].AppendBytes("name " + std::to_string(row));
    batch.columns[2].AppendBytes(std::to_string(row) + ".50");
    batch.columns[3].Append(static_cast<int32_t>(10'000 + row));
    if (row % 3 == 0)
      batch.columns[4].AppendNull();
    else
      batch.columns[4].AppendBytes(std::to_string(row % 7));
  }
  batch.rows = rows;
  return batch;
}

std::string Value(const Column& column, int64_t row) {
  if (column.IsNull(row)) return "NULL";
  std::string text;
  text::AppendValue(text, column, row);
  return text;
}

/// The value of one expression over the first row, or the error as "CODE message".
std::string EvaluateFirst(const Batch& batch, const std::string& sql, std::vector<Finding>* findings = nullptr) {
  auto evaluator = MakeExpressionEvaluator(batch.schema, {{"target", sql, "plan.yaml:3:5"}}, kRunStart);
  if (!evaluator) return std::string(evaluator.error().code.code) + " " + evaluator.error().message;
  std::vector<Column> out;
  std::vector<Finding> found;
  const Status status = (*evaluator)->Evaluate(batch, out, found);
  if (findings != nullptr) *findings = found;
  if (!status) return std::string(status.error().code.code) + " " + status.error().message;
  return ToString(out[0].type()) + " " + Value(out[0], 0);
}

std::string First(const std::string& sql) { return EvaluateFirst(PeopleBatch(2), sql); }

TEST(ExpressionEvaluator, ComputesColumnsOfEveryKindOfName) {
  EXPECT_EQ(First("id + 1"), "int32 1");
  EXPECT_EQ(First("\"First Name\" || '!'"), "string name 0!");
  EXPECT_EQ(First("ID + 1"), "int32 1");
  EXPECT_EQ(First("total * 2"), "decimal(18,2) 1.00");
  EXPECT_EQ(First("note"), "string NULL");
  EXPECT_EQ(First("born + interval 1 day"), "timestamp 1997-05-20 00:00:00");
  EXPECT_EQ(First("id /* a comment */ -- to the end"), "int32 0");
  EXPECT_EQ(First("list_transform([1, 2], x -> x + id)"), "json [1,2]");
  EXPECT_EQ(First("{'a': id}"), "json {\"a\":0}");
  EXPECT_EQ(First("42"), "int32 42");
}

TEST(ExpressionEvaluator, NamesThatDifferInCaseOnlyStayApart) {
  Batch batch(SchemaOf({{"Id", LogicalType::Of(TypeKind::kInt32)}, {"id", LogicalType::Of(TypeKind::kInt32)}}));
  batch.columns[0].Append(int32_t{1});
  batch.columns[1].Append(int32_t{2});
  batch.rows = 1;
  EXPECT_EQ(EvaluateFirst(batch, "Id * 10 + \"id\""), "int32 12");
  EXPECT_EQ(EvaluateFirst(batch, "id * 10 + \"Id\""), "int32 21");
  EXPECT_TRUE(EvaluateFirst(batch, "ID").starts_with("MIQ-EXPR-001"));
}

TEST(ExpressionEvaluator, TheClockIsTheRunsStart) {
  EXPECT_EQ(First("now()"), "timestamptz 2023-11-14 22:13:20.123456+00:00");
  EXPECT_EQ(First("current_timestamp"), "timestamptz 2023-11-14 22:13:20.123456+00:00");
  EXPECT_EQ(First("current_date"), "date 2023-11-14");
  EXPECT_EQ(First("today()"), "date 2023-11-14");
  EXPECT_EQ(First("localtimestamp"), "timestamp 2023-11-14 22:13:20.123456");
  EXPECT_EQ(First("current_time"), "time 22:13:20.123456");
  EXPECT_EQ(First("born < current_date - interval 18 year"), "bool true");
}

TEST(ExpressionEvaluator, RefusesWhatIsNotRowWiseAndDeterministic) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"sum(id)", "aggregate sum"},
      {"count(*)", "aggregate count_star"},
      {"row_number() over ()", "window function row_number"},
      {"(select 1)", "a subquery"},
      {"exists(select 1)", "a subquery"},
      {"id in (select 1)", "a subquery"},
      {"random()", "random"},
      {"uuid()", "uuid"},
      {"gen_random_uuid()", "gen_random_uuid"},
      {"setseed(0.5)", "setseed"},
      {"nextval('s')", "nextval"},
      {"current_setting('threads')", "current_setting"},
      {"current_user", "current_user"},
      {"current_schema()", "current_schema"},
      {"version()", "version"},
      {"unnest([1, 2])", "unnest"},
      {"read_text('/etc/passwd')", "table function read_text"},
      {"pg_typeof(id)", "pg_typeof"},
      {"age(born)", "age()"},
      {"system.main.now()", "system"},
      {"upper(\"First Name\") || sum(id)", "aggregate sum"},
      {"*", "*"},
      {"columns('i.*')", "COLUMNS"},
      {"$1", "parameter"},
      {"#1", "position"}};
  for (const auto& [sql, culprit] : cases) {
    const std::string answer = First(sql);
    EXPECT_TRUE(answer.starts_with("MIQ-EXPR-00")) << sql << " -> " << answer;
    EXPECT_TRUE(answer.starts_with("MIQ-EXPR-002")) << sql << " -> " << answer;
    EXPECT_NE(answer.find(culprit), std::string::npos) << sql << " -> " << answer;
  }
}

TEST(ExpressionEvaluator, RefusesWhatIsNoExpression) {
  for (const std::string sql : {"", "id +", "id;", "id; select 2", "id from t", "id, id", "id as x", "id where true",
                                "id order by 1", "1) + (2", "distinct id", "id union select 1", "frm", "nope(id)",
                                "getenv('HOME')", "id + \"First Name\"::date[]", "rowid", "miq_rows", "t.id"}) {
    const std::string answer = First(sql);
    EXPECT_TRUE(answer.starts_with("MIQ-EXPR-001")) << sql << " -> " << answer;
  }
}

TEST(ExpressionEvaluator, ErrorsSayWhereAndSuggestAName) {
  const auto evaluator = MakeExpressionEvaluator(People(), {{"sum", "totl * 2", "plan.yaml:3:5"}}, kRunStart);
  ASSERT_FALSE(evaluator);
  EXPECT_EQ(evaluator.error().place, "plan.yaml:3:5");
  EXPECT_EQ(evaluator.error().column, "sum");
  EXPECT_NE(evaluator.error().message.find("did you mean 'total'?"), std::string::npos) << evaluator.error().message;
}

TEST(ExpressionEvaluator, AFailingRowIsFoundAmongThousands) {
  Batch batch = PeopleBatch(20'000);
  batch.columns[4].Clear();
  for (int64_t row = 0; row < batch.rows; ++row) {
    batch.columns[4].AppendBytes(row == 5 || row == 12'345 ? "twelve" : std::to_string(row));
  }
  auto evaluator = MakeExpressionEvaluator(batch.schema, {{"a", "id * 2", ""}, {"b", "note::integer", ""}}, kRunStart);
  ASSERT_TRUE(evaluator) << evaluator.error().ToString();
  std::vector<Column> out;
  std::vector<Finding> findings;
  ASSERT_TRUE((*evaluator)->Evaluate(batch, out, findings));
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].row, 5);
  EXPECT_EQ(findings[1].row, 12'345);
  EXPECT_EQ(findings[1].column, 1);
  EXPECT_EQ(findings[1].kind, FindingKind::kExpression);
  EXPECT_NE(findings[1].detail.find("twelve"), std::string::npos) << findings[1].detail;
  ASSERT_EQ(out[1].length(), batch.rows);
  EXPECT_TRUE(out[1].IsNull(12'345));
  EXPECT_EQ(Value(out[1], 12'344), "12344");
  EXPECT_EQ(Value(out[0], 12'345), "24690");
}

TEST(ExpressionEvaluator, InputsThatDuckDbCannotHoldAreFindings) {
  Batch batch(SchemaOf({{"d", LogicalType::Decimal(5, 2)}, {"t", LogicalType::Of(TypeKind::kTime)}}));
  for (const char* text : {"1.50", "NaN", "123456.00"}) batch.columns[0].AppendBytes(text);
  for (int i = 0; i < 3; ++i) batch.columns[1].Append(int64_t{i == 0 ? -1 : 5});
  batch.rows = 3;
  std::vector<Finding> findings;
  EXPECT_EQ(EvaluateFirst(batch, "coalesce(d, 0)", &findings), "decimal(12,2) 1.50");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].row, 1);
  EXPECT_EQ(findings[0].kind, FindingKind::kOutOfRange);
  EXPECT_EQ(findings[0].original, "NaN");
  EXPECT_EQ(EvaluateFirst(batch, "t is null", &findings), "bool NULL");
}

TEST(ExpressionEvaluator, AMemoryHogIsARowsFailureNotOurs) {
  std::vector<Finding> findings;
  EXPECT_EQ(EvaluateFirst(PeopleBatch(2), "repeat('x', 1000000000 - id)", &findings), "string NULL");
  EXPECT_EQ(findings.size(), 2U);
}

/// Every kind of value, extremes included, passes through unchanged.
TEST(ExpressionEvaluator, ValuesPassThroughExactly) {
  const auto decimal = [](int p, int s) { return LogicalType::Decimal(p, s); };
  struct Case {
    LogicalType type;
    std::vector<std::string> texts;
  };
  const std::vector<Case> texts = {
      {decimal(4, 2), {"0.00", "-99.99", "99.99"}},
      {decimal(9, 0), {"999999999", "-1"}},
      {decimal(18, 18), {"0.999999999999999999", "-0.000000000000000001"}},
      {decimal(38, 10), {"9999999999999999999999999999.9999999999", "-9999999999999999999999999999.9999999999"}},
      {decimal(0, -1), {"NaN", "123456789012345678901234567890123456789012345.678"}},
      {LogicalType::String(),
       {"", "short", "exactly 12 b", "a text of more than twelve bytes", "\xC3\xA4\xE2\x82\xAC"}},
      {LogicalType::Bytes(), {std::string("\0\xFF", 2), "0123456789abcdef"}}};
  for (const Case& one : texts) {
    Batch batch(SchemaOf({{"v", one.type}}));
    batch.columns[0].AppendNull();
    for (const std::string& text : one.texts) batch.columns[0].AppendBytes(text);
    batch.rows = batch.columns[0].length();
    auto evaluator = MakeExpressionEvaluator(batch.schema, {{"v", "v", ""}}, kRunStart);
    ASSERT_TRUE(evaluator);
    std::vector<Column> out;
    std::vector<Finding> findings;
    ASSERT_TRUE((*evaluator)->Evaluate(batch, out, findings));
    EXPECT_TRUE(findings.empty());
    EXPECT_TRUE(out[0].IsNull(0));
    for (size_t i = 0; i < one.texts.size(); ++i) EXPECT_EQ(out[0].Bytes(static_cast<int64_t>(i) + 1), one.texts[i]);
  }
}

template <class T>
void ExpectSame(TypeKind kind, std::vector<T> values) {
  Batch batch(SchemaOf({{"v", LogicalType::Of(kind)}}));
  for (const T& value : values) batch.columns[0].Append(value);
  batch.columns[0].AppendNull();
  batch.rows = batch.columns[0].length();
  auto evaluator = MakeExpressionEvaluator(batch.schema, {{"v", "v", ""}}, kRunStart);
  ASSERT_TRUE(evaluator);
  EXPECT_EQ((*evaluator)->types()[0].kind, kind);
  std::vector<Column> out;
  std::vector<Finding> findings;
  ASSERT_TRUE((*evaluator)->Evaluate(batch, out, findings));
  ASSERT_EQ(out[0].length(), batch.rows);
  for (size_t i = 0; i < values.size(); ++i) {
    // Bit by bit, as nothing may be rounded on the way. NOLINTNEXTLINE(bugprone-suspicious-memory-comparison)
    EXPECT_EQ(std::memcmp(out[0].values() + i * sizeof(T), &values[i], sizeof(T)), 0)
        << ToString(batch.schema->fields[0].type) << i;
  }
  EXPECT_TRUE(out[0].IsNull(batch.rows - 1));
}

template <class T>
std::vector<T> Extremes() {
  return {0, 1, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
}

struct Uuid {
  uint8_t bytes[16];
};

TEST(ExpressionEvaluator, FixedWidthValuesPassThroughExactly) {
  ExpectSame<uint8_t>(TypeKind::kBool, {0, 1});
  ExpectSame<int8_t>(TypeKind::kInt8, Extremes<int8_t>());
  ExpectSame<int16_t>(TypeKind::kInt16, Extremes<int16_t>());
  ExpectSame<int32_t>(TypeKind::kInt32, Extremes<int32_t>());
  ExpectSame<int64_t>(TypeKind::kInt64, Extremes<int64_t>());
  ExpectSame<uint64_t>(TypeKind::kUInt64, Extremes<uint64_t>());
  ExpectSame<double>(TypeKind::kDouble, {0.1, -0.0, 5e-324, std::numeric_limits<double>::infinity(),
                                         std::numeric_limits<double>::quiet_NaN()});
  ExpectSame<float>(TypeKind::kFloat, {0.1F, -3.4e38F});
  ExpectSame<int32_t>(TypeKind::kDate,
                      {0, -719'529, std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()});
  ExpectSame<int64_t>(TypeKind::kTime, {0, 86'400'000'000, 1});
  ExpectSame<int64_t>(TypeKind::kTimestamp, Extremes<int64_t>());
  ExpectSame<int64_t>(TypeKind::kTimestampTz, Extremes<int64_t>());
  ExpectSame<Interval>(TypeKind::kInterval, {{1, -2, 3}, {-100, 40, -86'400'000'001}});
  ExpectSame<Uuid>(TypeKind::kUuid, {{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}}, {{0xFF, 0xFE}}});
}

TEST(ExpressionEvaluator, ResultsOfTypesWithoutAColumnAreWidenedOrText) {
  EXPECT_EQ(First("id::utinyint"), "int16 0");
  EXPECT_EQ(First("170141183460469231731687303715884105727::hugeint"),
            "decimal(39,0) 170141183460469231731687303715884105727");
  EXPECT_EQ(First("'2020-01-01 00:00:01'::timestamp_s"), "timestamp(0) 2020-01-01 00:00:01");
  EXPECT_EQ(First("'2020-01-01 00:00:01.123456'::timestamp_ns"), "timestamp 2020-01-01 00:00:01.123456");
  EXPECT_EQ(First("null"), "int32 NULL");
  std::vector<Finding> findings;
  EXPECT_EQ(EvaluateFirst(PeopleBatch(1), "'2020-01-01 00:00:01.123456789'::timestamp_ns", &findings),
            "timestamp NULL");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, FindingKind::kPrecision);
  EXPECT_EQ(findings[0].original, "2020-01-01 00:00:01.123456789");
}

}  // namespace
}  // namespace migrateiq
