#include "pipeline/suite/detail/value_question.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "pipeline/suite/detail/distance.hpp"

namespace migrateiq::detail {
namespace {

TEST(CommonRegex, KeepsWhatEveryEngineReadsAlike) {
  EXPECT_EQ(CommonRegex("^[A-Z]{2}[0-9]+$", "\\z"), "^[A-Z]{2}[0-9]+\\z");
  EXPECT_EQ(CommonRegex(R"(^\d{3}-\d{4}$)", "\\Z"), R"(^[0-9]{3}-[0-9]{4}\Z)");
  EXPECT_EQ(CommonRegex(R"(a\.b|(?:c|d)*)", "$"), R"(a\.b|(c|d)*)");
  EXPECT_EQ(CommonRegex("a.c", "$"), "a[^\n]c");
  EXPECT_EQ(CommonRegex(R"([^\w.-]?)", "$"), R"([^0-9A-Za-z_.-]?)");
}

TEST(CommonRegex, LeavesEverythingElseToTheRows) {
  for (const char* pattern : {"",       "(",         ")",           "a**",   "a+?", "a++", "(?i)a", R"(\bword)",
                              R"(\pL)", "é",         "[[:alpha:]]", "[]",    "[a",  "x{1", "x{,3}", "x{1,999}",
                              "^*",     R"([\w-z])", R"([a-\d])",   R"(a\)", "a]",  "a}",  "(a",    "|*"})
    EXPECT_EQ(CommonRegex(pattern, "$"), std::nullopt) << pattern;
}

TEST(NumberLiteral, IsANumberOrNothing) {
  EXPECT_EQ(NumberLiteral("+0012.50", ValueClass::kDecimal), "12.50");
  EXPECT_EQ(NumberLiteral("-3", ValueClass::kInteger), "-3");
  for (const char* text : {"1; DROP TABLE t", "x", "", "Infinity", "NaN"}) {
    EXPECT_EQ(NumberLiteral(text, ValueClass::kDecimal), std::nullopt) << text;
    EXPECT_EQ(NumberLiteral(text, ValueClass::kDouble), std::nullopt) << text;
  }
}

TEST(Filled, ReplacesNothingWithinWhatItPutsIn) {
  EXPECT_EQ(Filled("$1 ~ $2", "\"a$2\"", "'$1'"), "\"a$2\" ~ '$1'");
  EXPECT_EQ(Filled("f($1, $1)", "\"$1\""), "f(\"$1\", \"$1\")");
}

TEST(Distance, NothingApartIsZeroAndNothingInCommonIsTheMost) {
  for (const Distance distance : {Distance::kPsi, Distance::kKs, Distance::kJs}) {
    EXPECT_NEAR(*DistanceOf(distance, {10, 20, 30}, {1, 2, 3}), 0, 1e-12);
    EXPECT_EQ(DistanceOf(distance, {0, 0}, {1, 2}), std::nullopt);
  }
  EXPECT_NEAR(*DistanceOf(Distance::kKs, {1, 0}, {0, 1}), 1, 1e-12);
  EXPECT_NEAR(*DistanceOf(Distance::kJs, {1, 0}, {0, 1}), 1, 1e-12);
  EXPECT_GT(*DistanceOf(Distance::kPsi, {1, 0}, {0, 1}), 10);
}

TEST(Distance, PsiIsTheTextbookSum) {
  EXPECT_NEAR(*DistanceOf(Distance::kPsi, {0.3, 0.7}, {0.5, 0.5}), -0.2 * std::log(0.6) + 0.2 * std::log(1.4), 1e-12);
}

}  // namespace
}  // namespace migrateiq::detail
