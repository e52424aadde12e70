#include "pipeline/batch/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace migrateiq::text {
namespace {

std::string Decimal(std::string_view text) {
  std::string out;
  return NormalizeDecimal(text, out) ? out : "refused";
}

TEST(Text, DecimalsAreNormalized) {
  EXPECT_EQ("12.50", Decimal("12.50"));
  EXPECT_EQ("0.5", Decimal(".5"));
  EXPECT_EQ("0.5", Decimal("+0.5"));
  EXPECT_EQ("0", Decimal("-0"));
  EXPECT_EQ("0.00", Decimal("-0.00"));
  EXPECT_EQ("1200", Decimal("1.2e3"));
  EXPECT_EQ("0.0012", Decimal("1.2E-3"));
  EXPECT_EQ("7", Decimal("007"));
  EXPECT_EQ("5", Decimal("5."));
  EXPECT_EQ("refused", Decimal("."));
  EXPECT_EQ("refused", Decimal("1,5"));
  EXPECT_EQ("refused", Decimal(""));
  EXPECT_EQ("NaN", Decimal("nan"));
}

TEST(Text, DatesKnowZeroImpossibleAndOld) {
  int32_t days = 0;
  EXPECT_EQ(DateState::kValid, ParseDate("0009-12-04", days));
  EXPECT_EQ(DateState::kZeroOrImpossible, ParseDate("0000-00-00", days));
  EXPECT_EQ(DateState::kZeroOrImpossible, ParseDate("1989-00-00", days));
  EXPECT_EQ(DateState::kZeroOrImpossible, ParseDate("2001-02-30", days));
  EXPECT_EQ(DateState::kNotADate, ParseDate("yesterday", days));
  EXPECT_EQ(DateState::kValid, ParseDate("1970-01-01", days));
  EXPECT_EQ(0, days);
  EXPECT_EQ(DateState::kValid, ParseDate("0044-03-15 BC", days));
  std::string out;
  AppendDate(out, days);
  EXPECT_EQ("0044-03-15 BC", out);
}

TEST(Text, TimestampsWithZoneAreMovedToUtc) {
  int64_t micros = 0;
  std::optional<int32_t> zone;
  EXPECT_EQ(DateState::kValid, ParseTimestamp("2024-05-06T07:08:09.5+02:00", micros, &zone));
  std::string out;
  AppendTimestampTz(out, micros);
  EXPECT_EQ("2024-05-06 05:08:09.500000+00:00", out);
  EXPECT_EQ(7200, zone);
  EXPECT_EQ(DateState::kNotADate, ParseTimestamp("2024-05-06 07:08:09+02", micros));
  EXPECT_EQ(DateState::kNotADate, ParseTimestamp("2024-05-06 07:08:09.1234567", micros));
  EXPECT_EQ(DateState::kValid, ParseTimestamp("2024-05-06 07:08:09.1234560", micros));
}

TEST(Text, LongTimesAreIntervals) {
  int64_t micros = 0;
  EXPECT_FALSE(ParseTime("25:00:00", micros));
  EXPECT_TRUE(ParseTime("-838:59:59", micros, true));
  EXPECT_EQ(-(838LL * 3600 + 59 * 60 + 59) * 1'000'000, micros);
  const auto interval = ParseInterval("1 year 2 mons -3 days 04:05:06.7");
  ASSERT_TRUE(interval);
  std::string out;
  AppendInterval(out, *interval);
  EXPECT_EQ("1 year 2 mons -3 days 04:05:06.700000", out);
}

TEST(Text, FindsInvalidUtf8) {
  EXPECT_EQ(std::string_view::npos, FindInvalidUtf8("plain and \xF0\x9F\x98\x80 emoji"));
  EXPECT_EQ(3U, FindInvalidUtf8("abc\xFF"));
  EXPECT_EQ(0U, FindInvalidUtf8("\xED\xA0\x80"));
  EXPECT_EQ(0U, FindInvalidUtf8("\xC0\x80"));
}

TEST(Text, EveryDateReadsBack) {
  rc::check("date -> text -> date", [] {
    const auto days = *rc::gen::inRange<int32_t>(-2'400'000, 100'000'000);
    std::string out;
    AppendDate(out, days);
    int32_t back = 0;
    RC_ASSERT(ParseDate(out, back) == DateState::kValid);
    RC_ASSERT(back == days);
  });
}

TEST(Text, EveryDoubleReadsBack) {
  rc::check("double -> text -> double", [](double value) {
    std::string out;
    AppendDouble(out, value);
    const auto back = ParseDouble(out);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == value);
  });
}

}  // namespace
}  // namespace migrateiq::text
