#include "pipeline/suite/check_suite.hpp"

#include <thread>

#include "pipeline/suite/suite_cases_test_support.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq {
namespace {

using namespace suite_test;  // NOLINT(google-build-using-namespace)

class CheckSuiteTest : public ::testing::Test {
 protected:
  Url Sqlite() { return UrlOf("sqlite:" + (folder_.path() / "shop.db").string()); }
  std::unique_ptr<Target> SqliteTarget() {
    auto target = OpenTarget(Sqlite(), {});
    EXPECT_TRUE(target) << target.error().ToString();
    return target ? std::move(*target) : nullptr;
  }
  Url Csv() { return UrlOf("csv:" + folder_.path().string()); }
  void MakeBoth() {
    const auto target = SqliteTarget();
    for (const MadeTable& table : {Customers(), Orders()}) {
      Make(*target, table);
      MakeFile(folder_.path(), table);
    }
  }

  test_support::TemporaryFolder folder_;
};

TEST_F(CheckSuiteTest, EveryKindOverSqlite) {
  MakeBoth();
  ExpectEveryKindBothWays(Sqlite(), 25);
}

TEST_F(CheckSuiteTest, EveryKindOverFiles) {
  MakeBoth();
  ExpectEveryKindBothWays(Csv(), 0);
}

TEST_F(CheckSuiteTest, SamplesNameTheKeyOfTheRow) {
  MakeBoth();
  for (const bool push_down : {true, false}) {
    const SuiteResult result = CheckOne(
        "version: 1\nchecks:\n  - {kind: range, table: customer, column: age, max: 150}\n", Sqlite(), push_down);
    ASSERT_EQ(result.checks[0].samples.size(), 1U);
    const CheckSample& sample = result.checks[0].samples[0];
    EXPECT_EQ(sample.value, "200");
    ASSERT_EQ(sample.key.size(), 1U);
    EXPECT_EQ(sample.key[0], std::pair(std::string("id"), std::string("15")));
  }
}

TEST_F(CheckSuiteTest, NoMoreSamplesThanAsked) {
  MakeBoth();
  const std::string suite = "version: 1\nchecks:\n  - {kind: range, table: customer, column: id, max: 10}\n";
  for (const bool push_down : {true, false}) {
    for (const int wanted : {0, 3}) {
      CheckOptions options = Options(push_down);
      options.samples = wanted;
      const SuiteResult result = CheckText(suite, {OpenerOf(Sqlite()), nullptr}, options);
      EXPECT_EQ(result.checks[0].rows_broken, 50);
      EXPECT_EQ(result.checks[0].samples.size(), static_cast<size_t>(wanted));
    }
  }
}

TEST_F(CheckSuiteTest, ChecksOfOneTableShareAStatement) {
  MakeBoth();
  const SuiteResult result = CheckOne(R"(version: 1
checks:
  - {kind: not_null, table: customer, column: id}
  - {kind: range, table: customer, column: age, max: 200}
)",
                                      Sqlite());
  EXPECT_EQ(result.checks[0].how, "sql");
  EXPECT_EQ(result.checks[0].seconds, result.checks[1].seconds);
  EXPECT_NE(result.checks[0].sql.find("SELECT COUNT(*), SUM(CASE WHEN (\"id\" IS NULL)"), std::string::npos);
}

TEST_F(CheckSuiteTest, FlowComparesBothSides) {
  MakeBoth();
  const auto target = SqliteTarget();
  ASSERT_TRUE(target->Execute({"DELETE FROM customer WHERE id > 50"}));
  const std::string suite = R"(version: 1
attach: flow
checks:
  - {kind: row_count, table: customer, against: {side: source}, name: counts_fails}
  - {kind: row_count, table: orders, against: {side: source}, name: orders_ok}
  - {kind: references, side: source, table: customer, column: id, against: {side: target}, name: arrived_fails}
  - {kind: references, side: target, table: customer, column: id, against: {side: source}, name: known_ok}
  - {kind: references, side: target, table: orders, column: customer_id, against: {side: source, table: customer, column: id}, name: parents_fails}
  - {kind: distribution, side: target, table: customer, column: country, max: 0.1, against: {side: source}, name: shape_ok}
  - {kind: distribution, side: target, table: customer, column: id, max: 0.1, against: {side: source}, name: ids_fails}
)";
  for (const bool push_down : {true, false}) {
    const SuiteResult result = CheckText(suite, {OpenerOf(Csv()), OpenerOf(Sqlite())}, Options(push_down));
    ExpectAsNamed(result);
    EXPECT_EQ(result.checks[2].rows_broken, 10);
    EXPECT_EQ(result.checks[4].rows_broken, 2);
  }
}

TEST_F(CheckSuiteTest, HostileNamesAreQuoted) {
  const std::string name = R"(we"ird`ta'ble; DROP)", column = R"(co"l`um'n; --)";
  const auto target = SqliteTarget();
  Make(*target,
       {name, {{"id", "INTEGER"}, {column, "VARCHAR(10)"}}, {{"1", "a'b\\"}, {"2", std::nullopt}, {"3", "c"}}});
  Suite suite;
  for (const CheckKind kind : {CheckKind::kNotNull, CheckKind::kUnique, CheckKind::kIn, CheckKind::kRowCount}) {
    SuiteCheck check;
    check.kind = kind;
    check.table = name;
    if (kind != CheckKind::kRowCount) check.columns = {column};
    check.min = "1";
    check.values = {"a'b\\"};
    suite.checks.push_back(check);
  }
  for (const bool push_down : {true, false}) {
    const auto result = CheckSuite(suite, {OpenerOf(Sqlite()), nullptr}, Options(push_down));
    ASSERT_TRUE(result);
    for (const CheckResult& check : result->checks) EXPECT_NE(check.status, CheckStatus::kError) << check.message;
    EXPECT_EQ(result->checks[0].rows_broken, 1);
    EXPECT_EQ(result->checks[2].rows_broken, 1);
  }
}

TEST_F(CheckSuiteTest, ValuesOfAnotherClassInSqlite) {
  const auto target = SqliteTarget();
  ASSERT_TRUE(target->Execute({"CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, s TEXT)",
                               "INSERT INTO t VALUES (1, 5, 'a'), (2, 'text', 'b'), (3, NULL, 'c')"}));
  const std::string suite = R"(version: 1
checks:
  - {kind: not_null, table: t, column: n, name: nulls}
  - {kind: range, table: t, column: n, max: 100, name: odd_fails}
)";
  ExpectSame(CheckOne(suite, Sqlite(), true), CheckOne(suite, Sqlite(), false));
}

// --- SQL of the user's own
// ---------------------------------------------------------------------------------------------

std::string SqlCheck(const std::string& sql) {
  return "version: 1\nchecks:\n  - {kind: sql, name: own, sql: \"" + sql + "\"}\n";
}

TEST_F(CheckSuiteTest, OwnSqlCountsRowsOrYieldsANumber) {
  MakeBoth();
  const SuiteResult result = CheckOne(R"(version: 1
checks:
  - {kind: sql, sql: "SELECT id FROM customer WHERE age > 300", name: rows_ok}
  - {kind: sql, sql: "SELECT id, age FROM customer WHERE age > 150 -- why", name: rows_fails}
  - {kind: sql, sql: "SELECT id FROM customer WHERE age > 60", tolerance: 50, name: tolerated_ok}
  - {kind: sql, sql: "SELECT avg(score) FROM customer", scalar: true, min: 30, max: 32, name: scalar_ok}
  - {kind: sql, sql: "SELECT avg(score) FROM customer", scalar: true, max: 30, name: scalar_fails}
  - {kind: sql, sql: "SELECT 1, 2", scalar: true, max: 30, name: two_error}
  - {kind: sql, sql: "SELECT 'x'", scalar: true, max: 30, name: text_error}
  - {kind: sql, sql: "SELEKT 1", name: syntax_error}
)",
                                      Sqlite());
  ExpectAsNamed(result);
  ASSERT_EQ(result.checks[1].samples.size(), 1U);
  EXPECT_EQ(result.checks[1].samples[0].value, "15, 200");
}

TEST_F(CheckSuiteTest, OwnSqlCannotWrite) {
  MakeBoth();
  for (const char* sql : {"DELETE FROM customer", "DELETE FROM customer RETURNING id", "DROP TABLE customer",
                          "SELECT 1) AS q; DELETE FROM customer; --", "SELECT 1; DELETE FROM customer",
                          "WITH d AS (DELETE FROM customer RETURNING id) SELECT * FROM d", "PRAGMA user_version = 7",
                          "ATTACH 'x.db' AS x", "COMMIT"}) {
    CheckOne(SqlCheck(sql), Sqlite());
  }
  const auto target = SqliteTarget();
  EXPECT_EQ(target->Query("SELECT count(*) FROM customer")->at(0).at(0), "60");
  EXPECT_EQ(target->Query("PRAGMA user_version")->at(0).at(0), "0");
}

TEST_F(CheckSuiteTest, OwnSqlIsForDatabasesAndMayBeForbidden) {
  MakeBoth();
  EXPECT_EQ(CheckOne(SqlCheck("SELECT 1"), Csv()).checks[0].code, "MIQ-CHECK-001");
  CheckOptions options = Options(true);
  options.custom_sql = false;
  const SuiteResult result = CheckText(SqlCheck("SELECT 1"), {OpenerOf(Sqlite()), nullptr}, options);
  EXPECT_EQ(result.checks[0].code, "MIQ-CHECK-003");
}

constexpr const char* kEndless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0";

TEST_F(CheckSuiteTest, TimeLimitEndsAStatementAndTheNextGoesOn) {
  MakeBoth();
  CheckOptions options = Options(true);
  options.timeout = std::chrono::milliseconds(200);
  const SuiteResult result =
      CheckText(SqlCheck(kEndless) + "  - {kind: sql, name: after, sql: \"SELECT 1 WHERE 1 = 0\"}\n",
                {OpenerOf(Sqlite()), nullptr}, options);
  EXPECT_EQ(result.checks[0].code, "MIQ-CHECK-002") << result.checks[0].message;
  EXPECT_EQ(result.checks[1].status, CheckStatus::kPassed) << result.checks[1].message;
}

TEST_F(CheckSuiteTest, StopEndsTheSuite) {
  MakeBoth();
  std::stop_source stop;
  CheckOptions options = Options(true);
  options.stop = stop.get_token();
  const std::jthread stopper([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const auto suite = ParseSuite(SqlCheck(kEndless), "suite.yaml");
  const auto result = CheckSuite(*suite, {OpenerOf(Sqlite()), nullptr}, options);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code.code, "MIQ-RUN-005") << result.error().ToString();
}

TEST_F(CheckSuiteTest, AMissingSystemIsAnErrorOfItsChecks) {
  const SuiteResult result = CheckOne(kEveryKind, UrlOf("sqlite:/nowhere/at/all.db"));
  EXPECT_TRUE(result.HasErrors());
  EXPECT_EQ(result.Count(CheckStatus::kPassed) + result.Count(CheckStatus::kFailed), 0);
}

TEST_F(CheckSuiteTest, SeverityDecidesWhetherTheSuiteFailed) {
  MakeBoth();
  for (const std::string severity : {"info", "warn", "error"}) {
    const SuiteResult result = CheckOne(
        "version: 1\nchecks:\n  - {kind: not_null, table: customer, column: email, "
        "severity: " +
            severity + "}\n",
        Sqlite());
    EXPECT_EQ(result.Failed(), severity == "error");
  }
}

TEST_F(CheckSuiteTest, PersonalDataIsMarked) {
  MakeBoth();
  CheckOptions options = Options(true);
  options.personal = [](SuiteSide, const std::string&, const std::string& column) { return column == "email"; };
  const SuiteResult result = CheckText(R"(version: 1
checks:
  - {kind: unique, table: customer, column: email}
  - {kind: range, table: customer, column: age, max: 100}
)",
                                       {OpenerOf(Sqlite()), nullptr}, options);
  EXPECT_TRUE(result.checks[0].personal);
  EXPECT_FALSE(result.checks[1].personal);
}

}  // namespace
}  // namespace migrateiq
