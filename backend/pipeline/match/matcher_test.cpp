#include "pipeline/match/matcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "pipeline/match/csv_text.hpp"
#include "pipeline/match/table_matcher.hpp"

namespace migrateiq::match {
namespace {

using Named = std::map<std::string, std::string>;

MatchTable Columns(std::initializer_list<const char*> names) {
  MatchTable table;
  for (const char* name : names) table.columns.emplace_back().name = name;
  return table;
}

Named Proposed(const MatchTable& source, const MatchTable& target, const MatchOptions& options = {}) {
  Named named;
  for (const Match& match : MatchTables(source, target, options).matches)
    named[source.columns[match.source].name] = target.columns[match.target].name;
  return named;
}

TEST(Matcher, UnderstandsNamesOfOtherHabits) {
  const Named found = Proposed(Columns({"KUNNR", "NAME1", "PSTLZ", "ORT01", "TELF1"}),
                               Columns({"city", "postal_code", "customer_id", "phone", "company_name", "rating"}));
  EXPECT_EQ(found, (Named{{"KUNNR", "customer_id"},
                          {"NAME1", "company_name"},
                          {"ORT01", "city"},
                          {"PSTLZ", "postal_code"},
                          {"TELF1", "phone"}}));
}

TEST(Matcher, UnderstandsOtherLanguages) {
  const Named found = Proposed(Columns({"Vorname", "Nachname", "Geburtsdatum", "Strasse"}),
                               Columns({"street", "last_name", "first_name", "date_of_birth"}));
  EXPECT_EQ(found, (Named{{"Vorname", "first_name"},
                          {"Nachname", "last_name"},
                          {"Geburtsdatum", "date_of_birth"},
                          {"Strasse", "street"}}));
}

constexpr const char* kLeft =
    "col1,col2,col3\nanna@x.org,12.5,2020-01-02\nben@y.org,13.75,2020-02-03\nzoe@z.org,99.1,2021-05-06\n";
constexpr const char* kRight =
    "a,b,c\n2021-03-02,carl@q.org,15.5\n2020-04-05,dora@x.org,44.25\n2020-09-09,emil@y.org,71.0\n";

TEST(Matcher, GoesByValuesWhereNamesSayNothing) {
  const MatchTable right = TableFromCsv(kRight, "r");
  EXPECT_EQ(Proposed(TableFromCsv(kLeft, "l"), right), (Named{{"col1", "b"}, {"col2", "c"}, {"col3", "a"}}));
}

TEST(Matcher, RanksEveryTargetAndExplains) {
  const MatchTable source = Columns({"cust_nm", "fax"}), target = Columns({"full_name", "customer_name", "fax_number"});
  const MatchResult result = MatchTables(source, target, {});
  ASSERT_EQ(result.ranked.size(), 2U);
  EXPECT_EQ(result.ranked[0].size(), 3U);
  EXPECT_GE(result.ranked[0][0].confidence, result.ranked[0][1].confidence);
  for (const Match& match : result.matches) {
    ASSERT_FALSE(match.evidence.empty());
    for (const Evidence& evidence : match.evidence) EXPECT_FALSE(evidence.text.empty());
  }
}

TEST(Matcher, AnswersDecide) {
  const MatchTable source = Columns({"amount"}), target = Columns({"amount", "total"});
  const MatchResult result = MatchTables(
      source, target,
      {.model = nullptr, .answers = {{"amount", "amount", false}, {"amount", "total", true}}, .experience = {}});
  ASSERT_EQ(result.matches.size(), 1U);
  EXPECT_EQ(result.matches[0].target, 1U);
  EXPECT_GT(result.matches[0].confidence, 0.99);
}

TEST(Matcher, ExperienceMovesConfidence) {
  const std::vector<Experienced> wrong(20, {.confidence = 0.9, .right = false}),
      right(20, {.confidence = 0.6, .right = true});
  EXPECT_LT(Recalibrated(wrong)(Logit(0.9)), 0.3);
  EXPECT_GT(Recalibrated(right)(Logit(0.6)), 0.8);
  EXPECT_NEAR(Recalibrated({})(Logit(0.7)), 0.7, 1e-9);
}

TEST(Matcher, PairsTablesOfSystems) {
  MatchTable customer = Columns({"CustomerId", "FirstName", "LastName", "Email"}),
             invoice = Columns({"InvoiceId", "CustomerId", "InvoiceDate", "Total"});
  customer.name = "Customer";
  invoice.name = "Invoice";
  MatchTable bills = Columns({"id", "client_id", "issued_on", "total_amount"}),
             clients = Columns({"id", "given_name", "family_name", "mail"}), logs = Columns({"ts", "line"});
  bills.name = "bills";
  clients.name = "clients";
  logs.name = "log_lines";
  const std::vector<TableMatch> matches = MatchSystems({customer, invoice}, {logs, bills, clients}, {});
  ASSERT_EQ(matches.size(), 2U);
  for (const TableMatch& match : matches) EXPECT_EQ(match.target, match.source == 0 ? 2U : 1U);
}

}  // namespace
}  // namespace migrateiq::match
