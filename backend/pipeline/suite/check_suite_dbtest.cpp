#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "pipeline/suite/check_suite.hpp"
#include "pipeline/suite/suite_cases_test_support.hpp"

namespace migrateiq {
namespace {

using namespace suite_test;  // NOLINT(google-build-using-namespace)

struct Engine {
  const char* name;
  const char* variable;
  int in_sql;  ///< checks of kEveryKind that are answered in SQL
};

/// A database of its own for each test, on the server that a variable names.
class CheckSuiteDb : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    const char* server = std::getenv(GetParam().variable);
    if (server == nullptr) GTEST_SKIP() << GetParam().variable << " is not set";
    static std::atomic<int> number = 0;
    admin_ = UrlOf(server);
    url_ = admin_;
    url_.path = fmt::format("miq_suite_{}_{}", ::getpid(), ++number);
    auto target = OpenTarget(url_, {.create_database = true});
    ASSERT_TRUE(target) << target.error().ToString();
    target_ = std::move(*target);
    ASSERT_TRUE(target_->Prepare());
  }
  void TearDown() override {
    target_.reset();
    if (url_.path.empty()) return;
    Url other = admin_;
    if (IsMaria()) other.path = "mysql";
    const auto admin = OpenTarget(other, {});
    if (admin) (void)(*admin)->Execute({"DROP DATABASE " + (*admin)->dialect().Quote(url_.path)});
  }
  bool IsMaria() const { return std::string(GetParam().name) == "MariaDb"; }
  void MakeBoth() {
    Make(*target_, Customers());
    Make(*target_, Orders());
  }
  void Run(const std::string& sql) {
    const Status done = target_->Execute({sql});
    ASSERT_TRUE(done) << done.error().ToString() << "\n" << sql;
  }
  std::string Ask(const std::string& sql) {
    const auto rows = target_->Query(sql);
    if (!rows) return rows.error().ToString();
    return rows->empty() ? "(none)" : rows->front().front().value_or("NULL");
  }
  SuiteResult Own(const std::string& sql) {
    SuiteCheck check;
    check.kind = CheckKind::kSql;
    check.name = "own";
    check.sql = sql;
    auto result = CheckSuite({.name = "", .description = "", .owner = "", .checks = {check}}, {OpenerOf(url_), nullptr},
                             Options(true));
    EXPECT_TRUE(result);
    return result ? std::move(*result) : SuiteResult{};
  }

  Url admin_, url_;
  std::unique_ptr<Target> target_;
};

TEST_P(CheckSuiteDb, EveryKindInSqlAsOverBatches) {
  MakeBoth();
  ExpectEveryKindBothWays(url_, GetParam().in_sql);
}

TEST_P(CheckSuiteDb, HostileNamesAndValuesAreQuoted) {
  const std::string name = R"(we"ird`ta'ble; DROP)", column = R"(co"l`um'n; --)";
  Make(*target_, {name,
                  {{"id", "INTEGER"}, {column, "VARCHAR(40)"}},
                  {{"1", "a'b\\"}, {"2", std::nullopt}, {"3", "'); DROP TABLE x; --"}, {"4", "a'b\\"}}});
  Suite suite;
  for (const CheckKind kind : {CheckKind::kNotNull, CheckKind::kUnique, CheckKind::kIn, CheckKind::kRegex}) {
    SuiteCheck check;
    check.kind = kind;
    check.table = name;
    check.columns = {column};
    check.values = {"a'b\\", "c"};
    check.pattern = R"('b\\$)";
    suite.checks.push_back(check);
  }
  for (const bool push_down : {true, false}) {
    const auto result = CheckSuite(suite, {OpenerOf(url_), nullptr}, Options(push_down));
    ASSERT_TRUE(result);
    for (const CheckResult& check : result->checks) {
      EXPECT_NE(check.status, CheckStatus::kError) << check.message;
      EXPECT_EQ(check.rows_broken, 1) << NameOfKind(check.kind) << " " << check.how;
    }
  }
}

TEST_P(CheckSuiteDb, TextsCompareByTheirBytes) {
  Make(*target_,
       {"t",
        {{"id", "INTEGER"}, {"s", "VARCHAR(20)"}, {"c", "CHAR(5)"}},
        {{"1", "a", "x"}, {"2", "A", "X"}, {"3", "a ", "x "}, {"4", "ä", "é"}, {"5", "\xF0\x9F\x98\x80", "x"}}});
  const std::string suite = R"(version: 1
checks:
  - {kind: unique, table: t, column: s, name: text_exact_ok}
  - {kind: unique, table: t, column: c, name: text_padded_fails}
  - {kind: in, table: t, column: s, values: [a, A, "a ", "ä", "😀"], name: text_in_ok}
  - {kind: in, table: t, column: s, values: [a], name: text_in_fails}
  - {kind: range, table: t, column: s, max: z, name: text_range_fails}
  - {kind: length, table: t, column: s, max: 1, name: text_length_fails}
  - {kind: length, table: t, column: c, max: 1, name: text_length_padded_ok}
  - {kind: regex, table: t, column: s, pattern: "^[a-z]$", name: text_regex_fails}
  - {kind: regex, table: t, column: s, pattern: "^.$", name: text_regex_dot_fails}
)";
  const SuiteResult pushed = CheckOne(suite, url_, true), read = CheckOne(suite, url_, false);
  ExpectAsNamed(read);
  ExpectSame(pushed, read);
}

TEST_P(CheckSuiteDb, OwnSqlCannotWrite) {
  MakeBoth();
  if (IsMaria())
    Run("CREATE FUNCTION bad() RETURNS INT BEGIN DELETE FROM customer; RETURN 1; END");
  else
    Run("CREATE FUNCTION bad() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM customer; RETURN 1; END'");
  for (const char* sql :
       {"DELETE FROM customer", "DROP TABLE customer", "SELECT bad()", "SELECT 1; DELETE FROM customer",
        "SELECT 1) AS q; DELETE FROM customer; --", "SELECT 1) AS q; COMMIT; DELETE FROM customer; --", "COMMIT",
        "WITH d AS (DELETE FROM customer RETURNING id) SELECT * FROM d", "SELECT * INTO made FROM customer",
        "SELECT set_config('transaction_read_only', 'off', false), bad()",
        "SELECT id FROM customer INTO OUTFILE '/tmp/miq_suite_outfile'", "UPDATE customer SET age = 1"}) {
    const SuiteResult result = Own(sql);
    ASSERT_EQ(result.checks.size(), 1U);
    EXPECT_EQ(result.checks[0].status, CheckStatus::kError) << sql;
  }
  EXPECT_EQ(Ask("SELECT count(*) FROM customer"), "60");
  EXPECT_EQ(Ask("SELECT max(age) FROM customer"), "200");
  EXPECT_EQ(Own("SELECT id FROM customer WHERE age > 150").checks[0].rows_broken, 1);
}

TEST_P(CheckSuiteDb, AConditionCannotWriteEither) {
  MakeBoth();
  for (const char* where :
       {"1 = 1) ; DELETE FROM customer; --", "1 = 1\\n) TO STDOUT; COMMIT; DELETE FROM customer; --",
        "1 = 1)) TO STDOUT; DELETE FROM customer; --"}) {
    for (const bool push_down : {true, false}) {
      const SuiteResult result = CheckOne(
          std::string("version: 1\nchecks:\n  - {kind: not_null, table: customer, column: id, name: own, where: \"") +
              where + "\"}\n",
          url_, push_down);
      ASSERT_EQ(result.checks.size(), 1U);
      EXPECT_EQ(result.checks[0].status, CheckStatus::kError) << where;
    }
  }
  EXPECT_EQ(Ask("SELECT count(*) FROM customer"), "60");
}

TEST_P(CheckSuiteDb, TimeLimitEndsTheStatementAtTheServer) {
  MakeBoth();
  CheckOptions options = Options(true);
  options.timeout = std::chrono::milliseconds(300);
  const std::string sleep = IsMaria() ? "SELECT SLEEP(30)" : "SELECT pg_sleep(30)";
  const SuiteResult result =
      CheckText("version: 1\nchecks:\n  - {kind: sql, name: slow, sql: \"" + sleep +
                    "\"}\n  - {kind: sql, name: after, sql: \"SELECT 1 FROM customer WHERE 1 = 0\"}\n",
                {OpenerOf(url_), nullptr}, options);
  EXPECT_EQ(result.checks[0].code, "MIQ-CHECK-002") << result.checks[0].message;
  EXPECT_EQ(result.checks[1].status, CheckStatus::kPassed) << result.checks[1].message;
  EXPECT_LT(result.seconds, 10);
  const std::string running =
      IsMaria()
          ? "SELECT count(*) FROM information_schema.processlist WHERE info LIKE 'SELECT COUNT(*)%SLEEP%' AND id <> "
            "CONNECTION_ID()"
          : "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(30)%' AND pid "
            "<> pg_backend_pid()";
  std::string left = "1";
  for (int i = 0; i < 50 && left != "0"; ++i) {
    left = Ask(running);
    if (left != "0") std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(left, "0");
}

TEST_P(CheckSuiteDb, ValuesThatOnlyThisEngineHas) {
  if (IsMaria()) {
    Run("SET SESSION sql_mode = ''");
    Run("CREATE TABLE odd (id INT PRIMARY KEY, d DATE NULL, m DATETIME NULL)");
    Run("INSERT INTO odd VALUES (1, '0000-00-00', '0000-00-00 00:00:00'), (2, '2024-01-01', '2024-01-01 10:00:00'), "
        "(3, NULL, NULL)");
  } else {
    Run("CREATE TABLE odd (id int PRIMARY KEY, d date, m timestamp, f double precision, n numeric)");
    Run("INSERT INTO odd VALUES (1, 'infinity', '-infinity', 'NaN', 'NaN'), (2, '2024-01-01', '2024-01-01 10:00', 1, "
        "2), "
        "(3, NULL, NULL, NULL, NULL), (4, '2024-01-02', '2024-01-01 10:00', 'Infinity', 3)");
  }
  std::string suite = R"(version: 1
checks:
  - {kind: not_null, table: odd, column: d}
  - {kind: range, table: odd, column: d, max: 2030-01-01}
  - {kind: range, table: odd, column: m, min: 2020-01-01 00:00:00, name: m}
  - {kind: unique, table: odd, column: d}
  - {kind: completeness, table: odd, column: m, min: 0.5}
)";
  if (!IsMaria())
    suite += R"(  - {kind: range, table: odd, column: f, min: 0}
  - {kind: range, table: odd, column: n, min: 0, max: 2.5}
  - {kind: unique, table: odd, column: f}
)";
  const SuiteResult pushed = CheckOne(suite, url_, true), read = CheckOne(suite, url_, false);
  for (const CheckResult& check : pushed.checks) EXPECT_NE(check.status, CheckStatus::kError) << check.message;
  ExpectSame(pushed, read);
}

INSTANTIATE_TEST_SUITE_P(Engines, CheckSuiteDb,
                         ::testing::Values(Engine{"Postgres", "MIQ_TEST_POSTGRES", 40},
                                           Engine{"MariaDb", "MIQ_TEST_MARIADB", 35}),
                         [](const auto& info) { return std::string(info.param.name); });

/// Two engines, one suite: values of one are looked for in the other.
TEST(CheckSuiteAcrossDb, ReferencesAcrossSystems) {
  const char *postgres = std::getenv("MIQ_TEST_POSTGRES"), *mariadb = std::getenv("MIQ_TEST_MARIADB");
  if (postgres == nullptr || mariadb == nullptr) GTEST_SKIP() << "needs MIQ_TEST_POSTGRES and MIQ_TEST_MARIADB";
  Url urls[] = {UrlOf(postgres), UrlOf(mariadb)};
  const char* types[] = {"NUMERIC(10,2)", "VARCHAR(20)"};
  for (int i = 0; i < 2; ++i) {
    urls[i].path = fmt::format("miq_suite_across_{}", ::getpid());
    const auto target = OpenTarget(urls[i], {.create_database = true});
    ASSERT_TRUE(target) << target.error().ToString();
    ASSERT_TRUE((*target)->Prepare());
    Make(**target,
         {"t", {{"id", "INTEGER"}, {"k", types[i]}}, {{"1", "10"}, {"2", "20"}, {"3", i == 0 ? "30" : "40"}}});
  }
  const SuiteResult result = CheckText(R"(version: 1
attach: flow
checks:
  - {kind: references, side: source, table: t, column: k, against: {side: target}, name: fails}
  - {kind: references, side: target, table: t, column: id, against: {side: source}, name: ids_ok}
  - {kind: row_count, table: t, against: {side: source}, name: rows_ok}
)",
                                       {OpenerOf(urls[0]), OpenerOf(urls[1])}, Options(true));
  EXPECT_EQ(result.checks[0].rows_broken, 1) << result.checks[0].message;
  EXPECT_EQ(result.checks[1].status, CheckStatus::kPassed) << result.checks[1].message;
  EXPECT_EQ(result.checks[2].status, CheckStatus::kPassed) << result.checks[2].message;
  for (const Url& url : urls) {
    Url other = url;
    other.path = url.scheme == "mysql" ? "mysql" : "postgres";
    const auto admin = OpenTarget(other, {});
    if (admin) (void)(*admin)->Execute({"DROP DATABASE " + (*admin)->dialect().Quote(url.path)});
  }
}

}  // namespace
}  // namespace migrateiq
