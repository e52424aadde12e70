#include "tests/runner/report.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace migrateiq::runner {
namespace {

boost::json::value Report(int64_t written) {
  return {{"status", "succeeded"},
          {"tables",
           {{{"source", "customer"},
             {"target", "public.client"},
             {"rows_read", 10},
             {"rows_written", written},
             {"rows_quarantined", 1},
             {"rows_filtered", 2},
             {"altered", {{{"column", "joined"}, {"count", 3}}}}}}},
          {"errors", boost::json::array()}};
}

TEST(Report, FindsByIndexNameAndLastPartOfAName) {
  EXPECT_EQ(FindInReport(Report(7), "tables[0].rows_read"), "10");
  EXPECT_EQ(FindInReport(Report(7), "tables[customer].altered[joined].count"), "3");
  EXPECT_EQ(FindInReport(Report(7), "tables[client].altered.length"), "1");
  EXPECT_EQ(FindInReport(Report(7), "status"), "succeeded");
  EXPECT_EQ(FindInReport(Report(7), "tables[nobody].rows_read").error(), "the report has no nobody");
}

TEST(Report, RowsMustAddUp) {
  EXPECT_EQ(ReportFault(Report(7)), "");
  EXPECT_NE(ReportFault(Report(6)), "");
}

TEST(Report, ErrorsMustHaveAFix) {
  boost::json::value report = {{"errors", {{{"code", "MIQ-X-001"}, {"message", "m"}, {"fix", ""}}}}};
  EXPECT_NE(ReportFault(report).find("no fix"), std::string::npos);
}

}  // namespace
}  // namespace migrateiq::runner
