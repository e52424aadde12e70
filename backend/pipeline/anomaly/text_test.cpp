#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "pipeline/anomaly/category_column.hpp"
#include "pipeline/anomaly/edit_distance.hpp"
#include "pipeline/anomaly/text_pattern.hpp"

namespace migrateiq::anomaly {
namespace {

TEST(EditDistance, CountsSlipsOfTheHand) {
  EXPECT_EQ(EditDistance("Hamburg", "Hambrug", 3), 1U) << "neighbours swapped";
  EXPECT_EQ(EditDistance("Hamburg", "Hamburgh", 3), 1U);
  EXPECT_EQ(EditDistance("Hamburg", "Homberg", 3), 2U);
  EXPECT_EQ(EditDistance("", "abc", 3), 3U);
  EXPECT_EQ(EditDistance("kitten", "sitting", 1), 2U) << "no further than asked";
}

RC_GTEST_PROP(EditDistance, IsSymmetricAndZeroOnlyForEqualTexts, (const std::string& left, const std::string& right)) {
  RC_ASSERT(EditDistance(left, right, 100) == EditDistance(right, left, 100));
  RC_ASSERT((EditDistance(left, right, 100) == 0) == (left == right));
}

TEST(PatternOf, NamesRunsAndKeepsPunctuation) {
  EXPECT_EQ(PatternOf("AB-1234"), "A{2}-9{4}");
  EXPECT_EQ(PatternOf("AB-1234", false), "A-9");
  EXPECT_EQ(PatternOf("Zoë Ångström"), "A{1}a{3} a{10}") << "bytes above ASCII are letters";
  EXPECT_EQ(PatternOf(""), "");
}

RC_GTEST_PROP(PatternOf, DoesNotDependOnWhichDigits, (const std::string& text)) {
  std::string other = text;
  for (char& byte : other)
    if (byte >= '0' && byte <= '9') byte = static_cast<char>('0' + ('9' - byte));
  RC_ASSERT(PatternOf(text) == PatternOf(other));
}

std::vector<Anomaly> Categories(const std::vector<std::pair<std::string, int>>& values) {
  ValueCounts counts(1000);
  int64_t row = 0;
  for (const auto& [value, count] : values)
    for (int index = 0; index < count; ++index) counts.Add(row++, value);
  return FindCategoryAnomalies("c", counts);
}

TEST(CategoryColumn, TellsAMisspellingFromARareValue) {
  const auto found = Categories({{"London", 500}, {"Paris", 400}, {"Vienna", 300}, {"Lodnon", 1}, {"Oz", 1}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].kind, AnomalyKind::kMisspelling);
  EXPECT_THAT(found[0].why, testing::HasSubstr("\"London\""));
  EXPECT_EQ(found[1].kind, AnomalyKind::kRareValue);
  EXPECT_EQ(found[1].examples[0].value, "Oz");
}

TEST(CategoryColumn, CountsThatFallEvenlyAreNotRare) {
  EXPECT_TRUE(
      Categories({{"one", 600}, {"three", 200}, {"seven", 60}, {"eleven", 20}, {"twelve", 6}, {"forty", 2}}).empty());
}

TEST(CategoryColumn, TooFewRowsSayNothing) {
  EXPECT_TRUE(Categories({{"London", 100}, {"Paris", 50}, {"Pariss", 1}}).empty());
}

}  // namespace
}  // namespace migrateiq::anomaly
