#include "pipeline/run/report.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace migrateiq {
namespace {

RunReport Full() {
  RunReport report{.run_id = "20261122-223305-k3f9",
                   .name = "shop",
                   .status = RunResult::kQuarantined,
                   .started_at = "2026-11-22T22:33:05Z",
                   .seconds = 12.3,
                   .moments = 2};
  report.tables.push_back({.source = "customer",
                           .target = "crm.customers",
                           .rows_read = 100,
                           .rows_written = 99,
                           .rows_quarantined = 1,
                           .bytes = 12345,
                           .source_digest = "ab",
                           .target_digest = "ab",
                           .verified = "match"});
  report.tables[0].altered.push_back({.column = "joined", .rule = "zero_date", .count = 3, .samples = {"0000-00-00"}});
  report.tables[0].rejected.push_back({.column = "age", .reason = "MIQ-DATA-001 range", .count = 1, .warning = true});
  report.tables[0].notes = {"a note"};
  report.objects.push_back({.kind = "view", .name = "v", .status = "manual", .why = "views", .source = "SELECT 1"});
  report.differences.push_back({.table = "t",
                                .kind = "different",
                                .key = {{"id", "1"}},
                                .source_row = {{"id", "1"}},
                                .target_row = {{"id", "1"}}});
  report.errors.push_back(Error(codes::kDataTooLong, "too long").Table("t").Column("c").At("here"));
  return report;
}

TEST(Report, JsonHasTheDocumentedMembersInOrder) {
  const boost::json::value json = boost::json::parse(ToJson(Full()));
  std::string names;
  for (const auto& member : json.as_object()) names += std::string(member.key()) + " ";
  EXPECT_TRUE(names.starts_with("run_id status started_at seconds moments tables objects errors ")) << names;
  names.clear();
  for (const auto& member : json.at("tables").at(0).as_object()) names += std::string(member.key()) + " ";
  EXPECT_TRUE(
      names.starts_with("source target rows_read rows_written rows_quarantined rows_filtered bytes "
                        "source_digest target_digest verified altered "))
      << names;
  EXPECT_EQ(json.at("status"), "quarantined");
  EXPECT_EQ(json.at("errors").at(0).at("code"), "MIQ-DATA-003");
  EXPECT_EQ(json.at("errors").at(0).at("fix"), boost::json::value(codes::kDataTooLong.fix));
  EXPECT_NE(ToJson(Full()).find("\"seconds\": 12.3,"), std::string::npos);
}

TEST(Report, ReadsBackEqual) {
  RunReport report = Full();
  report.rehearsal = true;
  report.expected_seconds = 60;
  report.expected_error = 4.5;
  const Result<RunReport> again = ReportFromJson(ToJson(report));
  ASSERT_TRUE(again.has_value()) << again.error().ToString();
  EXPECT_EQ(ToJson(*again), ToJson(report));
  EXPECT_EQ(again->errors.at(0).place, "here");
  EXPECT_TRUE(again->errors.at(0).fix.empty());
}

TEST(Report, IllFormedJsonIsAnError) {
  for (const std::string_view text : {"", "[]", "{}", "{\"status\": 3}", "{\"status\": \"failed\", \"tables\": [1]}"}) {
    const Result<RunReport> report = ReportFromJson(text);
    ASSERT_FALSE(report.has_value()) << text;
    EXPECT_TRUE(report.error().Is(codes::kStateQuery));
  }
}

TEST(Report, ExitStatusOrdersFailureMismatchQuarantine) {
  RunReport report;
  EXPECT_EQ(ExitStatus(report), 0);
  report.tables.push_back({.rows_quarantined = 1});
  EXPECT_EQ(ExitStatus(report), 3);
  report.tables.push_back({.verified = "mismatch"});
  EXPECT_EQ(ExitStatus(report), 4);
  report.status = RunResult::kFailed;
  EXPECT_EQ(ExitStatus(report), 1);
  report.status = RunResult::kInterrupted;
  EXPECT_EQ(ExitStatus(report), 130);
}

TEST(Report, RehearsalsExitWith3WhenRowsWouldBeRejected) {
  RunReport report{.rehearsal = true};
  report.tables.push_back({.rejected = {{.reason = "x", .count = 2, .warning = true}}});
  EXPECT_EQ(ExitStatus(report), 0);
  report.tables[0].rejected[0].warning = false;
  EXPECT_EQ(ExitStatus(report), 3);
}

}  // namespace
}  // namespace migrateiq
