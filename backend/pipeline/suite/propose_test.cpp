#include "pipeline/suite/propose.hpp"

#include <gmock/gmock.h>

#include "pipeline/profile/analysis.hpp"
#include "pipeline/suite/detail/propose_values.hpp"
#include "pipeline/suite/suite_cases_test_support.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq {
namespace {

using namespace suite_test;  // NOLINT(google-build-using-namespace)

std::vector<ProposedCheck> ProposeFor(const Url& url) {
  ProfileObserver nobody;
  AnalysisRequest request;
  request.url = url;
  request.options.workers = 1;
  const auto analysis = Analyze(request, nobody);
  EXPECT_TRUE(analysis) << analysis.error().ToString();
  if (!analysis) return {};
  return ProposeChecks(analysis->profile, {.now = *ParseTime(kNow)});
}

SuiteResult CheckProposed(const std::vector<ProposedCheck>& proposed, const Url& url) {
  const auto result = CheckSuite(SuiteOf(proposed, SuiteSide::kSource), {OpenerOf(url), OpenerOf(url)}, Options(true));
  EXPECT_TRUE(result);
  return result.value_or(SuiteResult{});
}

const ProposedCheck* FindKind(const std::vector<ProposedCheck>& proposed, CheckKind kind, const std::string& column) {
  for (const ProposedCheck& one : proposed) {
    if (one.check.kind == kind && one.check.columns == std::vector{column}) return &one;
  }
  return nullptr;
}

MadeTable CleanCustomers(int first, int rows) {
  MadeTable table = Customers(0);
  for (int id = first; id < first + rows; ++id) table.rows.push_back(CustomerRow(id));
  return table;
}

TEST(Propose, WhatTheDataShow) {
  const test_support::TemporaryFolder folder;
  MakeFile(folder.path(), CleanCustomers(100, 600));
  const auto proposed = ProposeFor(UrlOf("csv:" + folder.path().string()));
  const ProposedCheck* in = FindKind(proposed, CheckKind::kIn, "country");
  ASSERT_NE(in, nullptr);
  EXPECT_THAT(in->check.values, ::testing::ElementsAre("AT", "CH", "DE"));
  EXPECT_GT(in->confidence, 0.99);
  const ProposedCheck* unique = FindKind(proposed, CheckKind::kUnique, "id");
  ASSERT_NE(unique, nullptr);
  EXPECT_NE(FindKind(proposed, CheckKind::kNotNull, "email"), nullptr);
  const ProposedCheck* age = FindKind(proposed, CheckKind::kRange, "age");
  ASSERT_NE(age, nullptr);
  EXPECT_EQ(age->check.min, "0");
  const ProposedCheck* id = FindKind(proposed, CheckKind::kRange, "id");
  ASSERT_NE(id, nullptr);
  EXPECT_FALSE(id->check.max) << "an id has no greatest one";
  EXPECT_NE(FindKind(proposed, CheckKind::kFreshness, "seen"), nullptr);
  EXPECT_EQ(FindKind(proposed, CheckKind::kFreshness, "joined"), nullptr) << "old dates tell of no rhythm";
  for (const ProposedCheck& one : proposed) {
    EXPECT_FALSE(one.reason.empty()) << one.check.name;
    EXPECT_TRUE(one.confidence > 0 && one.confidence <= 1) << one.check.name;
  }
}

TEST(Propose, TheSuiteIsReadAgainAndHoldsOfItsOwnData) {
  const test_support::TemporaryFolder folder;
  MakeFile(folder.path(), CleanCustomers(100, 600));
  const Url url = UrlOf("csv:" + folder.path().string());
  const auto proposed = ProposeFor(url);
  const std::string text = WriteSuite(SuiteOf(proposed, SuiteSide::kSource), RemarksOf(proposed));
  const auto suite = ParseSuite(text, "proposed.yaml");
  ASSERT_TRUE(suite) << suite.error().ToString() << "\n" << text;
  for (const CheckResult& check : CheckProposed(proposed, url).checks)
    EXPECT_EQ(check.status, CheckStatus::kPassed) << check.name << ": " << check.message;
}

TEST(Propose, FindsPlantedBreaks) {
  const test_support::TemporaryFolder clean, broken;
  MakeFile(clean.path(), CleanCustomers(100, 600));
  MadeTable table = CleanCustomers(700, 600);
  for (const int id : {7, 10, 11, 12, 14, 19}) table.rows.push_back(CustomerRow(id));
  table.rows.back()[4] = "-99999.99";
  table.rows.push_back(CustomerRow(700));
  MakeFile(broken.path(), table);
  const SuiteResult result =
      CheckProposed(ProposeFor(UrlOf("csv:" + clean.path().string())), UrlOf("csv:" + broken.path().string()));
  std::vector<std::string> failed;
  for (const CheckResult& check : result.checks) {
    EXPECT_NE(check.status, CheckStatus::kError) << check.name << ": " << check.message;
    if (check.status == CheckStatus::kFailed) failed.push_back(check.name);
  }
  EXPECT_THAT(failed, ::testing::IsSupersetOf({"not_null_customer_email", "in_customer_country", "range_customer_age",
                                               "unique_customer_id", "range_customer_balance"}));
}

/// Fresh data of the same making: fewer than one check of a hundred may fail.
TEST(Propose, FreshDataOfTheSameGeneratorKeepToIt) {
  int64_t checks = 0, failed = 0;
  for (const char* shape : {"legacy?rows=4000&seed=", "orders?rows=3000&seed=", "lineitem?rows=3000&seed="}) {
    const auto proposed = ProposeFor(UrlOf("fake:" + std::string(shape) + "1"));
    for (const char* seed : {"2", "3"}) {
      const SuiteResult result = CheckProposed(proposed, UrlOf("fake:" + std::string(shape) + seed));
      checks += static_cast<int64_t>(result.checks.size());
      for (const CheckResult& check : result.checks) {
        if (check.status == CheckStatus::kPassed) continue;
        ++failed;
        RecordProperty(check.name, check.message);
        std::printf("  %s%s: %s\n", shape, seed, (check.name + " " + check.message).c_str());
      }
    }
  }
  EXPECT_GT(checks, 100);
  EXPECT_LT(static_cast<double>(failed), 0.01 * static_cast<double>(checks)) << failed << " of " << checks;
}

TEST(Propose, FewRowsShowNothing) {
  const test_support::TemporaryFolder folder;
  MakeFile(folder.path(), CleanCustomers(100, 10));
  for (const ProposedCheck& one : ProposeFor(UrlOf("csv:" + folder.path().string())))
    EXPECT_EQ(one.reason, "it is declared so") << one.check.name;
}

TEST(NamesAKey, ByItsLastWord) {
  for (const char* name : {"id", "ID", "customer_id", "customerId", "OrderNo", "iban"})
    EXPECT_TRUE(detail::NamesAKey(name)) << name;
  for (const char* name : {"paid", "idea", "note", "", "amount", "valid"})
    EXPECT_FALSE(detail::NamesAKey(name)) << name;
}

TEST(RegexOf, IsThePatternInLetters) {
  EXPECT_EQ(detail::RegexOf("AA9+.aaa"), R"([A-Z]{2}[0-9]+\.[a-z]{3})");
  EXPECT_EQ(detail::RegexOf("99_99"), "[0-9]{2} [0-9]{2}");
  EXPECT_EQ(detail::RegexOf("9€"), "");
}

}  // namespace
}  // namespace migrateiq
