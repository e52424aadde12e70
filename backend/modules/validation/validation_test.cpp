#include "modules/projects/migrations.hpp"
#include "modules/validation/migrations.hpp"
#include "modules/validation/validation_cases_test_support.hpp"

namespace migrateiq::validation {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, ValidationCases, ::testing::Values(store::Engine::kSqlite));

CheckResultRow Made(const std::string& kind, double measured, int64_t rows = 1000, int64_t broken = 0, int day = 0) {
  return {.check_run_id = std::to_string(day),
          .name = "c",
          .kind = kind,
          .severity = "error",
          .status = "passed",
          .measured = measured,
          .rows_checked = rows,
          .rows_broken = broken,
          .at = 1'750'000'000 * kSecond + day * kDay};
}

TEST(WhyUnusual, NeedsAHistory) {
  std::vector<CheckResultRow> history;
  for (int day = 0; day < 5; ++day) history.push_back(Made("freshness", 100 + day, 1000, 0, day));
  EXPECT_FALSE(WhyUnusual(history, Made("freshness", 1e9, 1000, 0, 9)));
}

TEST(WhyUnusual, MeasuresAndRowsFarFromTheirHistory) {
  std::vector<CheckResultRow> ages, counts;
  for (int day = 0; day < 30; ++day) {
    ages.push_back(Made("freshness", 3600 + 60 * (day % 7), 1000, 0, day));
    counts.push_back(Made("not_null", 0, 10000 + 40 * (day % 7), 0, day));
  }
  EXPECT_FALSE(WhyUnusual(ages, Made("freshness", 3700, 1000, 0, 31)));
  EXPECT_TRUE(WhyUnusual(ages, Made("freshness", 90000, 1000, 0, 31)));
  EXPECT_FALSE(WhyUnusual(counts, Made("not_null", 0, 10100, 0, 31)));
  EXPECT_TRUE(WhyUnusual(counts, Made("not_null", 0, 200, 0, 31)));
  CheckResultRow error = Made("freshness", 90000, 1000, 0, 31);
  error.status = "error";
  EXPECT_FALSE(WhyUnusual(ages, error)) << "what was not made measures nothing";
}

TEST(WhyUnusual, QuietWhileNothingChanges) {
  std::vector<CheckResultRow> history;
  int alerts = 0;
  uint64_t seed = 7;
  for (int day = 0; day < 400; ++day) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    const auto noise = static_cast<double>(seed >> 40) / 16777216.0;
    const CheckResultRow row = Made(day % 2 == 0 ? "completeness" : "range", 0.95 + 0.01 * noise,
                                    10000 + static_cast<int64_t>(500 * noise), 0, day);
    std::vector<CheckResultRow> own;
    for (const CheckResultRow& one : history) {
      if (one.kind == row.kind) own.push_back(one);
    }
    alerts += WhyUnusual(own, row) ? 1 : 0;
    history.push_back(row);
  }
  EXPECT_LT(alerts, 4) << "fewer than one in a hundred";
}

TEST(ValidationMigrations, AlertsOfEarlierVersionsAreKept) {
  const std::string file =
      (std::filesystem::temp_directory_path() / ("miq_alerts_" + std::to_string(::getpid()) + ".db")).string();
  std::filesystem::remove(file);
  const auto store = store::Store::Open("sqlite://" + file);
  ASSERT_TRUE(store) << store.error().ToString();
  ASSERT_TRUE((*store)->Migrate("projects", projects::ProjectMigrations()));
  ASSERT_TRUE((*store)->Migrate("validation", ValidationMigrations().first(1)));
  ASSERT_TRUE((*store)->Write(store::Scope::Tenant("t"), [](store::Session& session) {
    return session.RunScript(
        "INSERT INTO suite VALUES ('s', 't', NULL, 'n', '', '', '', 1, 0, 1, 1, '', '', 1);"
        "INSERT INTO check_alert VALUES ('a', 't', 's', NULL, 'c', 'failed', 'error', 'open', 'why', 3, 1, 2, 'r', '', "
        "'', '', 1);"
        "INSERT INTO check_mute VALUES ('s', 'c', 't', 9)");
  }));
  ASSERT_TRUE((*store)->Migrate("validation", ValidationMigrations()));
  ASSERT_TRUE((*store)->Read(store::Scope::Tenant("t"), [](store::Session& session) -> Status {
    MIQ_ASSIGN(const AlertRow alert, RequireAlert(session, "t", "a"));
    EXPECT_EQ(alert.source, kOfSuites);
    EXPECT_EQ(alert.suite_id + alert.subject + alert.run_id, "scr");
    EXPECT_EQ(alert.times, 3);
    MIQ_ASSIGN(const auto muted, MutedSubjects(session, "t", {.suite_id = "s", .plan_id = {}}, 5));
    EXPECT_EQ(muted, std::vector<std::string>{"c"});
    return {};
  }));
}

TEST(ReportHtml, EscapesWhatTheDataHold) {
  SuiteResult result{.suite = "<b>shop</b>"};
  CheckResult check{.name = "x\"><script>", .status = CheckStatus::kFailed};
  check.samples.push_back({.key = {{"id", "<i>"}}, .value = "<script>alert(1)</script>"});
  result.checks.push_back(check);
  const std::string html = ReportHtml(SuiteResultJson(result));
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<b>"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)"), std::string::npos);
}

}  // namespace
}  // namespace migrateiq::validation
