#include "pipeline/suite/suite_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "pipeline/suite/detail/suite_keys.hpp"
#include "pipeline/suite/suite_cases_test_support.hpp"

namespace migrateiq {
namespace {

using ::testing::HasSubstr;

std::string Refusal(const std::string& checks) {
  const auto suite = ParseSuite("version: 1\nchecks:\n" + checks, "s.yaml");
  return suite ? "read" : suite.error().ToString();
}

TEST(SuiteFile, ReadsEveryKind) {
  const auto suite = ParseSuite(suite_test::kEveryKind, "s.yaml");
  ASSERT_TRUE(suite) << suite.error().ToString();
  EXPECT_EQ(suite->name, "every kind");
  EXPECT_EQ(suite->checks[3].tolerance, (Tolerance{1, false}));
  EXPECT_EQ(suite->checks[4].tolerance, (Tolerance{0.01, true}));
  EXPECT_EQ(suite->checks[0].place, "s.yaml:5:5");
}

TEST(SuiteFile, WritesWhatItReads) {
  const auto suite = ParseSuite(suite_test::kEveryKind, "s.yaml");
  ASSERT_TRUE(suite);
  const std::string once = WriteSuite(*suite);
  const auto again = ParseSuite(once, "again.yaml");
  ASSERT_TRUE(again) << again.error().ToString() << once;
  EXPECT_EQ(WriteSuite(*again), once);
  ASSERT_EQ(again->checks.size(), suite->checks.size());
  for (size_t i = 0; i < suite->checks.size(); ++i) {
    EXPECT_EQ(again->checks[i].kind, suite->checks[i].kind);
    EXPECT_EQ(again->checks[i].name, suite->checks[i].name);
    EXPECT_EQ(again->checks[i].columns, suite->checks[i].columns);
    EXPECT_EQ(again->checks[i].min, suite->checks[i].min);
    EXPECT_EQ(again->checks[i].against, suite->checks[i].against);
    EXPECT_EQ(again->checks[i].baseline, suite->checks[i].baseline);
    EXPECT_EQ(again->checks[i].max_age_seconds, suite->checks[i].max_age_seconds);
  }
}

/// Whatever becomes of a suite's text, it is refused, or written and read back as the same.
TEST(SuiteFile, WritesWhatItReadsOfDamagedTexts) {
  const std::string whole = suite_test::kEveryKind;
  uint64_t seed = 1;
  const auto next = [&seed](size_t below) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<size_t>(seed >> 33) % below;
  };
  int read = 0;
  for (int i = 0; i < 150; ++i) {
    const size_t begin = whole.find("  - {", next(whole.size() - 200)), end = whole.find('\n', begin);
    std::string line = whole.substr(begin, end - begin);
    for (size_t hits = next(3); hits > 0; --hits) line[5 + next(line.size() - 6)] = "0aZ'\"\\%:,{}[] .-"[next(17)];
    const auto suite = ParseSuite("version: 1\nchecks:\n" + line + "\n", "s.yaml");
    if (!suite) continue;
    ++read;
    const std::string once = WriteSuite(*suite);
    const auto again = ParseSuite(once, "again.yaml");
    ASSERT_TRUE(again) << again.error().ToString() << "\n" << line << "\n" << once;
    EXPECT_EQ(WriteSuite(*again), once) << line;
  }
  EXPECT_GT(read, 40);
}

TEST(SuiteFile, JsonIsTheSame) {
  const auto suite =
      ParseSuite(R"({"version": 1, "checks": [{"kind": "not_null", "table": "t", "column": "c"}]})", "s");
  ASSERT_TRUE(suite) << suite.error().ToString();
  EXPECT_EQ(suite->checks[0].name, "not_null_t_c");
}

TEST(SuiteFile, UnknownKeysNameTheLineAndTheNearestKey) {
  const std::string refusal = Refusal("  - kind: not_null\n    table: t\n    colum: c\n");
  EXPECT_THAT(refusal, HasSubstr("line 5: unknown key 'colum' in checks[0]; did you mean 'column'?"));
  EXPECT_THAT(refusal, HasSubstr("s.yaml:5:5"));
  EXPECT_THAT(refusal, HasSubstr("docs/validation.md"));
}

TEST(SuiteFile, AKeyOfAnotherKindIsUnknown) {
  EXPECT_THAT(Refusal("  - {kind: not_null, table: t, column: c, pattern: x}\n"), HasSubstr("unknown key 'pattern'"));
}

TEST(SuiteFile, RefusesWhatIsNoCheck) {
  const std::pair<const char*, const char*> refused[] = {
      {"{table: t, column: c}", "kind is missing"},
      {"{kind: nul, table: t, column: c}", "allowed: not_null"},
      {"{kind: not_null, column: c}", "table is missing"},
      {"{kind: not_null, table: t}", "column is missing"},
      {"{kind: not_null, table: t, column: [a, b]}", "must be one column"},
      {"{kind: unique, table: t, column: []}", "must name a column"},
      {"{kind: range, table: t, column: c}", "give min, max or both"},
      {"{kind: not_null, table: t, column: c, tolerance: some}", "allowed: a number of rows (5)"},
      {"{kind: not_null, table: t, column: c, tolerance: -1}", "allowed: a number of rows (5)"},
      {"{kind: not_null, table: t, column: c, tolerance: 1.5}", "allowed: a number of rows (5)"},
      {"{kind: not_null, table: t, column: c, tolerance: 101%}", "allowed: a number of rows (5)"},
      {"{kind: freshness, table: t, column: c}", "max_age is missing"},
      {"{kind: freshness, table: t, column: c, max_age: soon}", "a number with s, m, h, d or w"},
      {"{kind: completeness, table: t, column: c, min: 2}", "a share from 0 to 1"},
      {"{kind: row_count, table: t}", "give bounds (min, max), or against"},
      {"{kind: row_count, table: t, min: 1, against: {table: u}}", "give bounds (min, max), or against"},
      {"{kind: row_count, table: t, min: many}", "allowed: a number"},
      {"{kind: distribution, table: t, column: c, max: 1}", "exactly one of against and baseline"},
      {"{kind: distribution, table: t, column: c, max: 1, baseline: {shares: [1]}}", "exactly one of edges"},
      {"{kind: distribution, table: t, column: c, max: 1, baseline: {edges: [2, 1], shares: [1, 1, 1]}}", "greater"},
      {"{kind: distribution, table: t, column: c, max: 1, baseline: {edges: [1], shares: [1]}}", "one entry more"},
      {"{kind: references, table: t, column: c}", "against is missing"},
      {"{kind: references, table: t, column: c, against: {column: [a, b]}}", "as many columns"},
      {"{kind: references, table: t, column: c, against: {side: target}}", "only a suite with `attach: flow`"},
      {"{kind: sql, sql: SELECT 1, min: 1}", "must be true for min and max"},
      {"{kind: sql, sql: SELECT 1, scalar: true}", "a scalar needs min, max or both"},
      {"{kind: not_null, table: t, column: c, side: target}", "not the one that the suite is attached to"},
  };
  for (const auto& [check, why] : refused) EXPECT_THAT(Refusal(std::string("  - ") + check + "\n"), HasSubstr(why));
}

TEST(SuiteFile, NamesAreUnique) {
  EXPECT_THAT(Refusal("  - {kind: not_null, table: t, column: c}\n  - {kind: not_null, table: t, column: c}\n"),
              HasSubstr("line 4: two checks have the name 'not_null_t_c'"));
}

TEST(SuiteFile, ChecksOfAFlowAreOfItsTargetUnlessTheySay) {
  const auto suite = ParseSuite(
      "version: 1\nattach: flow\nchecks:\n  - {kind: not_null, table: t, column: c}\n"
      "  - {kind: not_null, table: t, column: d, side: source}\n",
      "s");
  ASSERT_TRUE(suite) << suite.error().ToString();
  EXPECT_EQ(suite->checks[0].side, SuiteSide::kTarget);
  EXPECT_EQ(suite->checks[1].side, SuiteSide::kSource);
}

TEST(SuiteFile, RemarksBecomeComments) {
  const auto suite = ParseSuite("version: 1\nchecks:\n  - {kind: not_null, table: t, column: c}\n", "s");
  const std::string text = WriteSuite(*suite, {"no NULL\nin 10 rows"});
  EXPECT_THAT(text, HasSubstr("  # no NULL in 10 rows\n  - kind: not_null\n"));
  EXPECT_TRUE(ParseSuite(text, "s"));
}

TEST(SuiteJsonSchema, IsWhatIsPublished) {
  std::ifstream file(std::string(MIQ_SOURCE_DIR) + "/docs/suite.schema.json");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), SuiteJsonSchema());
}

TEST(SuiteKeys, RequiredKeysAreKeys) {
  for (int kind = 0; kind <= static_cast<int>(CheckKind::kSql); ++kind) {
    const auto own = detail::OwnKeys(static_cast<CheckKind>(kind));
    for (const auto key : detail::RequiredKeys(static_cast<CheckKind>(kind)))
      EXPECT_THAT(own, ::testing::Contains(key));
  }
}

}  // namespace
}  // namespace migrateiq
