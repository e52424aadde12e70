#include "pipeline/transform/zone.hpp"
#include "base/errors/plan.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "pipeline/batch/text.hpp"

namespace migrateiq {
namespace {

std::string Value(const Column& column, int64_t row) {
  if (column.IsNull(row)) return "NULL";
  std::string text;
  text::AppendValue(text, column, row);
  return text;
}

/// The moment a wall time was, and the finding about it ("-" when none).
std::string Moment(const std::string& wall, const std::string& zone) {
  Column in(LogicalType::String());
  in.AppendBytes(wall);
  Column out(LogicalType::Of(TypeKind::kTimestampTz));
  std::vector<Finding> findings;
  const Status status = ApplyZone(in, zone, 4, out, findings);
  if (!status) return std::string(status.error().code.code) + " " + status.error().message;
  return Value(out, 0) + " " + (findings.empty() ? "-" : ToString(findings[0].kind));
}

TEST(Zone, WallTimesBecomeMoments) {
  EXPECT_EQ(Moment("2024-01-15 12:00:00", "Europe/Berlin"), "2024-01-15 11:00:00+00:00 -");
  EXPECT_EQ(Moment("2024-07-15 12:00:00.25", "Europe/Berlin"), "2024-07-15 10:00:00.250000+00:00 -");
  EXPECT_EQ(Moment("2024-07-15", "America/New_York"), "2024-07-15 04:00:00+00:00 -");
  EXPECT_EQ(Moment("2024-07-15 12:00:00", "UTC"), "2024-07-15 12:00:00+00:00 -");
  EXPECT_EQ(Moment("1969-12-31 23:59:59.999999", "Etc/UTC"), "1969-12-31 23:59:59.999999+00:00 -");
  EXPECT_EQ(Moment("2024-07-15 12:00:00+09:00", "Europe/Berlin"), "2024-07-15 03:00:00+00:00 -");
}

TEST(Zone, SkippedTimesAreRejected) {
  EXPECT_EQ(Moment("2024-03-31 01:59:59", "Europe/Berlin"), "2024-03-31 00:59:59+00:00 -");
  EXPECT_EQ(Moment("2024-03-31 02:00:00", "Europe/Berlin"), "NULL out_of_range");
  EXPECT_EQ(Moment("2024-03-31 02:59:59", "Europe/Berlin"), "NULL out_of_range");
  EXPECT_EQ(Moment("2024-03-31 03:00:00", "Europe/Berlin"), "2024-03-31 01:00:00+00:00 -");
}

TEST(Zone, TimesShownTwiceAreTheFirstAndReported) {
  EXPECT_EQ(Moment("2024-10-27 01:59:59", "Europe/Berlin"), "2024-10-26 23:59:59+00:00 -");
  EXPECT_EQ(Moment("2024-10-27 02:00:00", "Europe/Berlin"), "2024-10-27 00:00:00+00:00 ambiguous_time");
  EXPECT_EQ(Moment("2024-10-27 02:59:59", "Europe/Berlin"), "2024-10-27 00:59:59+00:00 ambiguous_time");
  EXPECT_EQ(Moment("2024-10-27 03:00:00", "Europe/Berlin"), "2024-10-27 02:00:00+00:00 -");
}

TEST(Zone, WhatIsNoTimestampIsAFinding) {
  EXPECT_EQ(Moment("soon", "Europe/Berlin"), "NULL wrong_type");
  EXPECT_EQ(Moment("0000-00-00 00:00:00", "Europe/Berlin"), "NULL zero_date");
}

TEST(Zone, UnknownZonesSuggestTheNearest) {
  EXPECT_EQ(Moment("2024-01-01", "Europe/Berlim"),
            "MIQ-PLAN-003 there is no time zone 'Europe/Berlim'; did you mean 'Europe/Berlin'?");
  EXPECT_TRUE(CheckZone("Asia/Tokyo"));
  EXPECT_FALSE(CheckZone(""));
  EXPECT_FALSE(CheckZone("../etc/passwd"));
}

TEST(Zone, NullsAndInfinitiesStay) {
  Column in(LogicalType::Of(TypeKind::kTimestamp));
  in.AppendNull();
  in.Append(std::numeric_limits<int64_t>::max());
  in.Append(std::numeric_limits<int64_t>::min());
  in.Append(std::numeric_limits<int64_t>::max() - 1);
  Column out(LogicalType::Of(TypeKind::kTimestampTz));
  std::vector<Finding> findings;
  ASSERT_TRUE(ApplyZone(in, "America/New_York", 4, out, findings));
  EXPECT_TRUE(out.IsNull(0));
  EXPECT_EQ(out.Get<int64_t>(1), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(out.Get<int64_t>(2), std::numeric_limits<int64_t>::min());
  EXPECT_TRUE(out.IsNull(3));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].column, 4);
  EXPECT_EQ(findings[0].kind, FindingKind::kOutOfRange);
}

/// The remembered stretch gives the same answers as asking the zone afresh for every value.
TEST(Zone, ManyTimesAcrossTheYearsAgreeWithSingleOnes) {
  Column in(LogicalType::Of(TypeKind::kTimestamp));
  constexpr int64_t kStep = int64_t{7919} * 1'000'000 * 60;
  for (int64_t i = 0; i < 8'000; ++i) in.Append(int64_t{-2'000'000'000'000'000} + i * kStep);
  Column out(LogicalType::Of(TypeKind::kTimestampTz));
  std::vector<Finding> findings;
  ASSERT_TRUE(ApplyZone(in, "Australia/Lord_Howe", 0, out, findings));
  for (int64_t row = 0; row < in.length(); row += 97) {
    Column one(in.type());
    one.AppendFrom(in, row);
    Column single(out.type());
    ASSERT_TRUE(ApplyZone(one, "Australia/Lord_Howe", 0, single, findings));
    EXPECT_EQ(Value(single, 0), Value(out, row));
  }
}

TEST(Zone, OtherTypesAreRefused) {
  Column in(LogicalType::Of(TypeKind::kInt32));
  Column out(LogicalType::Of(TypeKind::kTimestampTz));
  std::vector<Finding> findings;
  const Status status = ApplyZone(in, "UTC", 0, out, findings);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().Is(codes::kPlanValue));
}

}  // namespace
}  // namespace migrateiq
