#include "pipeline/match/transformations.hpp"

#include <gtest/gtest.h>

#include "pipeline/match/csv_text.hpp"

namespace migrateiq::match {
namespace {

/// The transformation of the match of the first source column, or of what is derived for a target column.
std::optional<Transformation> Found(const std::string& source, const std::string& target, const std::string& wanted) {
  const MatchTable a = TableFromCsv(source, ""), b = TableFromCsv(target, "");
  const MatchResult result = MatchTables(a, b, {});
  for (const Match& match : result.matches)
    if (b.columns[match.target].name == wanted && match.transformation) return match.transformation;
  for (const Derived& derived : result.derived)
    if (b.columns[derived.target].name == wanted) return derived.transformation;
  return std::nullopt;
}

std::string Rows(const std::string& header, const std::vector<std::string>& values) {
  std::string text = header + "\n";
  for (int k = 0; k < 6; ++k)
    for (const std::string& value : values) text += value + "\n";
  return text;
}

TEST(Transformations, ReadsDates) {
  const auto found = Found(Rows("order_date", {"31.12.2020", "02.01.2021"}),
                           Rows("order_date", {"2020-12-30", "2021-02-01"}), "order_date");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->expr, "CAST(strptime(CAST(\"order_date\" AS VARCHAR), '%d.%m.%Y') AS DATE)");
  EXPECT_EQ(DateFormatOf(TableFromCsv(Rows("d", {"31/12/2020", "01/02/2021"}), "").columns[0]), "%d/%m/%Y");
  EXPECT_EQ(DateFormatOf(TableFromCsv(Rows("d", {"20201231"}), "").columns[0]), "%Y%m%d");
  EXPECT_EQ(DateFormatOf(TableFromCsv(Rows("d", {"2020-12-31"}), "").columns[0]), std::nullopt);
}

TEST(Transformations, TranslatesFlagsAndCodes) {
  const auto flag = Found(Rows("active", {"Y", "N"}), Rows("is_active", {"true", "false"}), "is_active");
  ASSERT_TRUE(flag);
  EXPECT_EQ(flag->kind, "flag");
  const auto code = Found(Rows("gender", {"M", "F"}), Rows("gender", {"male", "female"}), "gender");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->expr, "CASE \"gender\" WHEN 'F' THEN 'female' WHEN 'M' THEN 'male' ELSE \"gender\" END");
}

TEST(Transformations, ChangesUnits) {
  std::string cents = "price\n", euros = "price\n";
  for (int k = 1; k <= 40; ++k) {
    cents += std::to_string(k * 137) + "\n";
    euros += std::to_string(k * 137 / 100) + "." + std::to_string(k * 137 % 100 / 10) + "\n";
  }
  const auto found = Found(cents, euros, "price");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, "unit");
  EXPECT_EQ(found->expr, "\"price\" / 100");
}

TEST(Transformations, ReadsUnitsFromNames) {
  const auto found = Found("Milliseconds\n1500\n2000\n", "duration_seconds\n", "duration_seconds");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->expr, "\"Milliseconds\" / 1000");
  EXPECT_FALSE(Found("Milliseconds\n1500\n2000\n", "milliseconds\n", "milliseconds"));
}

TEST(Transformations, JoinsAndSplitsNames) {
  const std::string parts = "first_name,last_name\nAnna,Smith\nBen,Miller\n",
                    whole = "full_name\nAnna Smith\nCarl Miller\n";
  const auto join = Found(parts, whole, "full_name");
  ASSERT_TRUE(join);
  EXPECT_EQ(join->expr, "concat_ws(' ', \"first_name\", \"last_name\")");
  EXPECT_GT(join->verified, 0.5);
  const auto first = Found(whole, parts, "first_name"), last = Found(whole, parts, "last_name");
  ASSERT_TRUE(first);
  ASSERT_TRUE(last);
  EXPECT_EQ(first->expr, "split_part(\"full_name\", ' ', 1)");
  EXPECT_EQ(last->verified, 1);
}

TEST(Transformations, SplitsAndJoinsStreetsAndHouseNumbers) {
  const std::string whole = "street\nHauptstr. 12a\nAm Markt 7\nRingweg 3\n",
                    parts = "street,house_number\nHauptstr.,12a\nAm Markt,7\n";
  const auto number = Found(whole, parts, "house_number"), street = Found(whole, parts, "street");
  ASSERT_TRUE(number);
  ASSERT_TRUE(street);
  EXPECT_EQ(number->kind, "split");
  EXPECT_EQ(number->expr, R"(nullif(regexp_extract(CAST("street" AS VARCHAR), '\s(\d\S*)\s*$', 1), ''))");
  EXPECT_EQ(street->expr, R"(trim(regexp_replace(CAST("street" AS VARCHAR), '\s\d\S*\s*$', '')))");
  EXPECT_GT(number->confidence, 0.6);
  const auto front = Found("street\n12 Main Street\n7 Park Lane\n", "street,house_number\n", "house_number");
  ASSERT_TRUE(front);
  EXPECT_EQ(front->expr, R"(nullif(regexp_extract(CAST("street" AS VARCHAR), '^\s*(\d\S*)\s', 1), ''))");
  const auto join = Found(parts, whole, "street");
  ASSERT_TRUE(join);
  EXPECT_EQ(join->expr, "concat_ws(' ', \"street\", \"house_number\")");
  EXPECT_FALSE(Found("street\nHauptstr.\nAm Markt\n", "street,house_number\n", "house_number"))
      << "there are no numbers in it";
  EXPECT_FALSE(Found(parts, parts, "street"));
}

TEST(Transformations, SplitsAndJoinsPhoneNumbers) {
  const std::string whole = "phone\n+49 30 12345\n+33 1 98765\n", parts = "phone_prefix,phone\n+49,30 12345\n+43,1 5\n";
  const auto prefix = Found(whole, parts, "phone_prefix"), rest = Found(whole, parts, "phone");
  ASSERT_TRUE(prefix);
  ASSERT_TRUE(rest);
  EXPECT_EQ(prefix->expr, R"(nullif(regexp_extract(CAST("phone" AS VARCHAR), '^\s*([+()\d]+)[ /-]', 1), ''))");
  EXPECT_EQ(rest->expr, R"(trim(regexp_replace(CAST("phone" AS VARCHAR), '^\s*[+()\d]+[ /-]+', '')))");
  const auto join = Found(parts, whole, "phone");
  ASSERT_TRUE(join);
  EXPECT_EQ(join->expr, "concat_ws(' ', \"phone_prefix\", \"phone\")");
}

TEST(Transformations, LeavesAloneWhatFits) {
  EXPECT_FALSE(Found(Rows("price", {"12", "13", "14"}), Rows("price", {"12", "15", "11"}), "price"));
  EXPECT_FALSE(Found(Rows("city", {"Berlin", "Paris"}), Rows("city", {"Paris", "Rome"}), "city"));
}

TEST(Transformations, QuotesNames) {
  EXPECT_EQ(QuotedColumn("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(QuotedText("it's"), "'it''s'");
}

}  // namespace
}  // namespace migrateiq::match
