#include <thread>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_test_support.hpp"

namespace migrateiq::mysql {
namespace {

class MysqlWrite : public MysqlTest {
 protected:
  static SchemaPtr SchemaOf(const Table& table) {
    auto schema = std::make_shared<Schema>();
    for (const CatalogColumn& c : table.columns) schema->fields.push_back({c.name, c.type, c.nullable});
    return schema;
  }

  Table TableNamed(const std::string& name) {
    auto source = OpenSourceHere();
    const Catalog catalog = DiscoverAll(*source);
    const Table* table = catalog.Find({"", name});
    EXPECT_NE(table, nullptr) << name;
    return table == nullptr ? Table{} : *table;
  }

  static ChunkKey Key(const std::string& chunk = "c1") { return {"run1", "dst", chunk}; }

  static LedgerLine Line(int64_t rows, const std::string& chunk = "c1") {
    LedgerLine line;
    line.key = Key(chunk);
    line.rows_read = line.rows_written = rows;
    line.digest = {1, 2, static_cast<uint64_t>(rows)};
    line.details = "{\"a\": \"it's\"}";
    return line;
  }

  std::unique_ptr<Writer> WriterFor(Target& target, const Table& table, WriteMode mode = WriteMode::kInsert,
                                    std::vector<std::string> key = {}) {
    auto writer = target.OpenWriter({.table = &table, .schema = SchemaOf(table), .mode = mode, .key = std::move(key)});
    EXPECT_TRUE(writer) << writer.error().ToString();
    return writer ? std::move(*writer) : nullptr;
  }

  /// A batch of (id int, v varchar) rows.
  static Batch Pairs(const Table& table, std::initializer_list<std::pair<int, std::optional<std::string>>> rows) {
    Batch batch(SchemaOf(table));
    for (const auto& [id, text] : rows) {
      batch.columns[0].Append(static_cast<int32_t>(id));
      if (text)
        batch.columns[1].AppendBytes(*text);
      else
        batch.columns[1].AppendNull();
      ++batch.rows;
    }
    return batch;
  }

  /// Copies src to dst by our reader and writer.
  void Copy(bool atomic) {
    auto source = OpenSourceHere();
    auto target = OpenTargetHere();
    const Table from = TableNamed("src"), to = TableNamed("dst");
    ReadRequest request{.table = &from};
    auto reader = source->OpenReader(request, {}, 0);
    ASSERT_TRUE(reader) << reader.error().ToString();
    auto writer = WriterFor(*target, to);
    ASSERT_TRUE(*writer->Begin(Key()));
    ASSERT_TRUE(writer->SetAtomic(atomic));
    Batch batch;
    int64_t rows = 0;
    while (*(*reader)->Next(batch)) {
      EXPECT_TRUE(batch.findings.empty());
      const Status written = writer->Write(batch);
      ASSERT_TRUE(written) << written.error().ToString();
      rows += batch.rows;
    }
    const Status committed = writer->Commit(Line(rows));
    ASSERT_TRUE(committed) << committed.error().ToString();
  }
};

constexpr const char* kEveryType =
    "CREATE TABLE src (id int primary key, ti tinyint, bi bigint unsigned, d decimal(65,30), f float, db double, "
    "b bit(64), ch char(5), vc varchar(50), tx longtext, l1 varchar(10) character set latin1, bn binary(4), bl blob, "
    "dt date, ts timestamp(6) null, dtm datetime(6), tm time(6), y year, e enum('a','b''c'), s set('x','y'), j json, "
    "u uuid, g geometry)";

TEST_F(MysqlWrite, EveryTypeArrivesExactly) {
  Run(kEveryType);
  Run("INSERT INTO src VALUES (1, -128, 18446744073709551615, "
      "'12345678901234567890123456789012345.123456789012345678901234567890', 0.1, 2.2250738585072014e-308, "
      "0xFFFFFFFFFFFFFFFF, 'ab', 'tab\\t nl\\n cr\\r bs\\\\ q'' \\0 \\\\N', '😀 \\\\t', _latin1 X'80E9', X'0100', "
      "X'00FF5C0A09274E', '9999-12-31', '2038-01-19 03:14:07.999999', '0001-01-01 00:00:00.000001', "
      "'-838:59:59.000000', 2155, 'b''c', 'x,y', '{\"a\": \"\\\\\\\\ \\\\n\"}', UUID(), "
      "ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))', 4326))");
  Run("INSERT INTO src (id) VALUES (2)");
  Run("INSERT INTO src (id, vc, tx, bl, f, db, tm, g, ch) VALUES (3, '', '', '', -1.17549435e-38, -0.1, '100:00:01.5', "
      "ST_GeomFromText('POINT(1 2)'), '')");
  for (const bool atomic : {false, true}) {
    Run("DROP TABLE IF EXISTS dst");
    Run("CREATE TABLE dst LIKE src");
    Run("DROP TABLE IF EXISTS migrateiq_chunk");
    Copy(atomic);
    EXPECT_EQ(Ask("SELECT COUNT(*) FROM dst"), "3");
    EXPECT_EQ(Ask("SELECT GROUP_CONCAT(id) FROM src WHERE NOT EXISTS (SELECT 1 FROM dst WHERE dst.id = src.id AND "
                  "dst.d <=> src.d AND dst.f <=> src.f AND dst.db <=> src.db AND dst.b <=> src.b AND "
                  "HEX(dst.ch) <=> HEX(src.ch) AND HEX(dst.vc) <=> HEX(src.vc) AND HEX(dst.tx) <=> HEX(src.tx) AND "
                  "HEX(dst.l1) <=> HEX(src.l1) AND HEX(dst.bn) <=> HEX(src.bn) AND HEX(dst.bl) <=> HEX(src.bl) AND "
                  "dst.dt <=> src.dt AND dst.ts <=> src.ts AND dst.dtm <=> src.dtm AND dst.tm <=> src.tm AND "
                  "dst.y <=> src.y AND dst.e <=> src.e AND dst.s <=> src.s AND HEX(dst.j) <=> HEX(src.j) AND "
                  "dst.u <=> src.u AND HEX(dst.g) <=> HEX(src.g) AND dst.ti <=> src.ti AND dst.bi <=> src.bi)"),
              "NULL")
        << "atomic " << atomic;
  }
}

TEST_F(MysqlWrite, ClampingAndDuplicatesAreRefusedInBothModes) {
  Run("CREATE TABLE dst (id int primary key, v varchar(3) not null)");
  auto target = OpenTargetHere();
  const Table table = TableNamed("dst");
  auto writer = WriterFor(*target, table);
  for (const bool atomic : {false, true}) {
    for (const auto& bad :
         {Pairs(table, {{1, "a"}, {1, "b"}}), Pairs(table, {{2, "long"}}), Pairs(table, {{3, std::nullopt}})}) {
      ASSERT_TRUE(*writer->Begin(Key()));
      ASSERT_TRUE(writer->SetAtomic(atomic));
      Status status = writer->Write(bad);
      if (status && !atomic) status = writer->Commit(Line(bad.rows));
      ASSERT_FALSE(status);
      EXPECT_TRUE(status.error().Is(codes::kDataRefused)) << status.error().ToString();
      if (atomic) {
        // The transaction is still usable, and the good row of the chunk is kept.
        EXPECT_TRUE(writer->Write(Pairs(table, {{9, "ok"}})));
      }
      writer->Abort();
      EXPECT_EQ(Ask("SELECT COUNT(*) FROM dst"), "0");
      EXPECT_EQ(Ask("SELECT COUNT(*) FROM migrateiq_chunk"), "0");
    }
  }
}

TEST_F(MysqlWrite, DecimalRoundingAndBadDatesAreNotSilent) {
  Run("CREATE TABLE dst (id int primary key, d decimal(5,2))");
  auto target = OpenTargetHere();
  Table table = TableNamed("dst");
  table.columns[1].type = LogicalType::Decimal(10, 5);
  auto writer = WriterFor(*target, table);
  for (const bool atomic : {false, true}) {
    ASSERT_TRUE(*writer->Begin(Key()));
    ASSERT_TRUE(writer->SetAtomic(atomic));
    Status status = writer->Write(Pairs(table, {{1, "1.239"}}));
    if (status && !atomic) status = writer->Commit(Line(1));
    ASSERT_FALSE(status);
    EXPECT_TRUE(status.error().Is(codes::kDataRefused));
    writer->Abort();
  }
}

TEST_F(MysqlWrite, AChunkIsCommittedOnce) {
  Run("CREATE TABLE dst (id int primary key, v varchar(3))");
  auto target = OpenTargetHere();
  const Table table = TableNamed("dst");
  auto first = WriterFor(*target, table), second = WriterFor(*target, table);
  ASSERT_TRUE(*first->Begin(Key()));
  ASSERT_TRUE(first->Write(Pairs(table, {{1, "a"}})));
  bool begun = true;
  std::thread waiting([&] { begun = second->Begin(Key()).value_or(true); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  ASSERT_TRUE(first->Commit(Line(1)));
  waiting.join();
  EXPECT_FALSE(begun);
  ASSERT_TRUE(*second->Begin(Key("c2")));
  ASSERT_TRUE(second->Write(Pairs(table, {{2, "b"}})));
  second.reset();
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM dst"), "1");
  const auto ledger = target->ReadLedger("run1");
  ASSERT_TRUE(ledger);
  ASSERT_EQ(ledger->size(), 1u);
  EXPECT_EQ((*ledger)[0].digest, Line(1).digest);
  EXPECT_EQ((*ledger)[0].details, Line(1).details);
  ASSERT_TRUE(target->EmptyTable("run1", "dst", {"", "dst"}));
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM dst"), "0");
  EXPECT_TRUE(target->ReadLedger("run1")->empty());
}

TEST_F(MysqlWrite, UpsertUpdatesByItsKeyOnly) {
  Run("CREATE TABLE dst (id int primary key, v varchar(3), extra int default 7, unique key (v))");
  Run("INSERT INTO dst VALUES (1, 'a', 100), (2, 'b', 200)");
  auto target = OpenTargetHere();
  Table table = TableNamed("dst");
  table.columns.pop_back();
  for (const bool atomic : {false, true}) {
    auto writer = WriterFor(*target, table, WriteMode::kUpsert, {"id"});
    const std::string chunk = atomic ? "c2" : "c1";
    ASSERT_TRUE(*writer->Begin(Key(chunk)));
    ASSERT_TRUE(writer->SetAtomic(atomic));
    const Status written = writer->Write(Pairs(table, {{2, atomic ? "y" : "x"}, {3, atomic ? "d" : "c"}}));
    ASSERT_TRUE(written) << written.error().ToString();
    const Status committed = writer->Commit(Line(2, chunk));
    ASSERT_TRUE(committed) << committed.error().ToString();
  }
  EXPECT_EQ(Ask("SELECT GROUP_CONCAT(CONCAT(id, v, extra) ORDER BY id) FROM dst"), "1a100,2y200,3d7");
  // A collision in the other unique index must not overwrite row 1.
  auto writer = WriterFor(*target, table, WriteMode::kUpsert, {"id"});
  ASSERT_TRUE(*writer->Begin(Key("c3")));
  ASSERT_TRUE(writer->Write(Pairs(table, {{5, "a"}})));
  const Status refused = writer->Commit(Line(1, "c3"));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().Is(codes::kDataRefused)) << refused.error().ToString();
  EXPECT_FALSE(
      target->OpenWriter({.table = &table, .schema = SchemaOf(table), .mode = WriteMode::kUpsert, .key = {"v", "id"}}));
}

TEST_F(MysqlWrite, WithoutLocalInfileRowsGoByInsert) {
  Run("CREATE TABLE dst (id int primary key, v longtext)");
  const std::string before = Ask("SELECT @@global.local_infile");
  Run("SET GLOBAL local_infile = 0");
  auto target = OpenTargetHere();
  const Table table = TableNamed("dst");
  auto writer = WriterFor(*target, table);
  ASSERT_TRUE(*writer->Begin(Key()));
  const std::string large(3 << 20, 'x');
  const Status written =
      writer->Write(Pairs(table, {{1, large}, {2, large}, {3, "it's"}, {4, std::nullopt}, {5, large}}));
  Run("SET GLOBAL local_infile = " + before);
  ASSERT_TRUE(written) << written.error().ToString();
  ASSERT_TRUE(writer->Commit(Line(5)));
  EXPECT_EQ(Ask("SELECT SUM(LENGTH(v)) FROM dst"), std::to_string(3 * large.size() + 4));
}

TEST_F(MysqlWrite, TriggersAndForeignKeysAreNoted) {
  Run("CREATE TABLE parent (id int primary key)");
  Run("CREATE TABLE dst (id int primary key, v varchar(3), p int, foreign key (p) references parent (id))");
  Run("CREATE TRIGGER noisy AFTER INSERT ON dst FOR EACH ROW SET @x = 1");
  auto target = OpenTargetHere();
  const Table table = TableNamed("dst");
  const LoadNotes notes = WriterFor(*target, table)->notes();
  EXPECT_TRUE(notes.foreign_keys_bypassed);
  ASSERT_EQ(notes.warnings.size(), 1u);
  EXPECT_TRUE(notes.warnings[0].contains("noisy"));
}

TEST_F(MysqlWrite, SwapTakesForeignKeysAlongAndBack) {
  Run("CREATE TABLE p (id int primary key)");
  Run("CREATE TABLE c (id int primary key, p int, constraint fk1 foreign key (p) references p (id) on delete cascade)");
  Run("CREATE TABLE outside (id int primary key, p int, constraint fk2 foreign key (p) references p (id))");
  Run("INSERT INTO p VALUES (1)");
  auto target = OpenTargetHere();
  std::vector<SwapTable> swaps;
  for (const char* name : {"p", "c"}) {
    const TableName live{"", name};
    swaps.push_back({live, target->ShadowName(live, "run1"), target->AsideName(live, "run1")});
  }
  Run("CREATE TABLE " + QuoteName(swaps[0].shadow) + " (id int primary key, fresh int)");
  Run("CREATE TABLE " + QuoteName(swaps[1].shadow) + " (id int primary key, p int)");
  Table child;
  child.name = swaps[1].shadow;
  child.foreign_keys.push_back({.name = "fk1", .columns = {"p"}, .parent = {"", "p"}, .parent_columns = {"id"}});
  for (const DdlStep& step : target->dialect().ForeignKeySteps(child)) {
    ASSERT_TRUE(target->Execute(step.statements));
    ASSERT_TRUE(target->Execute(step.statements)) << "again";
  }
  EXPECT_TRUE(target->SwapBlockers({{"", "p"}, {"", "c"}})->empty());
  for (int attempt = 0; attempt < 2; ++attempt) {
    const Status swapped = target->Swap(swaps);
    ASSERT_TRUE(swapped) << swapped.error().ToString();
  }
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'p'"),
            "2");
  EXPECT_EQ(Ask("SELECT GROUP_CONCAT(CONCAT(table_name, '>', referenced_table_name) ORDER BY 1) FROM "
                "information_schema.referential_constraints WHERE constraint_schema = DATABASE() AND table_name NOT "
                "LIKE '\\_%'"),
            "c>p,outside>p");
  for (int attempt = 0; attempt < 2; ++attempt) {
    const Status back = target->SwapBack(swaps);
    ASSERT_TRUE(back) << back.error().ToString();
  }
  EXPECT_EQ(
      Ask("SELECT GROUP_CONCAT(table_name ORDER BY 1) FROM information_schema.tables WHERE table_schema = DATABASE() "
          "AND table_name NOT LIKE 'migrateiq%'"),
      "c,outside,p");
  EXPECT_EQ(Ask("SELECT GROUP_CONCAT(CONCAT(table_name, '>', referenced_table_name) ORDER BY 1) FROM "
                "information_schema.referential_constraints WHERE constraint_schema = DATABASE()"),
            "c>p,outside>p");
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM p"), "1");
}

TEST_F(MysqlWrite, ForeignKeyNamesHeldByAnotherTable) {
  Run("CREATE TABLE p (id int primary key)");
  Run("CREATE TABLE old (id int primary key, p int, constraint fk1 foreign key (p) references p (id))");
  Run("CREATE TABLE fresh (id int primary key, p int)");
  auto target = OpenTargetHere();
  const std::string add = "ALTER TABLE `fresh` ADD CONSTRAINT `fk1` FOREIGN KEY (`p`) REFERENCES `p` (`id`)";
  const Status added = target->Execute({add});
  ASSERT_TRUE(added) << added.error().ToString();
  EXPECT_EQ(Ask("SELECT constraint_name FROM information_schema.referential_constraints WHERE constraint_schema = "
                "DATABASE() AND table_name = 'fresh'"),
            "fk1_2");
  EXPECT_FALSE(target->Execute({"ALTER TABLE `fresh` ADD CONSTRAINT `x` FOREIGN KEY (`p`) REFERENCES `p` (`no`)"}));
}

TEST_F(MysqlWrite, JournalAndForget) {
  auto target = OpenTargetHere();
  ASSERT_TRUE(target->AppendJournal("r1", {1, "create_table", "`a`", "{\"x\": \"\\\\\"}", false}));
  ASSERT_TRUE(target->AppendJournal("r1", {1, "create_table", "`a`", "{\"x\": \"\\\\\"}", true}));
  ASSERT_TRUE(target->AppendJournal("r2", {1, "create_table", "`b`", "", false}));
  const auto entries = target->ReadJournal("r1");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 1u);
  EXPECT_TRUE((*entries)[0].done);
  EXPECT_EQ((*entries)[0].detail, "{\"x\": \"\\\\\"}");
  ASSERT_TRUE(target->ForgetRun("r1"));
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM migrateiq_journal"), "1");
  ASSERT_TRUE(target->ForgetRun("r2"));
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"), "0");
  EXPECT_TRUE(target->ForgetRun("r2"));
}

TEST_F(MysqlWrite, CreatesTheDatabaseWhenAsked) {
  Url url = url_;
  url.path = database_ + "_new";
  EXPECT_TRUE(OpenTarget(url, {}).error().Is(codes::kConnDatabase));
  auto target = OpenTarget(url, {.create_database = true});
  ASSERT_TRUE(target) << target.error().ToString();
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = " + QuoteText(url.path)), "1");
  Run("DROP DATABASE " + QuoteName(url.path));
}

/// A catalog goes through the dialect's own DDL and comes back the same.
TEST_F(MysqlWrite, TheDdlMakesWhatWasDiscovered) {
  Run("CREATE TABLE p (id int unsigned auto_increment primary key, k char(3) character set ascii not null, "
      "n int default 5, tx text default 'a''b', at datetime(6) not null default current_timestamp(6) on update "
      "current_timestamp(6), ts timestamp null default null, twice int as (n * 2) stored, half int as (n / 2) virtual, "
      "j json, e enum('a','b') default 'b', bits bit(4) default b'101', u uuid default uuid(), "
      "unique key uq (k, n), key ix (tx(10), n desc), fulltext key ft (tx), check (n > 0)) comment 'it''s' "
      "auto_increment = 50");
  Run("CREATE TABLE c (a int, b varchar(40) collate utf8mb4_unicode_ci, id bigint auto_increment, p int unsigned, "
      "primary key (a, b), key (id), constraint fkc foreign key (p) references p (id) on delete set null)");
  Run("CREATE TABLE pt (d date, primary key (d)) PARTITION BY RANGE (YEAR(d)) (PARTITION p0 VALUES LESS THAN (2000), "
      "PARTITION p1 VALUES LESS THAN MAXVALUE)");
  auto source = OpenSourceHere();
  const Catalog before = DiscoverAll(*source);
  auto target = OpenTargetHere();
  const Dialect& dialect = target->dialect();
  Run("SET foreign_key_checks = 0");
  Run("DROP TABLE p, c, pt");
  using Steps = std::vector<DdlStep> (Dialect::*)(const Table&) const;
  for (const Steps make :
       {&Dialect::CreateSteps, &Dialect::IndexSteps, &Dialect::ForeignKeySteps, &Dialect::FinishSteps}) {
    for (Table table : before.tables) {
      for (CatalogColumn& column : table.columns) {
        column.native = dialect.ChooseType(column, {.table = &table, .source_dialect = "mysql"}).native;
      }
      for (const DdlStep& step : (dialect.*make)(table)) {
        const Status done = target->Execute(step.statements);
        EXPECT_TRUE(done) << done.error().ToString();
      }
    }
  }
  const Catalog after = DiscoverAll(*OpenSourceHere());
  ASSERT_EQ(after.tables.size(), before.tables.size());
  for (size_t t = 0; t < before.tables.size(); ++t) {
    const Table &a = before.tables[t], &b = after.tables[t];
    ASSERT_EQ(a.columns.size(), b.columns.size());
    for (size_t c = 0; c < a.columns.size(); ++c) {
      const CatalogColumn &x = a.columns[c], &y = b.columns[c];
      EXPECT_EQ(x.native, y.native) << x.name;
      EXPECT_EQ(x.type, y.type) << x.name;
      EXPECT_EQ(x.default_sql, y.default_sql) << x.name;
      EXPECT_EQ(x.generated_sql, y.generated_sql) << x.name;
      EXPECT_EQ(x.generated_stored, y.generated_stored) << x.name;
      EXPECT_EQ(x.collation, y.collation) << x.name;
      EXPECT_EQ(x.nullable, y.nullable) << x.name;
      EXPECT_EQ(x.on_update_now, y.on_update_now) << x.name;
      EXPECT_EQ(x.identity_next, y.identity_next) << x.name;
    }
    EXPECT_EQ(a.comment, b.comment);
    EXPECT_EQ(a.partitioning, b.partitioning);
    EXPECT_EQ(a.indexes.size(), b.indexes.size());
    EXPECT_EQ(a.checks.size(), b.checks.size());
    EXPECT_EQ(a.foreign_keys.size(), b.foreign_keys.size());
  }
}

TEST_F(MysqlWrite, DoctorSpeaks) {
  const auto found = Registry::Instance().Find("mariadb");
  ASSERT_TRUE(found);
  const auto findings = (*found)->Doctor(url_);
  EXPECT_GE(findings.size(), 6u);
  Url wrong = url_;
  wrong.password = "no";
  const auto blocked = (*found)->Doctor(wrong);
  ASSERT_EQ(blocked.size(), 1u);
  EXPECT_EQ(blocked[0].level, DoctorFinding::Level::kBlocks);
  EXPECT_FALSE(blocked[0].message.contains(url_.password));
}

}  // namespace
}  // namespace migrateiq::mysql
