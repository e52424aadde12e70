#include "apps/migrateiq/remote/remote_run.hpp"
#include "base/errors/connect.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>

#include "apps/migrateiq/remote/connection_url.hpp"
#include "pipeline/connector/url.hpp"

namespace migrateiq::cli {
namespace {

RemoteRun RunOf(const char* text) { return RemoteRunFrom(boost::json::parse(text).as_object()); }

TEST(RemoteRun, HasTheCommandLinesOneWordForItsState) {
  EXPECT_EQ(RunOf(R"({"state": "succeeded", "result": "quarantined"})").Status(), "quarantined");
  EXPECT_EQ(RunOf(R"({"state": "failed", "result": "mismatch"})").Status(), "mismatch");
  EXPECT_EQ(RunOf(R"({"state": "failed"})").Status(), "failed");
  EXPECT_EQ(RunOf(R"({"state": "undone", "result": "succeeded"})").Status(), "undone");
  EXPECT_EQ(RunOf(R"({"state": "paused", "result": "interrupted"})").Status(), "paused");
}

TEST(RemoteRun, TellsItsErrorWithTheCatalogsCode) {
  const RemoteRun run =
      RunOf(R"({"run_id": "r", "error": {"code": "MIQ-CONN-001", "message": "refused", "table": "t"}})");
  ASSERT_TRUE(run.error);
  EXPECT_TRUE(run.error->Is(codes::kConnUnreachable));
  EXPECT_EQ(run.error->table, "t");
}

TEST(RemoteRun, ProgressIsReadBack) {
  const auto progress = ProgressFromJson(
      R"({"phase": "loading", "seconds": 1.5, "rows_done": 10, "rows_total": -1, "bytes_done": 7, "rows_rejected": 2,
          "tables": [{"table": "t", "phase": "loading", "rows_done": 10, "rows_total": 20, "chunks_total": 3}]})",
      "r");
  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->phase, "loading");
  EXPECT_EQ(progress->rows_total, -1);
  ASSERT_EQ(progress->tables.size(), 1U);
  EXPECT_EQ(progress->tables[0].chunks_total, 3);
  EXPECT_FALSE(ProgressFromJson("", "r"));
}

TEST(ConnectionUrl, ReferencesAreResolvedHere) {
  ::setenv("MIQ_CLIENT_TEST", "p@ss/w:rd", 1);
  const auto url = ConnectionUrlOf("postgresql://app:${MIQ_CLIENT_TEST}@db.example.com:5433/crm?sslmode=require");
  ASSERT_TRUE(url) << url.error().ToString();
  EXPECT_EQ(url->name, "crm on db.example.com");
  EXPECT_TRUE(url->has_secret);
  EXPECT_EQ(url->redacted, "postgresql://app:***@db.example.com:5433/crm?sslmode=require");
  const auto sent = ParseUrl(url->text, Secrets::kRefuse);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->password, "p@ss/w:rd");
  EXPECT_EQ(sent->port, "5433");
  ::unsetenv("MIQ_CLIENT_TEST");
}

TEST(ConnectionUrl, EveryFormSurvives) {
  for (const std::string text :
       {"mysql://u:p@[::1]:3306/shop", "postgresql://u@a:1,b:2/x", "csv:folder:in/*.csv?delimiter=%3B&header=true",
        "fake:lineitem?rows=10&seed=7", "sqlite:upload:0190", "assert:"}) {
    const auto url = ConnectionUrlOf(text);
    ASSERT_TRUE(url) << text;
    const auto before = ParseUrl(text, Secrets::kRefuse), after = ParseUrl(url->text, Secrets::kRefuse);
    ASSERT_TRUE(before && after) << url->text;
    EXPECT_EQ(before->host, after->host) << url->text;
    EXPECT_EQ(before->port, after->port) << url->text;
    EXPECT_EQ(before->path, after->path) << url->text;
    EXPECT_EQ(before->parameters, after->parameters) << url->text;
    EXPECT_EQ(before->redacted, after->redacted) << url->text;
  }
}

TEST(ConnectionUrl, NamesAreThoseThatServersTake) {
  EXPECT_EQ(NameOf("shop -> crm!"), "shop - crm");
  EXPECT_EQ(NameOf("../x"), "x");
  EXPECT_EQ(NameOf(""), "plan");
  EXPECT_EQ(NameOf(std::string(200, 'a')).size(), 100U);
}

}  // namespace
}  // namespace migrateiq::cli
