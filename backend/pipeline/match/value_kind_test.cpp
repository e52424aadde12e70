#include "pipeline/match/value_kind.hpp"

#include <gtest/gtest.h>

namespace migrateiq::match {
namespace {

TEST(ValueKind, TellsWhatAValueLooksLike) {
  EXPECT_EQ(KindOf("42"), ValueKind::kInteger);
  EXPECT_EQ(KindOf("4.25"), ValueKind::kDecimal);
  EXPECT_EQ(KindOf("1,234"), ValueKind::kInteger);
  EXPECT_EQ(KindOf("$ 12.50"), ValueKind::kMoney);
  EXPECT_EQ(KindOf("12 %"), ValueKind::kPercent);
  EXPECT_EQ(KindOf("yes"), ValueKind::kBool);
  EXPECT_EQ(KindOf("2024-02-29"), ValueKind::kDate);
  EXPECT_EQ(KindOf("29.02.2024"), ValueKind::kDate);
  EXPECT_EQ(KindOf("Feb 25 2005"), ValueKind::kDate);
  EXPECT_EQ(KindOf("2024-02-29T10:11:12Z"), ValueKind::kDateTime);
  EXPECT_EQ(KindOf("10:11"), ValueKind::kTime);
  EXPECT_EQ(KindOf("a@b.org"), ValueKind::kEmail);
  EXPECT_EQ(KindOf("https://a.org"), ValueKind::kUrl);
  EXPECT_EQ(KindOf("10.0.0.1"), ValueKind::kIp);
  EXPECT_EQ(KindOf("+49 170 1234567"), ValueKind::kPhone);
  EXPECT_EQ(KindOf("AB-1234"), ValueKind::kCode);
  EXPECT_EQ(KindOf("Berlin"), ValueKind::kWord);
  EXPECT_EQ(KindOf("Anna Smith"), ValueKind::kWords);
}

TEST(ValueKind, ReadsNumbersInTheirDress) {
  EXPECT_EQ(NumberOf("1.234,50"), 1234.5);
  EXPECT_EQ(NumberOf("1,234.50"), 1234.5);
  EXPECT_EQ(NumberOf("12 %"), 12);
  EXPECT_EQ(NumberOf("1.5e3"), 1500);
  EXPECT_EQ(NumberOf("12a"), std::nullopt);
  EXPECT_EQ(NumberOf("-"), std::nullopt);
}

TEST(ValueKind, ReadsMomentsInAnyOrder) {
  const double day = 86400 * 19782.0;  // 2024-02-29
  for (const char* text :
       {"2024-02-29", "29.02.2024", "02/29/2024", "29/02/2024", "20240229", "Feb 29 2024", "29 February 2024"})
    EXPECT_EQ(MomentOf(text), day) << text;
  EXPECT_EQ(MomentOf("03/04/2024", true), *MomentOf("2024-04-03"));
  EXPECT_EQ(MomentOf("2024-02-29 01:00:00"), day + 3600);
  EXPECT_EQ(MomentOf("0049 170 123"), std::nullopt);
  EXPECT_EQ(MomentOf("version 3"), std::nullopt);
}

TEST(ValueKind, WritesPatterns) {
  EXPECT_EQ(PatternOf("AB-1234"), "A-9");
  EXPECT_EQ(PatternOf("12.03.2020 10:00"), "9.9.9 9:9");
}

}  // namespace
}  // namespace migrateiq::match
