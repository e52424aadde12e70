#include <chrono>
#include <stop_token>
#include <thread>

#include "base/errors/connect.hpp"
#include "connectors/postgres/postgres_test_support.hpp"

namespace migrateiq::postgres {
namespace {

using PostgresRead = PostgresDb;

TEST_F(PostgresRead, SplitsCoverEveryRowOnce) {
  Run("CREATE TABLE t (id int, v text); INSERT INTO t SELECT i, repeat('x', i % 100) FROM generate_series(1, 60000) i; "
      "ANALYZE t");
  Run("DELETE FROM t WHERE id BETWEEN 1000 AND 30000");
  const Catalog catalog = Discover();
  const ReadRequest request{.table = catalog.Find({"public", "t"})};
  const auto splits = source_->PlanSplits(request, {.target_rows = 5000});
  ASSERT_TRUE(splits) << splits.error().ToString();
  EXPECT_GT(splits->size(), 4U);
  Run("INSERT INTO t SELECT i, 'later' FROM generate_series(1, 20000) i");
  RowsRead sum;
  for (const Split& split : *splits) { sum.Add(Read(request, split.bounds)); }
  EXPECT_EQ(sum.digest, Read(request).digest);
  EXPECT_EQ(std::to_string(sum.count()), Ask("SELECT count(*) FROM t"));
}

TEST_F(PostgresRead, SplitsOfPartitionsCoverAlsoThoseAddedLater) {
  Run("CREATE TABLE t (id int, v text) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO "
      "(20000);"
      "CREATE TABLE \"t 2\" PARTITION OF t FOR VALUES FROM (20000) TO (40000) PARTITION BY LIST (v);"
      "CREATE TABLE t2d PARTITION OF \"t 2\" DEFAULT; INSERT INTO t SELECT i, i FROM generate_series(1, 39999) i; "
      "ANALYZE");
  const Catalog catalog = Discover();
  ASSERT_EQ(catalog.tables.size(), 1U);
  const ReadRequest request{.table = &catalog.tables[0]};
  EXPECT_EQ(request.table->partitioning, "RANGE (id)");
  EXPECT_EQ(request.table->partitions.size(), 3U);
  const auto splits = source_->PlanSplits(request, {.target_rows = 4000});
  ASSERT_TRUE(splits) << splits.error().ToString();
  Run("CREATE TABLE t3 PARTITION OF t DEFAULT; INSERT INTO t VALUES (90000, 'new')");
  int64_t rows = 0;
  for (const Split& split : *splits) rows += Read(request, split.bounds).count();
  EXPECT_EQ(rows, 40000);
  Run("DELETE FROM t WHERE id = 90000");
  Table into = *request.table;
  into.name.schema = "elsewhere";
  Make(into);
  Copy(*request.table, into);
  EXPECT_EQ(Ask("SELECT count(*) FROM elsewhere.t2d"), "20000");
}

TEST_F(PostgresRead, AllReadersSeeTheHeldMoment) {
  Run("CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t SELECT i, 0 FROM generate_series(1, 30000) i; ANALYZE "
      "t");
  const Catalog catalog = Discover();
  const ReadRequest request{.table = catalog.Find({"public", "t"})};
  const Digest before = Read(request).digest;
  OpenSource();
  const auto moment = source_->HoldMoment(3, {{"public", "t"}});
  ASSERT_TRUE(moment) << moment.error().ToString();
  EXPECT_EQ(moment->readers, 3);
  EXPECT_TRUE(moment->warnings.empty());
  const auto splits = source_->PlanSplits(request, {.target_rows = 4000});
  ASSERT_TRUE(splits);
  Digest after;
  int slot = 0;
  for (const Split& split : *splits) {
    Run("UPDATE t SET v = v + 1 WHERE id % 7 = " + std::to_string(slot) + "; INSERT INTO t SELECT max(id) + 1 FROM t");
    after.Add(Read(request, split.bounds, slot).digest);
    slot = (slot + 1) % 3;
  }
  EXPECT_EQ(before, after);
  EXPECT_EQ(*source_->CountRows(request), 30000);
}

TEST_F(PostgresRead, AnotherProcessJoinsTheHeldMomentWhileItIsHeld) {
  Run("CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t SELECT i, 0 FROM generate_series(1, 1000) i");
  const Catalog catalog = Discover();
  const ReadRequest request{.table = catalog.Find({"public", "t"})};
  const Digest before = Read(request).digest;
  const auto controller = *PostgresSource::Open(url_, {});
  const auto moment = controller->HoldMoment(1, {{"public", "t"}});
  ASSERT_TRUE(moment);
  Run("UPDATE t SET v = 1");
  OpenSource();
  const auto joined = source_->JoinMoment(moment->token, 2);
  ASSERT_TRUE(joined) << joined.error().ToString();
  EXPECT_EQ(joined->readers, 2);
  EXPECT_EQ(before, Read(request, "all", 1).digest);
  EXPECT_EQ(*source_->CountRows(request), 1000);
}

TEST_F(PostgresRead, AReaderDroppedEarlyLeavesItsSlotInTheMoment) {
  Run("CREATE TABLE t AS SELECT i AS id, repeat('x', 200) AS v FROM generate_series(1, 200000) i");
  const Catalog catalog = Discover();
  const ReadRequest request{.table = catalog.Find({"public", "t"})};
  ASSERT_TRUE(source_->HoldMoment(1, {}));
  {
    auto reader = source_->OpenReader(request, {"all"}, 0);
    ASSERT_TRUE(reader);
    Batch batch((*reader)->schema());
    ASSERT_TRUE(*(*reader)->Next(batch));
  }
  Run("DELETE FROM t");
  EXPECT_EQ(Read(request).count(), 200000);
}

TEST_F(PostgresRead, AQueryIsReadWithItsOwnColumns) {
  Run("CREATE DOMAIN d AS numeric(5,1); CREATE TYPE e AS ENUM ('x', 'y'); CREATE TABLE t (a d, b e, c inet, n int[]); "
      "INSERT INTO t VALUES (1.5, 'y', '::1', '{2}')");
  OpenSource();
  const std::string sql = "SELECT a AS \"A a\", b, c, n, 1 + 1 AS two FROM t -- comment";
  const auto described = source_->DescribeQuery(sql);
  ASSERT_TRUE(described) << described.error().ToString();
  EXPECT_EQ(described->columns[0].type, LogicalType::Decimal(5, 1));
  EXPECT_EQ(described->columns[1].type.labels.size(), 2U);
  const RowsRead all = Read({.sql = sql, .where = "two = 2"});
  ASSERT_EQ(all.lines.size(), 1U);
  EXPECT_EQ(all.lines[0], "1.5|y|::1/128|{2}|2");
  EXPECT_EQ(*source_->CountRows({.sql = sql}), 1);
}

TEST_F(PostgresRead, StatementsOfOthersAreCountedNotOurs) {
  Url busy_url = url_;
  busy_url.parameters["application_name"] = "legacy shop";
  std::stop_source stop;
  auto busy = Session::Open(busy_url, {.stop = stop.get_token()});
  ASSERT_TRUE(busy) << busy.error().ToString();
  std::jthread sleeper([&] { (void)(*busy)->Execute("SELECT pg_sleep(60)"); });
  Source& source = OpenSource();
  int64_t most = 0;
  for (int tries = 0; tries < 500 && most == 0; ++tries) {
    const auto others = source.StatementsOfOthers();
    ASSERT_TRUE(others) << others.error().ToString();
    most = *others;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_GE(most, 1);
  EXPECT_EQ(Ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'legacy shop' AND state = 'active'"),
            "1");
  stop.request_stop();
}

TEST_F(PostgresRead, WhoMayNotSeeWhatOthersDoIsTold) {
  Run("DROP ROLE IF EXISTS miq_blind; CREATE ROLE miq_blind LOGIN PASSWORD 'blind'");
  Url blind = url_;
  blind.user = "miq_blind";
  blind.password = "blind";
  {
    auto source = PostgresSource::Open(blind, {});
    ASSERT_TRUE(source) << source.error().ToString();
    const auto others = (*source)->StatementsOfOthers();
    ASSERT_FALSE(others);
    EXPECT_TRUE(others.error().Is(codes::kConnPrivilege)) << others.error().ToString();
  }
  Run("GRANT pg_read_all_stats TO miq_blind");
  auto source = PostgresSource::Open(blind, {});
  ASSERT_TRUE(source) << source.error().ToString();
  EXPECT_TRUE((*source)->StatementsOfOthers());
  source->reset();
  Run("DROP ROLE miq_blind");
}

}  // namespace
}  // namespace migrateiq::postgres
