#include "pipeline/anomaly/date_column.hpp"

#include <gmock/gmock.h>

#include "pipeline/anomaly/generator.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::anomaly {
namespace {

using testing::HasSubstr;

DateColumn Births(int64_t rows) {
  DateColumn column("born", kGeneratedToday, 20'000, 1);
  SeededRandom random(3);
  for (int64_t row = 0; row < rows; ++row) column.Add(row, -10'000 + static_cast<int32_t>(random.Below(20'000)));
  return column;
}

TEST(DateColumn, SentinelsAmongPlausibleDatesAreKnownByTheirNumber) {
  DateColumn column = Births(5000);
  EXPECT_TRUE(column.Find().empty()) << "1970-01-01 is a birthday like others";
  for (int64_t row = 5000; row < 5060; ++row) column.Add(row, 0);
  const auto found = column.Find();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, AnomalyKind::kSentinelDate);
  EXPECT_EQ(found[0].examples[0].value, "1970-01-01");
  EXPECT_GE(found[0].rows, 60);
}

TEST(DateColumn, DueDatesLieInTheFuture) {
  DateColumn column("due", kGeneratedToday, 20'000, 1);
  for (int32_t row = 0; row < 1000; ++row) column.Add(row, kGeneratedToday - 500 + row);
  EXPECT_TRUE(column.Find().empty());
}

TEST(DateColumn, WeekendsAreNoGaps) {
  DateColumn column("day", kGeneratedToday, 20'000, 1);
  int64_t row = 0;
  for (int32_t day = kGeneratedToday - 700; day < kGeneratedToday; ++day)
    if (day % 7 < 5) column.Add(row++, day);
  EXPECT_TRUE(column.Find().empty());
}

TEST(DateColumn, AMissingMonthIsAGap) {
  DateColumn column("day", kGeneratedToday, 20'000, 1);
  int64_t row = 0;
  for (int32_t day = kGeneratedToday - 700; day < kGeneratedToday; ++day)
    if (day < kGeneratedToday - 300 || day >= kGeneratedToday - 270) column.Add(row++, day);
  const auto found = column.Find();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, AnomalyKind::kDateGap);
  EXPECT_THAT(found[0].how, HasSubstr("no row for 30 days"));
}

TEST(DateOrder, FindsTheRowsThatEndBeforeTheyBegin) {
  DateOrder order({"begin", "end"});
  for (int32_t row = 0; row < 1000; ++row) order.Add(row, {row + 10'000, row + 10'005});
  order.Add(1000, {70, 60});
  order.Add(1001, {std::nullopt, 3});
  const auto found = order.Find();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rows, 1);
  EXPECT_EQ(found[0].examples[0].row, 1000);
  EXPECT_THAT(found[0].how, HasSubstr("1 of 1001 rows have begin after end"));
}

TEST(DateOrder, DatesWithoutAnOrderHaveNoWrongOne) {
  DateOrder order({"a", "b"});
  SeededRandom random(1);
  for (int32_t row = 0; row < 2000; ++row)
    order.Add(row, {static_cast<int32_t>(random.Below(1000)), static_cast<int32_t>(random.Below(1000))});
  EXPECT_TRUE(order.Find().empty());
}

}  // namespace
}  // namespace migrateiq::anomaly
