#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "apps/migrateiq/application.hpp"
#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/render_progress.hpp"
#include "apps/migrateiq/render_report.hpp"
#include "apps/migrateiq/render_text.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {
namespace {

struct Outcome {
  int status;
  std::string out, err;
};

Outcome Invoke(const std::vector<std::string>& arguments) {
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int status = Main(arguments);
  std::string out = ::testing::internal::GetCapturedStdout();
  return {status, std::move(out), ::testing::internal::GetCapturedStderr()};
}

TEST(CommandLine, WrongUsageIs2) {
  EXPECT_EQ(Invoke({}).status, 2);
  EXPECT_EQ(Invoke({"copy", "sqlite:a"}).status, 2);
  EXPECT_EQ(Invoke({"copy", "sqlite:a", "sqlite:b", "--schema", "some"}).status, 2);
  EXPECT_EQ(Invoke({"copy", "sqlite:a", "sqlite:b", "--workers", "-1"}).status, 2);
  EXPECT_EQ(Invoke({"runs", "--nonsense"}).status, 2);
  EXPECT_EQ(Invoke({"run", "/nonexistent/plan.yaml"}).status, 2);
}

TEST(CommandLine, UnknownCommandsNameTheNearest) {
  const Outcome outcome = Invoke({"reherse", "plan.yaml"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("did you mean 'rehearse'?"), std::string::npos) << outcome.err;
}

TEST(CommandLine, MatchNeedsSomethingToMatch) {
  const Outcome outcome = Invoke({"match", "/nonexistent/a.csv", "csv:/nonexistent/b.csv", "--json"});
  EXPECT_NE(outcome.status, 0);
  EXPECT_NE(outcome.out.find("\"MIQ-"), std::string::npos) << outcome.out;
}

TEST(CommandLine, VersionAndCompletion) {
  EXPECT_EQ(Invoke({"--version"}).out.substr(0, 10), "migrateiq ");
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const Outcome outcome = Invoke({"completion", shell});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_NE(outcome.out.find("rehearse"), std::string::npos);
  }
}

TEST(CommandLine, ErrorsMapToExitStatuses) {
  EXPECT_EQ(ExitStatus(Error(codes::kPlanUnknownKey, "")), 2);
  EXPECT_EQ(ExitStatus(Error(codes::kUrlInvalid, "")), 2);
  EXPECT_EQ(ExitStatus(Error(codes::kRunConfirm, "")), 2);
  EXPECT_EQ(ExitStatus(Error(codes::kRunInterrupted, "")), 130);
  EXPECT_EQ(ExitStatus(Error(codes::kConnAuth, "")), 1);
  EXPECT_EQ(ExitStatus(Error(codes::kRunHeld, "")), 1);
}

TEST(CommandLine, RunsOfAFreshStateAreNone) {
  const std::string state =
      (std::filesystem::temp_directory_path() / ("miq_cli_" + std::to_string(::getpid()))).string();
  EXPECT_EQ(Invoke({"runs", "--json", "--state", state}).out, "{\"runs\": []}\n");
  const Outcome status = Invoke({"status", "20260101-000000-bbbb", "--json", "--state", state});
  EXPECT_EQ(status.status, 2);
  EXPECT_NE(status.out.find("MIQ-RUN-001"), std::string::npos);
  std::filesystem::remove_all(state);
}

TEST(PlanFiles, LiteralSecretsBecomeReferences) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("miq_plan_" + std::to_string(::getpid()))).string();
  const Plan plan = PlanFor("mysql://u:hush@h/d", "postgresql://u:${PW}@h/d");
  ASSERT_TRUE(WritePlanFile(path, plan).has_value());
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  const Result<Plan> read = ReadPlanFile(path);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->source.url, "mysql://u:${SOURCE_PASSWORD}@h/d");
  EXPECT_EQ(read->target.url, "postgresql://u:${PW}@h/d");
  std::string note;
  (void)WithReferences(plan, note);
  EXPECT_NE(note.find("SOURCE_PASSWORD"), std::string::npos);
  std::filesystem::remove(path);
}

TEST(Render, NumbersForPeople) {
  EXPECT_EQ(Count(0), "0");
  EXPECT_EQ(Count(1234567), "1,234,567");
  EXPECT_EQ(Count(-123), "-123");
  EXPECT_EQ(Bytes(999), "999 B");
  EXPECT_EQ(Bytes(12345678), "12.3 MB");
  EXPECT_EQ(Duration(0.44), "0.4 s");
  EXPECT_EQ(Duration(185), "3 min 05 s");
  EXPECT_EQ(Duration(7620), "2 h 07 min");
  EXPECT_EQ(Percent(42, 100), " 42%");
  EXPECT_EQ(Percent(42, -1), " --%");
  EXPECT_EQ(Percent(150, 100), "100%");
}

TEST(Render, ControlCharactersOfValuesAreShownNotSent) {
  EXPECT_EQ(OneLine("a\x1b[31m\nb", 100), "a\\x1b[31m\\nb");
  EXPECT_EQ(OneLine("äöü", 2), "äö...");
}

TEST(Render, ColumnsAlignNumbersRight) {
  EXPECT_EQ(Columns({{"table", "rows"}, {"a", "1,000"}, {"long name", "7"}}, "  "),
            "  table       rows\n  a          1,000\n  long name      7\n");
}

TEST(Render, NounsFollowTheirCount) {
  EXPECT_EQ(Counted(1, "index"), "1 index");
  EXPECT_EQ(Counted(3, "index"), "3 indexes");
  EXPECT_EQ(Counted(2, "foreign key"), "2 foreign keys");
  EXPECT_EQ(Counted(2, "row policy"), "2 row policies");
  EXPECT_EQ(Counted(2, "unique"), "2 unique constraints");
  EXPECT_EQ(Counted(2, "statistics"), "2 statistics");
}

TEST(Render, ProgressShowsRunAndTablesAtWork) {
  Progress progress{.phase = "loading", .seconds = 10, .rows_done = 500, .rows_total = 1000, .bytes_done = 5'000'000};
  progress.tables = {{.table = "a", .phase = "loading", .rows_done = 500, .rows_total = 1000},
                     {.table = "b", .phase = "waiting"},
                     {.table = "c", .phase = "done"}};
  const std::vector<std::string> lines = ProgressLines(progress, 200, 5);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NE(lines[0].find(" 50% loading  500.0 kB/s, ETA 10 s, 500 rows"), std::string::npos) << lines[0];
  EXPECT_NE(lines[1].find("loading   a  500 rows"), std::string::npos) << lines[1];
}

TEST(Render, ReportShowsWhatHappened) {
  RunReport report{.run_id = "r", .status = RunResult::kQuarantined, .seconds = 12};
  report.tables.push_back({.source = "customer",
                           .target = "crm.customers",
                           .rows_read = 1000,
                           .rows_written = 999,
                           .rows_quarantined = 1,
                           .verified = "match"});
  report.tables[0].altered.push_back({"joined", "zero_date", 3, {"0000-00-00"}});
  report.objects = {{"view", "v1", "manual", "not converted", ""},
                    {"index", "i1", "created", "", ""},
                    {"index", "i2", "created", "", ""}};
  report.errors.push_back(Error(codes::kDataTooLong, "the text is too long").Table("t").Column("c"));
  const std::string text = RenderReport(report, false);
  for (const std::string_view part :
       {"run r: quarantined in 12 s", "customer  crm.customers  1,000",
        "crm.customers.joined  zero_date  3x  '0000-00-00'", "1 view: v1 - not converted", "2 indexes\n",
        "MIQ-DATA-003 the text is too long (table t, column c)", "fix: "}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(RenderReport(report, true).find("\x1b[33m"), std::string::npos);
}

TEST(CommandLine, DoctorSaysWhatIsWrongWithAServersSettings) {
  const std::string file = testing::TempDir() + "doctor_settings.yaml";
  std::ofstream(file) << "server:\n  listen: 0.0.0.0\n  prot: 1\nconnections:\n  allow: [10.0.0.0/8, nonsense]\n";
  ::setenv("MIGRATEIQ_SERVRE_PORT", "1", 1);
  const Outcome outcome = Invoke({"doctor", "--json", "--config", file, "--set", "worker.slots=many"});
  ::unsetenv("MIGRATEIQ_SERVRE_PORT");
  EXPECT_EQ(outcome.status, 1);
  for (const char* expected : {"server.listen (", "doctor_settings.yaml:2:3", "doctor_settings.yaml:3:3",
                               "did you mean", "--worker.slots", "connections.allow", "MIGRATEIQ_SERVRE_PORT"})
    EXPECT_NE(outcome.out.find(expected), std::string::npos) << expected << "\n" << outcome.out;
  std::ofstream(file) << "server:\n  port: 9000\n";
  const Outcome well = Invoke({"doctor", "--json", "--config", file});
  EXPECT_NE(well.out.find("1 given, all understood"), std::string::npos) << well.out;
}

}  // namespace
}  // namespace migrateiq::cli
