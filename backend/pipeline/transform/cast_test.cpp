#include "pipeline/transform/cast.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "pipeline/batch/text.hpp"

namespace migrateiq {
namespace {

/// One value cast from text of one type to another: its text, "NULL", or the finding's name with "!".
std::string Cast(const LogicalType& from, std::string_view value, const LogicalType& to,
                 const ValueLimits& limits = {}) {
  std::vector<Finding> findings;
  Column text(LogicalType::String());
  text.AppendBytes(value);
  Column in = CastColumn(std::move(text), from, {}, 0, findings);
  EXPECT_TRUE(findings.empty()) << "not a " << ToString(from) << ": " << value;
  const Column out = CastColumn(std::move(in), to, limits, 0, findings);
  std::string shown;
  if (!out.IsNull(0)) text::AppendValue(shown, out, 0);
  if (!findings.empty()) return std::string("!") + ToString(findings[0].kind) + (shown.empty() ? "" : " " + shown);
  return out.IsNull(0) ? "NULL" : shown;
}

LogicalType Of(TypeKind kind) { return LogicalType::Of(kind); }

TEST(Cast, IntegersKeepTheirValueOrSaySo) {
  EXPECT_EQ("127", Cast(Of(TypeKind::kInt64), "127", Of(TypeKind::kInt8)));
  EXPECT_EQ("!out_of_range", Cast(Of(TypeKind::kInt64), "128", Of(TypeKind::kInt8)));
  EXPECT_EQ("18446744073709551615", Cast(Of(TypeKind::kUInt64), "18446744073709551615", LogicalType::Decimal(20, 0)));
  EXPECT_EQ("!out_of_range", Cast(Of(TypeKind::kUInt64), "18446744073709551615", Of(TypeKind::kInt64)));
  EXPECT_EQ("!out_of_range", Cast(Of(TypeKind::kInt32), "-1", Of(TypeKind::kUInt64)));
}

TEST(Cast, BooleansTakeOnlyZeroAndOne) {
  EXPECT_EQ("true", Cast(Of(TypeKind::kInt8), "1", Of(TypeKind::kBool)));
  EXPECT_EQ("!out_of_range", Cast(Of(TypeKind::kInt8), "2", Of(TypeKind::kBool)));
  EXPECT_EQ("!out_of_range", Cast(Of(TypeKind::kInt8), "-1", Of(TypeKind::kBool)));
  EXPECT_EQ("1", Cast(Of(TypeKind::kBool), "true", Of(TypeKind::kInt8)));
}

TEST(Cast, TextInNumericColumnsIsAFinding) {
  EXPECT_EQ("!wrong_type", Cast(LogicalType::String(), "N/A", Of(TypeKind::kInt32)));
  EXPECT_EQ("12", Cast(LogicalType::String(), " 12 ", Of(TypeKind::kInt32)));
  EXPECT_EQ("!precision", Cast(LogicalType::String(), "12.5", Of(TypeKind::kInt32)));
  EXPECT_EQ("12", Cast(LogicalType::String(), "12.00", Of(TypeKind::kInt32)));
}

TEST(Cast, DecimalsNeverLoseDigitsInSilence) {
  EXPECT_EQ("12.30", Cast(LogicalType::Decimal(0, -1), "12.30", LogicalType::Decimal(5, 2)));
  EXPECT_EQ("!precision", Cast(LogicalType::Decimal(0, -1), "12.345", LogicalType::Decimal(5, 2)));
  EXPECT_EQ("!out_of_range", Cast(LogicalType::Decimal(0, -1), "1234.5", LogicalType::Decimal(5, 2)));
  EXPECT_EQ("12.34", Cast(LogicalType::Decimal(5, 2), "12.34", Of(TypeKind::kDouble)));
  EXPECT_EQ("!precision", Cast(LogicalType::Decimal(30, 20), "0.12345678901234567890", Of(TypeKind::kDouble)));
}

TEST(Cast, DoublesNarrowOnlyWhenExact) {
  EXPECT_EQ("0.5", Cast(Of(TypeKind::kDouble), "0.5", Of(TypeKind::kFloat)));
  EXPECT_EQ("!precision", Cast(Of(TypeKind::kDouble), "0.1234567890123", Of(TypeKind::kFloat)));
  EXPECT_EQ("0.1", Cast(LogicalType::String(), "0.1", Of(TypeKind::kDouble)));
}

TEST(Cast, FloatWidensToItsExactDouble) {
  std::vector<Finding> findings;
  Column in(Of(TypeKind::kFloat));
  in.Append(0.1F);
  const Column out = CastColumn(std::move(in), Of(TypeKind::kDouble), {}, 0, findings);
  EXPECT_EQ(static_cast<double>(0.1F), out.Get<double>(0));
}

TEST(Cast, DatesAndTimes) {
  EXPECT_EQ("2020-02-29 00:00:00", Cast(Of(TypeKind::kDate), "2020-02-29", Of(TypeKind::kTimestamp)));
  EXPECT_EQ("!precision", Cast(Of(TypeKind::kTimestamp), "2020-02-29 10:00:00", Of(TypeKind::kDate)));
  EXPECT_EQ("!zero_date", Cast(LogicalType::String(), "0000-00-00", Of(TypeKind::kDate)));
  EXPECT_EQ("!out_of_range", Cast(LogicalType::String(), "30:00:00", Of(TypeKind::kTime)));
  EXPECT_EQ("30:00:00", Cast(LogicalType::String(), "30:00:00", Of(TypeKind::kInterval)));
  LogicalType seconds = Of(TypeKind::kTimestamp);
  seconds.precision = 0;
  EXPECT_EQ("!precision", Cast(Of(TypeKind::kTimestamp), "2020-02-29 10:00:00.5", seconds));
}

TEST(Cast, LengthCountsCharactersNotBytes) {
  EXPECT_EQ("äöü", Cast(LogicalType::String(), "äöü", LogicalType::String(3)));
  EXPECT_EQ("!too_long", Cast(LogicalType::String(), "äöüß", LogicalType::String(3)));
}

TEST(Cast, TargetsLimitsBecomeFindings) {
  const ValueLimits postgres{.nul_in_text = false, .nul_in_json = false};
  EXPECT_EQ("!nul_byte ab", Cast(LogicalType::String(), std::string_view("a\0b", 3), LogicalType::String(), postgres));
  LogicalType jsonb = Of(TypeKind::kJson);
  jsonb.parsed = true;
  EXPECT_EQ("!json", Cast(LogicalType::String(), R"(["\u0000"])", jsonb, postgres));
  EXPECT_EQ(R"(["\\u0000"])", Cast(LogicalType::String(), R"(["\\u0000"])", jsonb, postgres));
  EXPECT_EQ("!json", Cast(LogicalType::String(), "", jsonb, postgres));
  const ValueLimits mysql{.nan = false, .infinity = false, .date_infinity = false};
  EXPECT_EQ("!special_value", Cast(Of(TypeKind::kDouble), "NaN", Of(TypeKind::kDouble), mysql));
  EXPECT_EQ("!special_value", Cast(Of(TypeKind::kDate), "infinity", Of(TypeKind::kDate), mysql));
  EXPECT_EQ("!special_value", Cast(LogicalType::Decimal(0, -1), "NaN", LogicalType::Decimal(0, -1), mysql));
}

TEST(Cast, UuidsAndBytes) {
  const std::string_view uuid = "00112233-4455-6677-8899-aabbccddeeff";
  EXPECT_EQ(uuid, Cast(LogicalType::String(), uuid, Of(TypeKind::kUuid)));
  EXPECT_EQ(uuid, Cast(Of(TypeKind::kUuid), uuid, LogicalType{.kind = TypeKind::kChar, .length = 36}));
  EXPECT_EQ("!encoding", Cast(LogicalType::Bytes(), "\xFF", LogicalType::String()));
  EXPECT_EQ("abc", Cast(LogicalType::Bytes(), "abc", LogicalType::String()));
}

TEST(Cast, EnumsKeepToTheirLabels) {
  const LogicalType mood{.kind = TypeKind::kEnum, .labels = {"sad", "ok"}};
  EXPECT_EQ("ok", Cast(LogicalType::String(), "ok", mood));
  EXPECT_EQ("!wrong_type", Cast(LogicalType::String(), "", mood));
}

}  // namespace
}  // namespace migrateiq
