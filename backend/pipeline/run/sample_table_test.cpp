#include "pipeline/run/sample_table.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "pipeline/plan/plan_file.hpp"
#include "pipeline/run/memory_store.hpp"
#include "pipeline/run/outline.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq {
namespace {

using testing::MemoryStore;
using testing::QuietObserver;

class SampleTest : public ::testing::Test {
 protected:
  std::string Path(const std::string& name) const { return (folder_.path() / name).string(); }
  void WriteSource(const std::string& content) const { std::ofstream(folder_.path() / "t.csv") << content; }
  /// From t.csv into a SQLite database that is not there yet.
  Plan PlanOf(const std::string& rest) const {
    const auto plan = ParsePlan("version: 1\nsource: {url: \"csv:" + Path("t.csv") +
                                    "\"}\ntarget: {url: \"sqlite:" + Path("target.db") + "\"}\n" + rest,
                                "plan");
    EXPECT_TRUE(plan) << plan.error().ToString();
    return plan.value_or(Plan{});
  }
  Result<TableSample> Take(const Plan& plan, const SampleRequest& request, std::stop_token stop = {}) {
    EngineContext context{store_, observer_, std::move(stop)};
    return SampleTable(plan, request, context);
  }
  TableSample Sampled(const std::string& rest, int64_t rows = 50) {
    auto sample = Take(PlanOf(rest), {.table = "t", .rows = rows});
    EXPECT_TRUE(sample) << sample.error().ToString();
    return sample.value_or(TableSample{});
  }

  test_support::TemporaryFolder folder_;
  MemoryStore store_;
  QuietObserver observer_;
};

/// By the first column read.
const SampledRow& RowWith(const TableSample& sample, const std::string& first) {
  const auto found =
      std::ranges::find_if(sample.rows, [&](const SampledRow& row) { return row.before.at(0) == first; });
  EXPECT_NE(found, sample.rows.end()) << first;
  return found == sample.rows.end() ? sample.rows.front() : *found;
}

TEST_F(SampleTest, ShowsRowsBeforeAndAfter) {
  WriteSource("id,first,last\n1,Ada,Lovelace\n2,,Hopper\n");
  const TableSample sample = Sampled(
      "mappings:\n  - source: t\n    target: people\n    columns:\n      - {target: key, source: id}\n"
      "      - {target: full, expr: \"first || ' ' || last\"}\n    rest: drop\n");
  EXPECT_EQ(sample.target, "people");
  EXPECT_EQ(sample.read, 2);
  ASSERT_EQ(sample.columns.size(), 2U);
  EXPECT_EQ(sample.columns[0].source, "id");
  EXPECT_EQ(sample.columns[1].expression, "first || ' ' || last");
  ASSERT_EQ(sample.source_columns.size(), 3U);
  const SampledRow& ada = RowWith(sample, "1");
  EXPECT_EQ(ada.before, (SampleValues{"1", "Ada", "Lovelace"}));
  EXPECT_EQ(ada.after, (SampleValues{"1", "Ada Lovelace"}));
  EXPECT_EQ(ada.outcome, SampleOutcome::kUnchanged);
  EXPECT_FALSE(std::filesystem::exists(Path("target.db"))) << "nothing is written";
}

TEST_F(SampleTest, RejectedRowsComeFirstWithTheirReasons) {
  WriteSource("id,age\n1,30\n2,17\n3,abc\n4,99\n");
  const TableSample sample = Sampled(
      "mappings:\n  - source: t\n    target: people\n    columns: [{target: age, source: age, type: integer}]\n"
      "    rules:\n      - {kind: range, column: age, min: 18, severity: reject, name: adult}\n"
      "      - {kind: range, column: age, max: 90, severity: warn, name: old}\n");
  EXPECT_EQ(sample.rejected, 2);
  ASSERT_EQ(sample.rows.size(), 4U);
  EXPECT_EQ(sample.rows[0].outcome, SampleOutcome::kRejected);
  EXPECT_EQ(sample.rows[1].outcome, SampleOutcome::kRejected);
  EXPECT_EQ(sample.rows[2].findings.size(), 1U) << "warnings go before what is plain";
  EXPECT_EQ(sample.rows[2].findings[0].kind, "warning");
  EXPECT_FALSE(RowWith(sample, "17").after);
  EXPECT_EQ(RowWith(sample, "17").findings.at(0).kind, "rule");
  EXPECT_EQ(RowWith(sample, "17").findings.at(0).before, "17");
  EXPECT_EQ(RowWith(sample, "17").findings.at(0).message, "rule adult");
  EXPECT_EQ(RowWith(sample, "abc").findings.at(0).code, "MIQ-DATA-002")
      << RowWith(sample, "abc").findings.at(0).message;
  EXPECT_EQ(RowWith(sample, "abc").findings.at(0).before, "abc");
}

TEST_F(SampleTest, SaysWhatTheRulesOfThePlanAlter) {
  WriteSource("id,at\n1,2001-02-03\n2,0000-00-00\n3,\n");
  const std::string mapping =
      "mappings:\n  - {source: t, target: people, columns: [{target: at, source: at, type: date}]}\n";
  const TableSample sample = Sampled(mapping);
  EXPECT_EQ(sample.altered, 1);
  const SampledRow& zero = sample.rows.front();
  ASSERT_EQ(zero.findings.size(), 1U);
  EXPECT_EQ(zero.findings[0].kind, "zero_date");
  EXPECT_EQ(zero.findings[0].before, "0000-00-00");
  EXPECT_FALSE(zero.findings[0].after);
  const TableSample failing = Sampled(mapping + "on: {zero_date: error}\n");
  EXPECT_EQ(failing.rejected, 1);
  EXPECT_EQ(failing.rows.front().findings.at(0).kind, "fails_run");
}

TEST_F(SampleTest, TakesNoMoreRowsThanAsked) {
  std::string lines = "id\n";
  for (int i = 0; i < 20'000; ++i) lines += std::to_string(i) + "\n";
  WriteSource(lines);
  const TableSample sample = Sampled("", 7);
  EXPECT_EQ(sample.read, 7);
  EXPECT_EQ(sample.rows.size(), 7U);
}

TEST_F(SampleTest, FilteredRowsAreTold) {
  WriteSource("id\n1\n2\n3\n");
  const TableSample sample = Sampled("mappings: [{source: t, target: people, where: \"id > 2\"}]\n");
  EXPECT_EQ(sample.filtered, 2);
  EXPECT_EQ(sample.rows.front().outcome, SampleOutcome::kFiltered);
  EXPECT_FALSE(sample.rows.front().after);
}

TEST_F(SampleTest, LongValuesAreCutBetweenCharacters) {
  std::string wide;
  for (int i = 0; i < 40; ++i) wide += "ä";
  WriteSource("v\n" + wide + "\n");
  const auto sample = Take(PlanOf(""), {.table = "t", .value_bytes = 11});
  ASSERT_TRUE(sample) << sample.error().ToString();
  EXPECT_EQ(sample->rows.at(0).before.at(0), "äääää…");
}

TEST_F(SampleTest, MistakesAreToldWithTheirPlace) {
  WriteSource("id\n1\n");
  const auto wrong =
      Take(PlanOf("mappings:\n  - source: t\n    target: people\n    columns: [{target: x, expr: \"nosuch + 1\"}]\n"),
           {.table = "people"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code.code, "MIQ-EXPR-001");
  EXPECT_EQ(wrong.error().place, "plan:5:5");
  EXPECT_EQ(Take(PlanOf(""), {.table = "nosuch"}).error().code.code, "MIQ-SCHEMA-002");
}

TEST_F(SampleTest, EndsWhenItIsStopped) {
  WriteSource("id\n1\n");
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = Take(PlanOf(""), {.table = "t"}, stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code.code, "MIQ-RUN-005") << stopped.error().ToString();
}

TEST_F(SampleTest, IsWhatARunWrites) {
  WriteSource("id,total\n1,1.50\n2,x\n3,2.25\n");
  const Plan plan = PlanOf(
      "mappings:\n  - source: t\n    target: orders\n    columns:\n      - {target: total, source: total, type: "
      "\"decimal(10,2)\"}\n      - {target: twice, expr: \"id * 2\"}\n");
  const auto sample = Take(plan, {.table = "t"});
  ASSERT_TRUE(sample) << sample.error().ToString();
  EngineContext context{store_, observer_, {}};
  const auto report = ExecuteRun(plan, "r1", false, context);
  ASSERT_TRUE(report) << report.error().ToString();
  ASSERT_EQ(report->tables.size(), 1U);
  EXPECT_EQ(report->tables[0].rows_quarantined, sample->rejected);
  EXPECT_EQ(report->tables[0].rows_written, sample->read - sample->rejected);
}

TEST_F(SampleTest, LineageFollowsNamingRestAndExpressions) {
  WriteSource("id,first,lastName\n1,a,b\n");
  const Plan plan = PlanOf(
      "naming: {case: snake}\nmappings:\n  - source: t\n    target: people\n    columns:\n"
      "      - {target: full, expr: \"first || lastName\"}\n      - {target: kind, expr: \"'x'\"}\n");
  EngineContext context{store_, observer_, {}};
  const auto outline = OutlinePlan(plan, context);
  ASSERT_TRUE(outline) << outline.error().ToString();
  std::vector<std::string> found;
  for (const LineageItem& item : outline->lineage)
    found.push_back(item.source_column + ">" + item.target_column + ":" + std::to_string(static_cast<int>(item.kind)));
  EXPECT_EQ(found, (std::vector<std::string>{"first>full:2", "lastName>full:2", ">kind:3", "id>id:0", "first>first:0",
                                             "lastName>last_name:1"}));
  ASSERT_EQ(outline->tables.size(), 1U);
  EXPECT_EQ(outline->tables[0].source_columns.size(), 3U);
  EXPECT_EQ(outline->tables[0].target_columns.size(), 5U);
  EXPECT_EQ(WrittenOutline(plan).lineage.size(), 2U);
}

constexpr const char* kParted =
    "mappings:\n  - {source: t, target: names, columns: [{target: id, source: id}, {target: n, source: name}], rest: "
    "drop}\n"
    "  - {source: t, target: t, columns: [{target: id, source: id}, {target: place, source: city}], rest: drop}\n";

TEST_F(SampleTest, EachPartOfATableIsShownByItsTarget) {
  WriteSource("id,name,city\n1,Ada,London\n");
  const Plan plan = PlanOf(kParted);
  for (const auto& [table, value] : {std::pair{"names", "Ada"}, std::pair{"t", "London"}}) {
    const auto sample = Take(plan, {.table = table, .rows = 5});
    ASSERT_TRUE(sample) << sample.error().ToString();
    EXPECT_EQ(sample->target, table);
    EXPECT_EQ(sample->rows.at(0).after, (SampleValues{"1", value}));
  }
}

TEST_F(SampleTest, LineageFollowsATableIntoItsParts) {
  WriteSource("id,name,city\n1,Ada,London\n");
  EngineContext context{store_, observer_, {}};
  const auto outline = OutlinePlan(PlanOf(kParted), context);
  ASSERT_TRUE(outline) << outline.error().ToString();
  std::vector<std::string> found;
  for (const LineageItem& item : outline->lineage)
    found.push_back(item.source_table + "." + item.source_column + ">" + item.target_table + "." + item.target_column);
  EXPECT_EQ(found, (std::vector<std::string>{"t.id>names.id", "t.name>names.n", "t.id>t.id", "t.city>t.place"}));
}

}  // namespace
}  // namespace migrateiq
