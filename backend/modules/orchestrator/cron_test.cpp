#include "modules/orchestrator/cron.hpp"

#include <gtest/gtest.h>

namespace migrateiq::orchestrator {
namespace {

std::string Next(const std::string& expression, const std::string& zone, const std::string& after) {
  const auto cron = Cron::Parse(expression, zone);
  if (!cron) return cron.error().message;
  const auto next = cron->Next(*ParseTime(after));
  return next ? FormatTime(*next) : "never";
}

TEST(Cron, FindsTheNextMoment) {
  EXPECT_EQ(Next("*/15 * * * *", "UTC", "2026-11-23T10:07:00Z"), "2026-11-23T10:15:00Z");
  EXPECT_EQ(Next("*/15 * * * *", "UTC", "2026-11-23T10:15:00Z"), "2026-11-23T10:30:00Z");
  EXPECT_EQ(Next("0 3 * * MON-FRI", "UTC", "2026-11-20T03:00:00Z"), "2026-11-23T03:00:00Z");
  EXPECT_EQ(Next("30 2 1,15 * *", "UTC", "2026-11-02T00:00:00Z"), "2026-11-15T02:30:00Z");
  EXPECT_EQ(Next("0 0 29 2 *", "UTC", "2026-11-02T00:00:00Z"), "2028-02-29T00:00:00Z");
  EXPECT_EQ(Next("0 0 30 feb *", "UTC", "2026-11-02T00:00:00Z"), "never");
  EXPECT_EQ(Next("@monthly", "UTC", "2026-11-02T00:00:00Z"), "2026-12-01T00:00:00Z");
  EXPECT_EQ(Next("5/20 9 * * *", "UTC", "2026-11-02T09:05:00Z"), "2026-11-02T09:25:00Z");
  EXPECT_EQ(Next("0 0 * * 7", "UTC", "2026-11-23T00:00:00Z"), "2026-11-29T00:00:00Z");
}

TEST(Cron, EitherDaySufficesWhenBothAreRestricted) {
  EXPECT_EQ(Next("0 0 13 * 5", "UTC", "2026-11-23T00:00:00Z"), "2026-11-27T00:00:00Z");  // a Friday
  EXPECT_EQ(Next("0 0 13 * 5", "UTC", "2026-12-12T00:00:00Z"), "2026-12-13T00:00:00Z");  // the 13th, a Sunday
}

TEST(Cron, FollowsTheZone) {
  EXPECT_EQ(Next("0 3 * * *", "Europe/Berlin", "2026-07-01T00:00:00Z"), "2026-07-01T01:00:00Z");
  EXPECT_EQ(Next("0 3 * * *", "Asia/Tokyo", "2026-07-01T00:00:00Z"), "2026-07-01T18:00:00Z");
}

TEST(Cron, TimesThatDoNotExistAreDueAtTheChange) {
  // Berlin, 29 March 2026: 02:00 becomes 03:00.
  EXPECT_EQ(Next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(Next("30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z"), "2026-03-30T00:30:00Z");
}

TEST(Cron, TimesThatExistTwiceAreDueOnce) {
  // Berlin, 25 October 2026: 03:00 becomes 02:00.
  EXPECT_EQ(Next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z"), "2026-10-25T00:30:00Z");
  EXPECT_EQ(Next("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z"), "2026-10-26T01:30:00Z");
}

TEST(Cron, RefusesWhatIsNone) {
  for (const char* text : {"", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
                           "*/0 * * * *", "5-1 * * * *", "a * * * *", "1,,2 * * * *", "@often"})
    EXPECT_FALSE(Cron::Parse(text, "UTC").has_value()) << text;
  EXPECT_FALSE(Cron::Parse("* * * * *", "Mars/Olympus").has_value());
}

}  // namespace
}  // namespace migrateiq::orchestrator
