#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "base/errors/run.hpp"
#include "connectors/mysql/mysql_test_support.hpp"

namespace migrateiq::mysql {
namespace {

using MysqlRead = MysqlTest;

std::vector<std::string> OneRow(const std::vector<std::vector<std::string>>& rows) {
  return rows.size() == 1 ? rows[0] : std::vector<std::string>{};
}

TEST_F(MysqlRead, EveryTypeArrivesAsTheServerHasIt) {
  Run("CREATE TABLE t (id int primary key, ti tinyint unsigned, bi bigint unsigned, zf int(6) unsigned zerofill, "
      "d decimal(65,30), dz decimal(10,2) zerofill, f float, db double, b bit(12), ch char(5), vc varchar(20), "
      "l1 varchar(10) character set latin1, bn binary(4), bl blob, dt date, ts timestamp(6) null, dtm datetime(3), "
      "tm time(2), y year, e enum('a','b''c'), s set('x','y'), j json, u uuid, g geometry)");
  Run("INSERT INTO t VALUES (1, 255, 18446744073709551615, 42, "
      "'12345678901234567890123456789012345.123456789012345678901234567890', "
      "'-0', 16777217.1, 0.1, b'101000000011', 'ab ', 'a\\tb\\\\c\\nd', _latin1 X'80E9', X'0100', X'00FF27', "
      "'0009-12-04', '2024-03-31 02:30:00.123456', '1000-01-01 00:00:00.5', '23:59:59.99', 1999, 'b''c', 'x,y', "
      "'{\"a\": 1}', '550e8400-e29b-41d4-a716-446655440000', ST_GeomFromText('POINT(1 2)', 4326))");
  auto source = OpenSourceHere();
  const Catalog catalog = DiscoverAll(*source);
  ASSERT_EQ(catalog.tables.size(), 1u);
  ReadRequest request{.table = &catalog.tables[0]};
  std::vector<Finding> findings;
  const auto row = OneRow(ReadRows(*source, request, {}, &findings));
  ASSERT_EQ(row.size(), 24u);
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(row[1], "255");
  EXPECT_EQ(row[2], "18446744073709551615");
  EXPECT_EQ(row[3], "42");
  EXPECT_EQ(row[4], "12345678901234567890123456789012345.123456789012345678901234567890");
  EXPECT_EQ(row[5], "0.00");
  EXPECT_EQ(row[7], "0.1");
  EXPECT_EQ(row[8], "101000000011");
  EXPECT_EQ(row[9], "ab");
  EXPECT_EQ(row[10], "a\tb\\c\nd");
  EXPECT_EQ(row[11], "€é");
  EXPECT_EQ(row[12], "\\x01000000");
  EXPECT_EQ(row[13], "\\x00ff27");
  EXPECT_EQ(row[14], "0009-12-04");
  EXPECT_EQ(row[15], "2024-03-31 02:30:00.123456+00:00");
  EXPECT_EQ(row[16], "1000-01-01 00:00:00.500000");
  EXPECT_EQ(row[17], "23:59:59.990000");
  EXPECT_EQ(row[18], "1999");
  EXPECT_EQ(row[19], "b'c");
  EXPECT_EQ(row[20], "x,y");
  EXPECT_EQ(row[21], "{\"a\": 1}");
  EXPECT_EQ(row[22], "550e8400-e29b-41d4-a716-446655440000");
  EXPECT_EQ(row[23], "\\x0101000020e6100000000000000000f03f0000000000000040");
  EXPECT_EQ(catalog.tables[0].Find("j")->native, "json");
  EXPECT_TRUE(catalog.tables[0].checks.empty());
}

TEST_F(MysqlRead, FloatsKeepAllTheirDigits) {
  Run("CREATE TABLE t (id int primary key, f float)");
  Run("INSERT INTO t VALUES (1, 16777216), (2, 0.1), (3, 3.14159274), (4, -1.17549435e-38), (5, 123456.789)");
  auto source = OpenSourceHere();
  const Catalog catalog = DiscoverAll(*source);
  ReadRequest request{.table = &catalog.tables[0]};
  auto reader = source->OpenReader(request, {}, 0);
  ASSERT_TRUE(reader);
  Batch batch;
  ASSERT_TRUE((*reader)->Next(batch));
  for (int64_t row = 0; row < batch.rows; ++row) {
    const std::string id = std::to_string(batch.columns[0].Get<int32_t>(row));
    const double exact = std::strtod(Ask("SELECT CAST(f AS DOUBLE) FROM t WHERE id = " + id).c_str(), nullptr);
    EXPECT_EQ(static_cast<double>(batch.columns[1].Get<float>(row)), exact) << id;
  }
}

TEST_F(MysqlRead, ZeroAndImpossibleDatesBecomeFindings) {
  Run("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
  Run("CREATE TABLE t (id int primary key, d date not null, t datetime)");
  Run("INSERT INTO t VALUES (1, '0000-00-00', '0000-00-00 00:00:00'), (2, '1989-00-00', '2001-02-30 10:00:00'), "
      "(3, '0009-12-04', '1999-12-31 23:59:59')");
  auto source = OpenSourceHere();
  const Catalog catalog = DiscoverAll(*source);
  ReadRequest request{.table = &catalog.tables[0]};
  std::vector<Finding> findings;
  const auto rows = ReadRows(*source, request, {}, &findings);
  ASSERT_EQ(rows.size(), 3u);
  ASSERT_EQ(findings.size(), 4u);
  for (const Finding& finding : findings) EXPECT_EQ(finding.kind, FindingKind::kZeroDate);
  EXPECT_EQ(findings[0].original, "0000-00-00");
  EXPECT_TRUE(catalog.tables[0].Find("d")->note.contains("zero"));
  EXPECT_TRUE(catalog.tables[0].Find("t")->note.empty());
  EXPECT_EQ(findings[3].original, "2001-02-30 10:00:00");
  EXPECT_EQ(rows[1][1], "~");
  EXPECT_EQ(rows[2][1], "0009-12-04");
}

TEST_F(MysqlRead, OddValuesAreToldOfTheirColumnsAlone) {
  Run("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
  Run("CREATE TABLE t (id int primary key, no_day date not null, no_month date not null, no_such datetime not null, "
      "fine date not null, late datetime not null, stamp timestamp not null, day time, below time, none time)");
  Run("INSERT INTO t VALUES "
      "(1, '2020-05-05', '2020-05-05', '2020-05-05', '2020-02-29', '2020-01-31', '2020-01-01', null, '01:00', null), "
      "(2, '2020-05-00', '2020-00-10', '2001-02-29', '9999-12-31', '2020-12-31', 0, '23:59:59', '-00:00:01', null)");
  auto source = OpenSourceHere();
  const Catalog catalog = DiscoverAll(*source);
  for (const char* odd : {"no_day", "no_month", "no_such", "stamp", "below"})
    EXPECT_FALSE(catalog.tables[0].Find(odd)->note.empty()) << odd;
  for (const char* plain : {"fine", "late", "day", "none"})
    EXPECT_TRUE(catalog.tables[0].Find(plain)->note.empty()) << plain;
}

TEST_F(MysqlRead, TimesBeyondADayAreIntervals) {
  Run("CREATE TABLE t (id int primary key, day time, span time)");
  Run("INSERT INTO t VALUES (1, '23:59:59', '-838:59:59'), (2, '00:00:00', '24:00:00')");
  auto source = OpenSourceHere();
  const Catalog catalog = DiscoverAll(*source);
  EXPECT_EQ(catalog.tables[0].Find("day")->type.kind, TypeKind::kTime);
  EXPECT_EQ(catalog.tables[0].Find("span")->type.kind, TypeKind::kInterval);
  std::vector<Finding> findings;
  ReadRequest request{.table = &catalog.tables[0]};
  EXPECT_EQ(ReadRows(*source, request, {}, &findings).size(), 2u);
  EXPECT_TRUE(findings.empty());
}

TEST_F(MysqlRead, CatalogKnowsKeysDefaultsAndWhatIsManual) {
  Run("CREATE TABLE parent (id int auto_increment primary key, name varchar(20) not null default 'it''s', "
      "n int default 5, at datetime(6) default current_timestamp(6) on update current_timestamp(6), "
      "twice int as (n * 2) stored, unique key uq (name), key ix (name(3), n), fulltext key ft (name), "
      "constraint positive check (n > 0)) comment 'the parents' auto_increment = 77");
  Run("CREATE TABLE child (id int primary key, parent int, constraint fk foreign key (parent) references parent (id) "
      "on delete cascade on update set null)");
  Run("CREATE TABLE migrateiq_chunk (a int)");
  Run("CREATE TABLE `_miq_old_x` (a int)");
  Run("CREATE VIEW v AS SELECT id FROM parent");
  Run("CREATE TRIGGER tr BEFORE INSERT ON child FOR EACH ROW SET NEW.parent = NULL");
  Run("CREATE SEQUENCE sq START WITH 100 INCREMENT BY 5");
  Run("CREATE TABLE parts (id int, d date) PARTITION BY RANGE (YEAR(d)) (PARTITION p0 VALUES LESS THAN (2000), "
      "PARTITION p1 VALUES LESS THAN MAXVALUE)");
  auto source = OpenSourceHere();
  const Catalog catalog = DiscoverAll(*source);
  ASSERT_EQ(catalog.tables.size(), 3u);
  const Table& parent = *catalog.Find({"", "parent"});
  EXPECT_EQ(parent.comment, "the parents");
  EXPECT_EQ(parent.Find("id")->identity_next, "77");
  EXPECT_EQ(parent.Find("name")->default_sql, "'it''s'");
  EXPECT_TRUE(parent.Find("name")->case_insensitive);
  EXPECT_TRUE(parent.Find("at")->on_update_now);
  EXPECT_EQ(parent.Find("twice")->generated_sql, "`n` * 2");
  ASSERT_EQ(parent.indexes.size(), 3u);
  EXPECT_EQ(parent.checks.at(0).name, "positive");
  const Table& child = *catalog.Find({"", "child"});
  ASSERT_EQ(child.foreign_keys.size(), 1u);
  EXPECT_EQ(child.foreign_keys[0].parent.ToString(), "parent");
  EXPECT_EQ(child.foreign_keys[0].on_delete, FkAction::kCascade);
  EXPECT_EQ(child.foreign_keys[0].on_update, FkAction::kSetNull);
  ASSERT_EQ(catalog.sequences.size(), 1u);
  EXPECT_EQ(catalog.sequences[0].next_value, "100");
  EXPECT_EQ(catalog.Find({"", "parts"})->partitions.size(), 2u);
  std::set<std::string> kinds;
  for (const OtherObject& other : catalog.others) kinds.insert(other.kind);
  EXPECT_TRUE(kinds.contains("view") && kinds.contains("trigger") && kinds.contains("database character set"));
}

/// Every row once, whatever the key is.
class MysqlSplits : public MysqlTest {
 protected:
  size_t ExpectCovered(int64_t target_rows) {
    auto source = OpenSourceHere();
    const Catalog catalog = DiscoverAll(*source);
    const Table& table = *catalog.Find({"", "t"});
    ReadRequest request{.table = &table};
    auto splits = source->PlanSplits(request, {.target_rows = target_rows});
    EXPECT_TRUE(splits) << splits.error().ToString();
    if (!splits) return 0;
    std::multiset<std::vector<std::string>> seen;
    for (const Split& split : *splits) {
      for (auto& row : ReadRows(*source, request, split)) seen.insert(std::move(row));
    }
    const std::set<std::vector<std::string>> distinct(seen.begin(), seen.end());
    EXPECT_EQ(seen.size(), distinct.size());
    EXPECT_EQ(std::to_string(seen.size()), Ask("SELECT COUNT(*) FROM t"));
    EXPECT_EQ(source->CountRows(request).value_or(-1), static_cast<int64_t>(seen.size()));
    return splits->size();
  }
};

TEST_F(MysqlSplits, DenseIntegers) {
  Run("CREATE TABLE t (id int primary key)");
  Run("INSERT INTO t SELECT CAST(seq AS SIGNED) - 500 FROM seq_1_to_2000");
  Run("ANALYZE TABLE t");
  EXPECT_GE(ExpectCovered(100), 20u);
}

TEST_F(MysqlSplits, SparseUnsignedNearTheEdges) {
  Run("CREATE TABLE t (id bigint unsigned primary key)");
  Run("INSERT INTO t SELECT seq FROM seq_0_to_300");
  Run("INSERT INTO t SELECT 18446744073709551615 - seq FROM seq_0_to_300");
  EXPECT_GE(ExpectCovered(50), 10u);
}

TEST_F(MysqlSplits, SignedEdges) {
  Run("CREATE TABLE t (id bigint primary key)");
  Run("INSERT INTO t SELECT -9223372036854775808 + CAST(seq AS SIGNED) FROM seq_0_to_100");
  Run("INSERT INTO t SELECT 9223372036854775807 - CAST(seq AS SIGNED) FROM seq_0_to_100");
  EXPECT_GE(ExpectCovered(50), 3u);
}

TEST_F(MysqlSplits, CompositeKeySkewedInItsFirstColumn) {
  Run("CREATE TABLE t (a int, b varchar(20) collate utf8mb4_unicode_ci, c date, primary key (a, b, c))");
  Run("INSERT INTO t SELECT 1, CONCAT('k', seq % 97), '2000-01-01' + INTERVAL seq DAY FROM seq_1_to_1500");
  Run("INSERT INTO t SELECT seq, 'x', '2000-01-01' FROM seq_2_to_30");
  EXPECT_GE(ExpectCovered(100), 15u);
}

TEST_F(MysqlSplits, TextsByTheirOwnCollation) {
  Run("CREATE TABLE t (k varchar(30) character set latin1 collate latin1_swedish_ci primary key)");
  Run("INSERT INTO t SELECT CONCAT(ELT(1 + seq % 6, 'a', 'B', 'ä', 'Z', '_', 'ß'), seq, ' ''\\\\') FROM seq_1_to_900");
  EXPECT_GE(ExpectCovered(50), 15u);
}

TEST_F(MysqlSplits, UuidsBytesEnumsDecimals) {
  Run("CREATE TABLE t (k uuid primary key)");
  Run("INSERT INTO t SELECT UUID() FROM seq_1_to_500");
  EXPECT_GE(ExpectCovered(50), 9u);
  Run("DROP TABLE t");
  Run("CREATE TABLE t (k binary(16) primary key)");
  Run("INSERT INTO t SELECT UNHEX(MD5(seq)) FROM seq_1_to_500");
  EXPECT_GE(ExpectCovered(50), 9u);
  Run("DROP TABLE t");
  Run("CREATE TABLE t (e enum('z', 'a', 'm'), d decimal(10,3), primary key (e, d))");
  Run("INSERT INTO t SELECT 1 + seq % 3, seq / 8 FROM seq_1_to_500");
  EXPECT_GE(ExpectCovered(50), 9u);
}

TEST_F(MysqlSplits, WithoutAKeyOneStream) {
  Run("CREATE TABLE t (a int, b int, unique key (a))");
  Run("INSERT INTO t SELECT seq, seq FROM seq_1_to_500");
  EXPECT_EQ(ExpectCovered(50), 1u);
}

TEST_F(MysqlRead, ManyReadersSeeOneMoment) {
  Run("CREATE TABLE a (id int auto_increment primary key, v int)");
  Run("CREATE TABLE b (id int auto_increment primary key, v int)");
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    auto session = Connect();
    while (!stop) {
      ASSERT_TRUE(session->Execute("START TRANSACTION"));
      ASSERT_TRUE(session->Execute("INSERT INTO a (v) VALUES (1)"));
      ASSERT_TRUE(session->Execute("INSERT INTO b (v) VALUES (1)"));
      ASSERT_TRUE(session->Execute("COMMIT"));
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  for (int round = 0; round < 5; ++round) {
    auto source = OpenSourceHere();
    const Catalog catalog = DiscoverAll(*source);
    const auto moment = source->HoldMoment(3, {{"", "a"}, {"", "b"}});
    ASSERT_TRUE(moment) << moment.error().ToString();
    EXPECT_EQ(moment->readers, 3);
    EXPECT_EQ(moment->description, "FLUSH TABLES WITH READ LOCK");
    ReadRequest a{.table = catalog.Find({"", "a"})}, b{.table = catalog.Find({"", "b"})};
    const size_t first = ReadRows(*source, a, {}, nullptr, 0).size();
    EXPECT_EQ(first, ReadRows(*source, b, {}, nullptr, 1).size());
    EXPECT_EQ(first, ReadRows(*source, a, {}, nullptr, 2).size());
    EXPECT_EQ(static_cast<int64_t>(first), source->CountRows(b).value_or(-1));
  }
  stop = true;
  writer.join();
}

TEST_F(MysqlRead, WithoutRightsOneReader) {
  Run("CREATE TABLE a (id int primary key)");
  Run("CREATE USER IF NOT EXISTS miq_poor@'%' IDENTIFIED BY 'poor'");
  Run("GRANT SELECT ON " + QuoteName(database_) + ".* TO miq_poor@'%'");
  Url url = url_;
  url.user = "miq_poor";
  url.password = "poor";
  auto source = OpenSource(url, {});
  ASSERT_TRUE(source) << source.error().ToString();
  const auto alone = (*source)->HoldMoment(3, {{"", "a"}});
  ASSERT_TRUE(alone) << alone.error().ToString();
  EXPECT_EQ(alone->readers, 1);
  EXPECT_FALSE(alone->warnings.empty());
  Run("GRANT LOCK TABLES ON " + QuoteName(database_) + ".* TO miq_poor@'%'");
  auto again = OpenSource(url, {});
  const auto locked = (*again)->HoldMoment(3, {{"", "a"}});
  ASSERT_TRUE(locked) << locked.error().ToString();
  EXPECT_EQ(locked->readers, 3);
  EXPECT_EQ(locked->description, "LOCK TABLES ... READ");
  Run("DROP USER miq_poor@'%'");
}

TEST_F(MysqlRead, StopEndsABlockingReadAndEarlyEndKeepsTheSnapshot) {
  Run("CREATE TABLE t (id int primary key, pad char(200))");
  Run("INSERT INTO t SELECT seq, REPEAT('x', 200) FROM seq_1_to_100000");
  auto source = OpenSourceHere();
  const Catalog catalog = DiscoverAll(*source);
  ReadRequest request{.table = &catalog.tables[0]};
  {
    auto reader = source->OpenReader(request, {}, 0);
    Batch batch;
    ASSERT_TRUE((*reader)->Next(batch));
  }
  Run("DELETE FROM t WHERE id <= 5");
  EXPECT_EQ(ReadRows(*source, request, {}).size(), 100000u);

  std::stop_source stop;
  auto stoppable = OpenSource(url_, {.stop = stop.get_token()});
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop.request_stop();
  });
  const auto begun = std::chrono::steady_clock::now();
  const auto described = (*stoppable)->CountRows({.sql = "SELECT SLEEP(30)"});
  stopper.join();
  ASSERT_FALSE(described);
  EXPECT_TRUE(described.error().Is(codes::kRunInterrupted));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST_F(MysqlRead, QueriesDescribeThemselves) {
  Run("CREATE TABLE t (id int unsigned primary key, f float, n varchar(10), d decimal(8,3))");
  Run("INSERT INTO t VALUES (1, 0.1, 'é', 12.5)");
  auto source = OpenSourceHere();
  const std::string sql = "SELECT id, f, n AS name, d, id + 1 AS more FROM t";
  const auto table = source->DescribeQuery(sql);
  ASSERT_TRUE(table) << table.error().ToString();
  ASSERT_EQ(table->columns.size(), 5u);
  EXPECT_EQ(table->columns[0].type.kind, TypeKind::kInt64);
  EXPECT_EQ(table->columns[2].type, LogicalType::String(10));
  EXPECT_EQ(table->columns[3].type, LogicalType::Decimal(8, 3));
  const ReadRequest request{.sql = sql, .columns = {"name", "f"}, .where = "id = 1"};
  const auto rows = ReadRows(*source, request, {});
  EXPECT_EQ(rows, (std::vector<std::vector<std::string>>{{"é", "0.1"}}));
}

TEST_F(MysqlRead, StatementsOfOtherUsersAreCountedNotOurs) {
  Run("CREATE OR REPLACE USER miq_busy@'%' IDENTIFIED BY 'busy'");
  Run("GRANT SELECT ON " + QuoteName(database_) + ".* TO miq_busy@'%'");
  Url busy_url = url_;
  busy_url.user = "miq_busy";
  busy_url.password = "busy";
  auto source = OpenSourceHere();
  std::stop_source stop;
  auto busy = Session::Open(busy_url, SessionUse::kSource, stop.get_token());
  ASSERT_TRUE(busy) << busy.error().ToString();
  auto own = Connect();
  std::jthread sleeper([&] { (void)(*busy)->Execute("DO SLEEP(60)"); });
  std::jthread own_sleeper([&] { (void)own->Execute("DO SLEEP(1)"); });
  int64_t most = 0;
  for (int tries = 0; tries < 500 && most == 0; ++tries) {
    const auto others = source->StatementsOfOthers();
    ASSERT_TRUE(others) << others.error().ToString();
    most = *others;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_GE(most, 1);
  stop.request_stop();
  sleeper.join();
  Run("DROP USER miq_busy@'%'");
}

}  // namespace
}  // namespace migrateiq::mysql
