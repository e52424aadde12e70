#include "pipeline/match/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace migrateiq::match {
namespace {

using testing::ElementsAre;

TEST(Words, FoldsCaseAndAccents) {
  EXPECT_EQ(Fold("Größe Éléphant ŁÓDŹ"), "grosse elephant lodz");
  EXPECT_EQ(Fold("建物地址"), "建物地址");
  EXPECT_EQ(Squeeze("Kunden-Nr. (alt)"), "kundennralt");
}

TEST(Words, PartsNamesAtEveryHabit) {
  EXPECT_THAT(SplitName("CustomerRef_FullName"), ElementsAre("customer", "ref", "full", "name"));
  EXPECT_THAT(SplitName("HTTPServerID"), ElementsAre("http", "server", "id"));
  EXPECT_THAT(SplitName("ADDR1"), ElementsAre("addr", "1"));
  EXPECT_THAT(SplitName("order-date time"), ElementsAre("order", "date", "time"));
  EXPECT_THAT(SplitName("größeCm"), ElementsAre("grosse", "cm"));
  EXPECT_THAT(SplitName("__"), ElementsAre());
}

TEST(Words, KnowsNamesThatSayNothing) {
  for (const char* name : {"col1", "column_2", "Field3", "f4", "17", "", "Unnamed: 0"})
    EXPECT_TRUE(IsMeaningless(name)) << name;
  for (const char* name : {"id", "color", "field_name", "columnist"}) EXPECT_FALSE(IsMeaningless(name)) << name;
}

TEST(Words, ComparesStrings) {
  EXPECT_DOUBLE_EQ(JaroWinkler("martha", "martha"), 1);
  EXPECT_NEAR(JaroWinkler("martha", "marhta"), 0.961, 0.001);
  EXPECT_DOUBLE_EQ(EditSimilarity("kitten", "sitting"), 1 - 3.0 / 7);
  EXPECT_DOUBLE_EQ(TrigramDice("abc", "abc"), 1);
  EXPECT_DOUBLE_EQ(TrigramDice("abc", "xyz"), 0);
}

TEST(Words, KnowsAbbreviations) {
  EXPECT_GT(Abbreviates("cust", "customer"), 0.8);
  EXPECT_GT(Abbreviates("wght", "weight"), 0.8);
  EXPECT_GT(Abbreviates("nbr", "number"), 0.5);
  EXPECT_EQ(Abbreviates("date", "data"), 0);
  EXPECT_EQ(Abbreviates("xyz", "customer"), 0);
  EXPECT_EQ(Abbreviates("customer", "cust"), 0);
}

TEST(Words, HashesAlikeEverywhere) { EXPECT_EQ(StableHash("customer"), StableHash("customer", 0)); }

}  // namespace
}  // namespace migrateiq::match
