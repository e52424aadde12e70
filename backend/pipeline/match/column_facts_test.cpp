#include "pipeline/match/column_facts.hpp"

#include <gtest/gtest.h>

namespace migrateiq::match {
namespace {

MatchColumn Column(std::initializer_list<const char*> values) {
  MatchColumn column{.name = "c", .comment = "", .values = {}};
  for (const char* value : values)
    column.values.push_back(*value == 0 ? std::nullopt : std::optional<std::string>(value));
  return column;
}

ValueSimilarity Compare(const MatchColumn& a, const MatchColumn& b) {
  return CompareValues(LookAt(a), LookAt(b), {}, {});
}

TEST(ColumnFacts, CountsWhatIsThere) {
  const ColumnFacts facts = LookAt(Column({"1", "2", "2", "", "5.5"}));
  EXPECT_EQ(facts.rows, 5U);
  EXPECT_EQ(facts.present, 4U);
  EXPECT_EQ(facts.distinct, 3U);
  EXPECT_DOUBLE_EQ(facts.null_share, 0.2);
  EXPECT_TRUE(facts.numeric());
  EXPECT_DOUBLE_EQ(facts.whole_share, 0.75);
}

TEST(ColumnFacts, SeesEqualValuesThroughTheirSpelling) {
  EXPECT_DOUBLE_EQ(Compare(Column({"Berlin", "Paris"}), Column({"PARIS", "berlin "})).jaccard, 1);
  EXPECT_DOUBLE_EQ(Compare(Column({"1.50", "2"}), Column({"1.5", "2.0"})).shared, 1);
}

TEST(ColumnFacts, ComparesNumbersByShapeAndRange) {
  const MatchColumn small = Column({"1", "2", "3", "4", "5"}), large = Column({"1000", "2000", "3000", "4000", "5000"});
  EXPECT_GT(Compare(small, small).numeric_shape, 0.99);
  EXPECT_LT(Compare(small, large).numeric_shape, 0.1);
  EXPECT_LT(Compare(small, large).numeric_range, 0.1);
}

TEST(ColumnFacts, TellsSortsApart) {
  const ValueSimilarity mixed = Compare(Column({"a@b.org", "c@d.org"}), Column({"12", "13"}));
  EXPECT_EQ(mixed.kind_conflict, 1);
  EXPECT_EQ(mixed.kinds, 0);
  EXPECT_GT(Compare(Column({"a@b.org"}), Column({"x@y.de"})).kinds, 0.99);
}

TEST(ColumnFacts, SaysNothingWithoutValues) {
  EXPECT_EQ(Compare(Column({}), Column({"1"})).both, 0);
  EXPECT_EQ(Compare(Column({"", ""}), Column({"1"})).both, 0);
}

}  // namespace
}  // namespace migrateiq::match
