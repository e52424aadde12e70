#include <numeric>
#include <set>
#include <thread>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "connectors/sqlite/sqlite_test_support.hpp"
#include "tests/support/read_rows.hpp"

namespace migrateiq::sqlite {
namespace {

using test_support::ReadSplit;
using test_support::RowsRead;

/// "row:column:kind:original" of each.
std::vector<std::string> Texts(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) {
    texts.push_back(std::to_string(finding.row) + ":" + std::to_string(finding.column) + ":" + ToString(finding.kind) +
                    ":" + finding.original);
  }
  return texts;
}

class SqliteSourceTest : public SqliteTest {};

TEST_F(SqliteSourceTest, WhatCannotBeOpened) {
  auto missing = SqliteSource::Open(path_, {}, 100);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code.code, codes::kConnOpenFile.code);
  EXPECT_FALSE(std::filesystem::exists(path_));
  FILE* file = fopen(path_.c_str(), "w");
  for (int i = 0; i < 100; ++i) fputs("this is no database, it is a text\n", file);
  fclose(file);
  auto text = SqliteSource::Open(path_, {}, 100);
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().message.find("not a SQLite database"), std::string::npos) << text.error().message;
}

TEST_F(SqliteSourceTest, TypesFollowTheValues) {
  Sql(R"(CREATE TABLE w (id INTEGER PRIMARY KEY, i INT, r INT, d DATE, ts DATETIME, e DATE, b BOOLEAN, n, m BLOB, dec DECIMAL(6,2),
           s VARCHAR(3), zoned TIMESTAMP, german DATE);
         INSERT INTO w VALUES (1, 5, 1, '2020-02-03', '2020-02-03 04:05:06', 1580688000, 1, 'x', 'text', 1.25, 'abc',
                               '2020-02-03T04:05:06Z', '31.12.2020');
         INSERT INTO w VALUES (2, 'five', 1.5, '2020-02-04', '2020-02-03', 1580688001, 7, 3, 'more', 1.12345, 'abcd',
                               '2020-02-03T04:05:06+02:00', '01.01.2021'))");
  const Table table = DiscoverTable("w");
  const auto kind = [&](const char* name) { return table.Find(name)->type.kind; };
  EXPECT_EQ(kind("i"), TypeKind::kString);
  EXPECT_NE(table.Find("i")->note.find("1 of 2 values is text"), std::string::npos) << table.Find("i")->note;
  EXPECT_EQ(kind("r"), TypeKind::kDouble);
  EXPECT_EQ(kind("d"), TypeKind::kDate);
  EXPECT_EQ(kind("ts"), TypeKind::kTimestamp);
  EXPECT_EQ(kind("e"), TypeKind::kInt64);
  EXPECT_EQ(kind("b"), TypeKind::kInt64);
  EXPECT_EQ(kind("n"), TypeKind::kString);
  EXPECT_EQ(kind("m"), TypeKind::kString);
  EXPECT_EQ(table.Find("dec")->type, LogicalType::Decimal(0, -1));
  EXPECT_EQ(table.Find("s")->type, LogicalType::String());
  EXPECT_EQ(table.Find("s")->max_chars, 4);
  EXPECT_EQ(kind("zoned"), TypeKind::kTimestampTz);
  EXPECT_EQ(kind("german"), TypeKind::kString);
  auto source = OpenSource();
  const RowsRead rows = ReadSplit(*source, {.table = &table});
  EXPECT_TRUE(rows.findings.empty());
  EXPECT_EQ(rows.lines[1],
            "2|five|1.5|2020-02-04|2020-02-03 00:00:00|1580688001|7|3|more|1.12345|abcd|"
            "2020-02-03 02:05:06+00:00|01.01.2021");
}

TEST_F(SqliteSourceTest, EndlessDatesStayDates) {
  Sql("CREATE TABLE t (d DATE, s DATETIME); INSERT INTO t VALUES ('infinity', '-infinity'), ('2020-01-01', '2020-01-01 "
      "00:00:00')");
  const Table table = DiscoverTable("t");
  EXPECT_EQ(table.columns[0].type.kind, TypeKind::kDate);
  EXPECT_EQ(table.columns[1].type.kind, TypeKind::kTimestamp);
  EXPECT_TRUE(ReadSplit(*OpenSource(), {.table = &table}).findings.empty());
}

TEST_F(SqliteSourceTest, WhatDoesNotFitIsAFinding) {
  Sql(R"(CREATE TABLE k (id INT PRIMARY KEY, p INTEGER REFERENCES k(id), t TEXT, d DATE);
         INSERT INTO k VALUES (1, 1, 'a' || char(0) || 'b', '2001-02-30'), ('x', 2.5, CAST(x'61ff' AS TEXT), '2020-01-01'),
                              (3, x'00ff', 'ü', '0000-00-00'))");
  const Table table = DiscoverTable("k");
  EXPECT_EQ(table.Find("id")->type.kind, TypeKind::kInt64);
  EXPECT_EQ(table.Find("p")->type.kind, TypeKind::kInt64);
  auto source = OpenSource();
  const RowsRead rows = ReadSplit(*source, {.table = &table});
  EXPECT_EQ(rows.lines, (std::vector<std::string>{std::string("1|1|a\0b|~", 9), "~|~|~|2020-01-01", "3|~|ü|~"}));
  EXPECT_EQ(Texts(rows.findings),
            (std::vector<std::string>{"0:3:zero_date:2001-02-30", "1:0:wrong_type:x", "1:1:wrong_type:2.5",
                                      "1:2:encoding:\\x61ff", "2:1:wrong_type:\\x00ff", "2:3:zero_date:0000-00-00"}));
}

TEST_F(SqliteSourceTest, Utf16FileReadsAsUtf8) {
  Sql("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('größe €')");
  const Table table = DiscoverTable("t");
  EXPECT_EQ(ReadSplit(*OpenSource(), {.table = &table}).lines[0], "größe €");
}

TEST_F(SqliteSourceTest, QueriesAreDescribedAndRead) {
  Sql("CREATE TABLE t (a INT, b TEXT); INSERT INTO t VALUES (1, 'x'), (2, 'y')");
  auto source = OpenSource();
  const std::string sql = "SELECT a * 2 AS twice, b FROM t -- all";
  const auto table = source->DescribeQuery(sql);
  ASSERT_TRUE(table) << table.error().ToString();
  EXPECT_EQ(table->columns[0].type.kind, TypeKind::kInt64);
  const ReadRequest request{.sql = sql, .columns = {"b", "twice"}, .where = "twice > 2"};
  EXPECT_EQ(ReadSplit(*source, request).lines, std::vector<std::string>{"y|4"});
  EXPECT_EQ(source->CountRows(request).value_or(-1), 1);
  EXPECT_FALSE(source->DescribeQuery("DELETE FROM t"));
}

TEST_F(SqliteSourceTest, NoQueryReachesAnotherFile) {
  const std::filesystem::path other = folder_.path() / "other.db";
  EXPECT_FALSE(Raw().Run("ATTACH '" + other.string() + "' AS other"));
  EXPECT_FALSE(std::filesystem::exists(other));
}

/// All splits together must give each row once, wherever the rowids lie, also for rows added below and above.
class SqliteSplits : public SqliteTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(SqliteSplits, CoverExactly) {
  Sql(std::string(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
          "FROM n WHERE i < 5000) INSERT OR IGNORE INTO t SELECT ") +
      GetParam() + ", 'value ' || i FROM n");
  const Table table = DiscoverTable("t");
  auto source = OpenSource();
  const ReadRequest request{.table = &table};
  const auto splits = source->PlanSplits(request, {.target_rows = 250});
  ASSERT_TRUE(splits) << splits.error().ToString();
  EXPECT_GE(splits->size(), 10U);
  EXPECT_LE(splits->size(), 60U);
  Sql("INSERT OR IGNORE INTO t VALUES (-9223372036854775807, 'first'), (9223372036854775807, 'last')");
  std::multiset<std::string> seen;
  for (const Split& split : *splits) {
    for (const std::string& row : ReadSplit(*source, request, split).lines) seen.insert(row);
  }
  EXPECT_EQ(static_cast<int64_t>(seen.size()), source->CountRows(request).value_or(-1));
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size());
}

INSTANTIATE_TEST_SUITE_P(Numberings, SqliteSplits,
                         ::testing::Values("i", "i * 1000", "-i",
                                           "CASE WHEN i < 4990 THEN i ELSE i * 1000000000000 END", "i * i * i",
                                           "(i - 2500) * 3000000000000000"));

TEST_F(SqliteSourceTest, OneMomentUnderAWriter) {
  Sql("PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, v INT); INSERT INTO t VALUES (0, 0)");
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    const Database database = Raw();
    for (int i = 1; !stop; ++i) (void)database.Run("INSERT INTO t VALUES (" + std::to_string(i) + ", 1)");
  });
  for (int round = 0; round < 5; ++round) {
    auto source = OpenSource();
    const Table table = source->Discover({})->tables.at(0);
    const auto moment = source->HoldMoment(4, {});
    ASSERT_TRUE(moment) << moment.error().ToString();
    EXPECT_EQ(moment->readers, 4);
    const int64_t counted = source->CountRows({.table = &table}).value_or(-1);
    for (int slot = 0; slot < 4; ++slot) {
      EXPECT_EQ(ReadSplit(*source, {.table = &table}, {.bounds = "all"}, slot).count(), counted);
    }
  }
  stop = true;
  writer.join();
}

TEST_F(SqliteSourceTest, StopsWhenAsked) {
  Sql("CREATE TABLE t (v INT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
      "INSERT INTO t SELECT i FROM n");
  std::stop_source stop;
  auto source = SqliteSource::Open(path_, {.stop = stop.get_token()}, 100);
  ASSERT_TRUE(source);
  stop.request_stop();
  const auto counted = (*source)->CountRows({.sql = "SELECT a.v FROM t a, t b, t c"});
  ASSERT_FALSE(counted);
  EXPECT_EQ(counted.error().code.code, codes::kRunInterrupted.code);
}

}  // namespace
}  // namespace migrateiq::sqlite
