#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>
#include <thread>

#include "connectors/postgres/postgres_dialect.hpp"
#include "connectors/postgres/postgres_session.hpp"
#include "connectors/postgres/postgres_source.hpp"
#include "connectors/postgres/postgres_target.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::postgres {
namespace {

/// "postgresql://user:password@host:port/database" without escapes, which is all a test server needs.
Url ParseTestUrl(std::string text) {
  Url url{.scheme = "postgresql", .redacted = "postgresql://(test server)"};
  text.erase(0, text.find("://") + 3);
  if (const size_t question = text.find('?'); question != std::string::npos) text.resize(question);
  const size_t at = text.rfind('@'), slash = text.rfind('/');
  const std::string login = at == std::string::npos ? "" : text.substr(0, at);
  const std::string host =
      text.substr(at == std::string::npos ? 0 : at + 1, slash - (at == std::string::npos ? 0 : at + 1));
  url.path = text.substr(slash + 1);
  url.user = login.substr(0, login.find(':'));
  if (login.find(':') != std::string::npos) url.password = login.substr(login.find(':') + 1);
  url.host = host.substr(0, host.find(':'));
  if (host.find(':') != std::string::npos) url.port = host.substr(host.find(':') + 1);
  return url;
}

/// Each test has a database of its own.
class PostgresDb : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* server = std::getenv("MIQ_TEST_POSTGRES");
    if (server == nullptr) GTEST_SKIP() << "MIQ_TEST_POSTGRES is not set";
    maintenance_ = ParseTestUrl(server);
    url_ = maintenance_;
    url_.path = std::string("miq_pg_") + ::testing::UnitTest::GetInstance()->current_test_info()->name();
    OnServer("DROP DATABASE IF EXISTS " + QuoteIdentifier(url_.path) + " WITH (FORCE)");
    auto target = PostgresTarget::Open(url_, {.create_database = true});
    ASSERT_TRUE(target) << target.error().ToString();
    target_ = std::move(*target);
    ASSERT_TRUE(target_->Prepare());
  }

  void TearDown() override {
    if (url_.path.empty()) return;
    source_.reset();
    target_.reset();
    OnServer("DROP DATABASE IF EXISTS " + QuoteIdentifier(url_.path) + " WITH (FORCE)");
  }

  void OnServer(const std::string& sql) {
    auto session = Session::Open(maintenance_, {});
    ASSERT_TRUE(session) << session.error().ToString();
    const Status done = (*session)->Execute(sql);
    ASSERT_TRUE(done) << done.error().ToString();
  }

  void Run(const std::string& sql) {
    const Status done = target_->Execute({sql});
    ASSERT_TRUE(done) << done.error().ToString() << "\n" << sql;
  }

  std::string Ask(const std::string& sql) {
    const auto rows = target_->Query(sql);
    if (!rows) return rows.error().ToString();
    return rows->empty() ? "(none)" : rows->front().front().value_or("NULL");
  }

  Source& OpenSource() {
    auto source = PostgresSource::Open(url_, {});
    EXPECT_TRUE(source) << source.error().ToString();
    source_ = std::move(*source);
    return *source_;
  }

  Catalog Discover() {
    auto catalog = OpenSource().Discover({});
    EXPECT_TRUE(catalog) << catalog.error().ToString();
    return std::move(*catalog);
  }

  struct ReadAll {
    Digest digest;
    int64_t rows = 0;
    std::vector<std::string> text;  ///< first rows, values joined by '|'
  };

  ReadAll Read(const ReadRequest& request, const std::string& bounds = "all", int slot = 0) {
    ReadAll all;
    auto reader = source_->OpenReader(request, {bounds}, slot);
    EXPECT_TRUE(reader) << reader.error().ToString();
    if (!reader) return all;
    Batch batch((*reader)->schema());
    RowEncoder encoder;
    while (true) {
      const auto more = (*reader)->Next(batch);
      EXPECT_TRUE(more) << more.error().ToString();
      if (!more || !*more) return all;
      AddToDigest(batch, encoder, all.digest);
      all.rows += batch.rows;
      for (int64_t row = 0; row < batch.rows && all.text.size() < 100; ++row) {
        std::string line;
        for (size_t c = 0; c < batch.columns.size(); ++c) {
          if (c != 0) line += '|';
          if (batch.columns[c].IsNull(row))
            line += "NULL";
          else
            text::AppendValue(line, batch.columns[c], row);
        }
        all.text.push_back(std::move(line));
      }
    }
  }

  void Make(const Table& table) {
    for (const DdlStep& step : target_->dialect().CreateSteps(table)) {
      const Status done = target_->Execute(step.statements);
      ASSERT_TRUE(done) << done.error().ToString() << step.statements.back();
    }
  }

  /// Copies `table` of the source into `into`, one chunk, through batches.
  void Copy(const Table& table, const Table& into) {
    auto reader = source_->OpenReader({.table = &table}, {"all"}, 0);
    ASSERT_TRUE(reader) << reader.error().ToString();
    auto writer = target_->OpenWriter({.table = &into, .schema = (*reader)->schema()});
    ASSERT_TRUE(writer) << writer.error().ToString();
    const auto begun = (*writer)->Begin({"r", into.name.ToString(), "1"});
    ASSERT_TRUE(begun) << begun.error().ToString();
    Batch batch((*reader)->schema());
    while (true) {
      const auto more = (*reader)->Next(batch);
      ASSERT_TRUE(more) << more.error().ToString();
      if (!*more) break;
      const Status written = (*writer)->Write(batch);
      ASSERT_TRUE(written) << written.error().ToString();
    }
    const Status committed = (*writer)->Commit({.key = {"r", into.name.ToString(), "1"}});
    ASSERT_TRUE(committed) << committed.error().ToString();
  }

  Url maintenance_, url_;
  std::unique_ptr<Target> target_;
  std::unique_ptr<Source> source_;
};

constexpr const char* kTypesTable = R"(
CREATE SCHEMA s;
CREATE TYPE s."Mood" AS ENUM ('sad', 'so so', 'happy');
CREATE DOMAIN s.price AS numeric(12,2) CHECK (VALUE >= 0);
CREATE TYPE s.pair AS (a int, b text);
CREATE TABLE s.types (
  id int PRIMARY KEY, b boolean, i2 smallint, i8 bigint, f4 real, f8 double precision, n numeric, n2 numeric(40,10), p s.price,
  t text, v varchar(20), c char(5), y bytea, d date, tm time(3), tz timetz, ts timestamp, tsz timestamptz, iv interval,
  u uuid, j json, jb jsonb, m s."Mood", a int[], ta text[], bi bit(3), vb varbit, mo money, ip inet, r int4range, x xml, pr s.pair);
INSERT INTO s.types VALUES
 (1, true, -32768, 9223372036854775807, 'NaN', '-0', 'NaN', -123456789012345678901234567890.0123456789, 19.90,
  E'tab\t "q" \\ nl\n', 'grüße 😀', 'ab', '\x00ff5c', 'infinity', '24:00', '10:11:12.5+02', '-infinity', 'infinity', '1 year -2 mons 3 days -04:05:06.7',
  '00112233-4455-6677-8899-aabbccddeeff', '{"b":1, "a":1}', '{"b":1, "a":1.50}', 'so so', '{1,NULL,3}', '{"a,b",NULL,"\"q\""}',
  '101', '1', '12.34', '10.0.0.1/8', '[1,5)', '<a/>', '(1,"x,y")'),
 (2, false, 32767, -9223372036854775808, '3.4e38', '1e-300', 0.000000000000000000001, 0, 0, '', '', '', '', '0044-03-15 BC', '00:00', '00:00Z',
  '0001-01-01 00:00:00 BC', '294246-12-31 23:59:59.999999+00', '-178000000 years', '00000000-0000-0000-0000-000000000000', '[]', '"\\u00e9"', 'sad', '{}',
  '{}', '000', '', '-0.01', '::1', 'empty', '<b>t</b>', '(,)'),
 (3, NULL, 0, 0, '-Infinity', 'Infinity', 100000000, 0.5, 1, 'x', 'y', 'z', 'abc', '5874897-12-31', '23:59:59.999', '23:59:59-12', '2001-02-03 04:05:06.789',
  '2001-02-03 04:05:06.789+05', '0', NULL, 'null', 'null', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 (4, NULL, NULL, NULL, NULL, NULL, 'Infinity', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL);
)";

TEST_F(PostgresDb, ReadsEveryTypeAsTheServerPrintsIt) {
  Run(kTypesTable);
  const Catalog catalog = Discover();
  const Table* table = catalog.Find({"s", "types"});
  ASSERT_NE(table, nullptr);
  // Columns whose text form is the same here and in the server.
  const std::vector<std::string> columns = {"id", "i2", "i8", "n",  "n2", "p",  "t",  "v",  "c",  "y", "d", "u", "j",
                                            "jb", "m",  "a",  "ta", "bi", "vb", "tz", "mo", "ip", "r", "x", "pr"};
  std::string select;
  for (const std::string& column : columns) {
    const std::string text = column == "c" ? "rpad(c::text, 5)" : QuoteIdentifier(column) + "::text";
    select += (select.empty() ? "" : " || '|' || ") + ("coalesce(" + text + ", 'NULL')");
  }
  ReadAll all = Read({.table = table, .columns = columns, .where = "id <> 2"});
  std::ranges::sort(all.text);
  const auto rows = target_->Query("SELECT " + select + " FROM s.types WHERE id <> 2 ORDER BY 1");
  ASSERT_TRUE(rows) << rows.error().ToString();
  ASSERT_EQ(all.text.size(), rows->size());
  for (size_t i = 0; i < all.text.size(); ++i) EXPECT_EQ(all.text[i], rows->at(i)[0]);
}

TEST_F(PostgresDb, TypesSurviveACopyExactly) {
  Run(kTypesTable);
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"s", "types"});
  Table into = table;
  into.name.name = "copy";
  Make(into);
  Copy(table, into);
  EXPECT_EQ(Ask("SELECT count(*) FROM s.types one JOIN s.copy two USING (id) WHERE one::text = two::text"), "4");
  EXPECT_EQ(Read({.table = &table}).digest, Read({.table = &into}).digest);
}

/// The same without the types that travel as text: binary COPY on both ways.
Table BinaryPart(const Table& table) {
  Table part = table;
  std::erase_if(part.columns, [](const CatalogColumn& column) { return MakeWireColumn(column).wire == Wire::kAsText; });
  return part;
}

TEST_F(PostgresDb, BinaryTypesSurviveACopyExactly) {
  Run(kTypesTable);
  const Catalog catalog = Discover();
  const Table table = BinaryPart(*catalog.Find({"s", "types"}));
  EXPECT_GT(table.columns.size(), 20U);
  Table into = table;
  into.name.name = "copy";
  Make(into);
  Copy(table, into);
  std::string list;
  for (const CatalogColumn& column : table.columns)
    list += (list.empty() ? "" : ", ") + QuoteIdentifier(column.name) + "::text";
  EXPECT_EQ(
      Ask("SELECT count(*) FROM (SELECT " + list + " FROM s.types INTERSECT ALL SELECT " + list + " FROM s.copy) q"),
      "4");
  EXPECT_EQ(Read({.table = &table}).digest, Read({.table = &into}).digest);
}

TEST_F(PostgresDb, RelayedTuplesHaveTheDigestOfTheirBatch) {
  Run(kTypesTable);
  const Catalog catalog = Discover();
  const Table table = BinaryPart(*catalog.Find({"s", "types"}));
  Table into = table;
  into.name.name = "copy";
  Make(into);
  auto reader = source_->OpenReader({.table = &table}, {"all"}, 0);
  ASSERT_TRUE(reader);
  ASSERT_TRUE((*reader)->raw_format().starts_with("pgcopy:int4,bool,")) << (*reader)->raw_format();
  auto writer =
      target_->OpenWriter({.table = &into, .schema = (*reader)->schema(), .raw_format = (*reader)->raw_format()});
  ASSERT_TRUE(writer) << writer.error().ToString();
  ASSERT_TRUE((*writer)->Begin({"r", "t", "1"}));
  RawBatch raw;
  Digest digest;
  while (true) {
    const auto more = (*reader)->NextRaw(raw, digest);
    ASSERT_TRUE(more) << more.error().ToString();
    if (!*more) break;
    ASSERT_TRUE((*writer)->WriteRaw(raw));
  }
  ASSERT_TRUE((*writer)->Commit({.key = {"r", "t", "1"}}));
  EXPECT_EQ(digest, Read({.table = &table}).digest);
  EXPECT_EQ(digest, Read({.table = &into}).digest);
  Table other = into;
  other.columns[2].native = "integer";
  EXPECT_FALSE(
      target_->OpenWriter({.table = &other, .schema = (*reader)->schema(), .raw_format = (*reader)->raw_format()}));
}

TEST_F(PostgresDb, SplitsCoverEveryRowOnce) {
  Run("CREATE TABLE t (id int, v text); INSERT INTO t SELECT i, repeat('x', i % 100) FROM generate_series(1, 60000) i; "
      "ANALYZE t");
  Run("DELETE FROM t WHERE id BETWEEN 1000 AND 30000");
  const Catalog catalog = Discover();
  const ReadRequest request{.table = catalog.Find({"public", "t"})};
  const auto splits = source_->PlanSplits(request, {.target_rows = 5000});
  ASSERT_TRUE(splits) << splits.error().ToString();
  EXPECT_GT(splits->size(), 4U);
  Run("INSERT INTO t SELECT i, 'later' FROM generate_series(1, 20000) i");
  ReadAll sum;
  for (const Split& split : *splits) {
    const ReadAll part = Read(request, split.bounds);
    sum.digest.Add(part.digest);
    sum.rows += part.rows;
  }
  EXPECT_EQ(sum.digest, Read(request).digest);
  EXPECT_EQ(std::to_string(sum.rows), Ask("SELECT count(*) FROM t"));
}

TEST_F(PostgresDb, SplitsOfPartitionsCoverAlsoThoseAddedLater) {
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
  for (const Split& split : *splits) rows += Read(request, split.bounds).rows;
  EXPECT_EQ(rows, 40000);
  Run("DELETE FROM t WHERE id = 90000");
  Table into = *request.table;
  into.name.schema = "elsewhere";
  Make(into);
  Copy(*request.table, into);
  EXPECT_EQ(Ask("SELECT count(*) FROM elsewhere.t2d"), "20000");
}

TEST_F(PostgresDb, AllReadersSeeTheHeldMoment) {
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

TEST_F(PostgresDb, AReaderDroppedEarlyLeavesItsSlotInTheMoment) {
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
  EXPECT_EQ(Read(request).rows, 200000);
}

TEST_F(PostgresDb, AChunkIsCommittedOnce) {
  Run("CREATE TABLE t (id int)");
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"public", "t"});
  const auto schema = std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)}}});
  Batch batch(schema);
  batch.columns[0].Append(int32_t{7});
  batch.rows = 1;
  auto first = target_->OpenWriter({.table = &table, .schema = schema});
  auto second = target_->OpenWriter({.table = &table, .schema = schema});
  ASSERT_TRUE(first && second);
  const ChunkKey key{"run", "public.t", "c1"};
  ASSERT_TRUE(*(*first)->Begin(key));
  ASSERT_TRUE((*first)->Write(batch));
  std::optional<bool> begun;
  std::thread waiting([&] { begun = *(*second)->Begin(key); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_FALSE(begun.has_value());
  LedgerLine line{.key = key, .rows_read = 1, .rows_written = 1, .bytes = 8, .details = R"({"a": "it's \\"})"};
  line.digest.Add(1, 2);
  ASSERT_TRUE((*first)->Commit(line));
  waiting.join();
  EXPECT_EQ(begun, false);
  const auto lines = target_->ReadLedger("run");
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 1U);
  EXPECT_EQ(lines->front().digest, line.digest);
  EXPECT_EQ(lines->front().details, line.details);
  EXPECT_EQ(Ask("SELECT count(*) FROM t"), "1");
  ASSERT_TRUE(*(*second)->Begin({"run", "public.t", "c2"}));
  ASSERT_TRUE((*second)->Write(batch));
  second->reset();
  EXPECT_EQ(Ask("SELECT count(*) FROM t"), "1");
  ASSERT_TRUE(target_->EmptyTable("run", "public.t", {"public", "t"}));
  EXPECT_TRUE(target_->ReadLedger("run")->empty());
  ASSERT_TRUE(target_->ForgetRun("run"));
  EXPECT_EQ(Ask("SELECT to_regnamespace('migrateiq')"), "NULL");
}

TEST_F(PostgresDb, RefusedRowsLeaveTheChunkUsableInAtomicMode) {
  Run("CREATE TABLE t (id int PRIMARY KEY, v varchar(3) CHECK (v <> 'bad'))");
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"public", "t"});
  const auto schema =
      std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)}, {"v", LogicalType::String(3)}}});
  auto writer = target_->OpenWriter({.table = &table, .schema = schema});
  ASSERT_TRUE(writer);
  const auto batch = [&](int id, const char* text) {
    Batch made(schema);
    made.columns[0].Append(int32_t{id});
    made.columns[1].AppendBytes(text);
    made.rows = 1;
    return made;
  };
  ASSERT_TRUE(*(*writer)->Begin({"r", "t", "1"}));
  ASSERT_TRUE((*writer)->Write(batch(1, "bad")));
  const Status streamed = (*writer)->Commit({.key = {"r", "t", "1"}});
  ASSERT_FALSE(streamed);
  EXPECT_TRUE(streamed.error().Is(codes::kDataRefused)) << streamed.error().ToString();
  (*writer)->Abort();
  ASSERT_TRUE(*(*writer)->Begin({"r", "t", "1"}));
  ASSERT_TRUE((*writer)->SetAtomic(true));
  EXPECT_TRUE((*writer)->Write(batch(1, "ok")));
  const Status twice = (*writer)->Write(batch(1, "ok"));
  ASSERT_FALSE(twice);
  EXPECT_TRUE(twice.error().Is(codes::kDataRefused));
  EXPECT_NE(twice.error().message.find("t_pkey"), std::string::npos) << twice.error().message;
  const Status bad = (*writer)->Write(batch(2, "bad"));
  ASSERT_FALSE(bad);
  EXPECT_TRUE(bad.error().Is(codes::kDataRefused));
  const Status too_long = (*writer)->Write(batch(3, "long"));
  ASSERT_FALSE(too_long);
  EXPECT_TRUE(too_long.error().Is(codes::kDataRefused));
  EXPECT_EQ(too_long.error().column, "v");
  EXPECT_TRUE((*writer)->Write(batch(4, "ok")));
  const Status committed = (*writer)->Commit({.key = {"r", "t", "1"}});
  ASSERT_TRUE(committed) << committed.error().ToString();
  EXPECT_EQ(Ask("SELECT string_agg(id::text, ',' ORDER BY id) FROM t"), "1,4");
}

TEST_F(PostgresDb, UpsertUpdatesWhatIsThere) {
  Run("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text); INSERT INTO t (v) VALUES ('old'), "
      "('kept')");
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"public", "t"});
  const auto schema =
      std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)}, {"v", LogicalType::String()}}});
  for (const bool atomic : {false, true}) {
    auto writer = target_->OpenWriter({.table = &table, .schema = schema, .mode = WriteMode::kUpsert, .key = {"id"}});
    ASSERT_TRUE(writer) << writer.error().ToString();
    Batch batch(schema);
    for (const int id : {1, 5}) {
      batch.columns[0].Append(int32_t{id});
      batch.columns[1].AppendBytes(atomic ? "atomic" : "new");
      ++batch.rows;
    }
    const ChunkKey key{"r", "t", atomic ? "1" : "2"};
    ASSERT_TRUE(*(*writer)->Begin(key));
    ASSERT_TRUE((*writer)->SetAtomic(atomic));
    const Status written = (*writer)->Write(batch);
    ASSERT_TRUE(written) << written.error().ToString();
    const Status committed = (*writer)->Commit({.key = key});
    ASSERT_TRUE(committed) << committed.error().ToString();
    EXPECT_EQ(Ask("SELECT string_agg(id || v, ',' ORDER BY id) FROM t"),
              atomic ? "1atomic,2kept,5atomic" : "1new,2kept,5new");
  }
}

TEST_F(PostgresDb, TriggersOfExistingTablesKeepStill) {
  Run("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int REFERENCES p); CREATE TABLE log (id int);"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.log VALUES (NEW.id); RETURN "
      "NEW; END';"
      "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();"
      "CREATE TRIGGER b AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t ENABLE ALWAYS TRIGGER b");
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"public", "t"});
  const auto schema = std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)}}});
  auto writer = target_->OpenWriter({.table = &table, .schema = schema});
  ASSERT_TRUE(writer);
  EXPECT_TRUE((*writer)->notes().foreign_keys_bypassed);
  Batch batch(schema);
  batch.columns[0].Append(int32_t{1});
  batch.rows = 1;
  ASSERT_TRUE(*(*writer)->Begin({"r", "t", "1"}));
  ASSERT_TRUE((*writer)->Write(batch));
  const Status committed = (*writer)->Commit({.key = {"r", "t", "1"}});
  ASSERT_TRUE(committed) << committed.error().ToString();
  EXPECT_EQ(Ask("SELECT count(*) FROM t"), "1");
  EXPECT_EQ(Ask("SELECT count(*) FROM log"), "0");
  EXPECT_EQ(
      Ask("SELECT string_agg(tgname || tgenabled::text, ',' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal"),
      "aO,bA");
}

TEST_F(PostgresDb, SwapCarriesDependentsAndComesBack) {
  Run("CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, v text); CREATE INDEX t_v ON t (v); INSERT "
      "INTO t (v) VALUES ('old');"
      "CREATE TABLE child (t_id int REFERENCES t ON DELETE CASCADE); INSERT INTO child VALUES (1);"
      "CREATE VIEW v1 AS SELECT id, v FROM t; CREATE VIEW v2 AS SELECT count(*) AS n, max(v) AS v FROM v1; COMMENT ON "
      "VIEW v2 IS 'two';"
      "GRANT SELECT ON v2 TO PUBLIC; GRANT SELECT ON t TO PUBLIC;"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()");
  const Catalog catalog = Discover();
  const TableName live{"public", "t"};
  Table shadow = *catalog.Find(live);
  shadow.name = target_->ShadowName(live, "run1");
  const TableName aside = target_->AsideName(live, "run1");
  Make(shadow);
  for (const DdlStep& step : target_->dialect().IndexSteps(shadow))
    ASSERT_TRUE(target_->Execute(step.statements)) << step.statements[0];
  Run("INSERT INTO migrateiq_new_run1.t (id, v) VALUES (1, 'new'), (2, 'new too')");
  for (const DdlStep& step : target_->dialect().FinishSteps(shadow)) {
    const Status done = target_->Execute(step.statements);
    ASSERT_TRUE(done) << done.error().ToString();
  }
  const auto blockers = target_->SwapBlockers({live});
  ASSERT_TRUE(blockers) << blockers.error().ToString();
  EXPECT_TRUE(blockers->empty()) << blockers->front();
  const std::vector<SwapTable> tables = {{live, shadow.name, aside}};
  const Status swapped = target_->Swap(tables);
  ASSERT_TRUE(swapped) << swapped.error().ToString();
  EXPECT_TRUE(target_->Swap(tables));
  EXPECT_EQ(Ask("SELECT n || v FROM v2"), "2new too");
  EXPECT_EQ(Ask("SELECT obj_description('v2'::regclass) || has_table_privilege('pg_monitor', 'v2', 'SELECT') || "
                "has_table_privilege('pg_monitor', 't', 'SELECT')"),
            "twotruetrue");
  EXPECT_EQ(Ask("SELECT confrelid::regclass FROM pg_constraint WHERE conrelid = 'child'::regclass"), "t");
  EXPECT_EQ(Ask("INSERT INTO t (v) VALUES ('x') RETURNING id"), "3");
  EXPECT_EQ(Ask("SELECT count(*) FROM pg_trigger WHERE tgrelid = 't'::regclass AND NOT tgisinternal"), "1");
  EXPECT_EQ(Ask("SELECT to_regnamespace('migrateiq_new_run1')"), "NULL");
  EXPECT_EQ(Ask("SELECT to_regclass('public.t_v') IS NOT NULL"), "t");
  EXPECT_EQ(Discover().tables.size(), 2U);
  const Status back = target_->SwapBack(tables);
  ASSERT_TRUE(back) << back.error().ToString();
  EXPECT_EQ(Ask("SELECT n || v FROM v2"), "1old");
  EXPECT_EQ(Ask("SELECT to_regnamespace('migrateiq_old_run1')"), "NULL");
  EXPECT_EQ(Ask("SELECT confrelid::regclass FROM pg_constraint WHERE conrelid = 'child'::regclass"), "t");
  Run("CREATE MATERIALIZED VIEW mv AS SELECT * FROM v1");
  EXPECT_EQ(target_->SwapBlockers({live})->size(), 1U);
}

constexpr const char* kRichSchema = R"(
CREATE SCHEMA a;
CREATE TABLE a.parent (x int, y text, PRIMARY KEY (x, y));
CREATE TABLE a."Child Table" (
  id serial PRIMARY KEY, big bigint GENERATED ALWAYS AS IDENTITY (START 5), x int, y text, price numeric(12,2) DEFAULT 1.50 NOT NULL,
  doubled numeric GENERATED ALWAYS AS (price * 2) STORED, at timestamptz DEFAULT now(), tags text[] DEFAULT '{}', doc jsonb, note varchar(30) COLLATE "C",
  CONSTRAINT positive CHECK (price > 0), CONSTRAINT un UNIQUE NULLS NOT DISTINCT (x, price) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES a.parent MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE);
CREATE INDEX i1 ON a."Child Table" (lower(note), price DESC NULLS LAST) INCLUDE (at) WHERE price > 10;
CREATE INDEX i2 ON a."Child Table" USING gin (doc jsonb_path_ops);
CREATE INDEX i3 ON a."Child Table" (note text_pattern_ops, y COLLATE "C");
CREATE UNIQUE INDEX i4 ON a."Child Table" (upper(y));
COMMENT ON TABLE a."Child Table" IS 'it''s a table';
COMMENT ON COLUMN a."Child Table".note IS 'back\slash';
CREATE SEQUENCE a.free INCREMENT 10 START 100;
SELECT nextval('a.free');
SELECT setval('a."Child Table_id_seq"', 41);
CREATE VIEW a.v AS SELECT 1 AS one;
CREATE FUNCTION a.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TYPE a.pair AS (p int);
)";

std::string Steps(const Dialect& dialect, const Table& table) {
  std::string all;
  for (const auto& steps : {dialect.CreateSteps(table), dialect.IndexSteps(table), dialect.ForeignKeySteps(table)}) {
    for (const DdlStep& step : steps) {
      for (const std::string& statement : step.statements) all += statement + ";\n";
    }
  }
  return all;
}

TEST_F(PostgresDb, ASchemaIsDiscoveredAsItWasMade) {
  Run(kRichSchema);
  const Catalog catalog = Discover();
  ASSERT_EQ(catalog.tables.size(), 2U);
  const Table& table = *catalog.Find({"a", "Child Table"});
  EXPECT_EQ(table.Find("id")->identity, Identity::kByDefault);
  EXPECT_EQ(table.Find("id")->identity_next, "42");
  EXPECT_EQ(table.Find("big")->identity, Identity::kAlways);
  EXPECT_EQ(table.Find("big")->identity_next, "5");
  ASSERT_EQ(catalog.sequences.size(), 1U);
  EXPECT_EQ(catalog.sequences[0].next_value, "110");
  const std::string made = Steps(target_->dialect(), table);
  Run("ALTER SCHEMA a RENAME TO b; CREATE SCHEMA a; ALTER TABLE b.parent SET SCHEMA a; ALTER SEQUENCE b.free SET "
      "SCHEMA a");
  for (const auto& steps : {target_->dialect().CreateSteps(table), target_->dialect().IndexSteps(table),
                            target_->dialect().ForeignKeySteps(table), target_->dialect().FinishSteps(table),
                            target_->dialect().SequenceSteps(catalog.sequences[0])}) {
    for (const DdlStep& step : steps) {
      for (int repeat = 0; repeat < (step.kind == ObjectKind::kTable ? 1 : 2); ++repeat) {
        const Status done = target_->Execute(step.statements);
        ASSERT_TRUE(done) << done.error().ToString() << step.statements.back();
      }
    }
  }
  const Catalog again = Discover();
  EXPECT_EQ(Steps(target_->dialect(), *again.Find({"a", "Child Table"})), made);
  EXPECT_EQ(again.Find({"a", "Child Table"})->Find("id")->identity_next, "42");
  std::set<std::string> kinds;
  for (const OtherObject& other : again.others) kinds.insert(other.kind);
  for (const char* kind : {"view", "routine", "composite type", "database collation"})
    EXPECT_TRUE(kinds.contains(kind)) << kind;
  // On a second look at the same tables the dialect chooses the same types.
  for (const CatalogColumn& column : table.columns) {
    const TypeChoice choice = target_->dialect().ChooseType(column, {.table = &table, .source_dialect = "postgresql"});
    EXPECT_EQ(choice.native, column.native);
    EXPECT_EQ(choice.type, column.type);
  }
}

TEST_F(PostgresDb, AQueryIsReadWithItsOwnColumns) {
  Run("CREATE DOMAIN d AS numeric(5,1); CREATE TYPE e AS ENUM ('x', 'y'); CREATE TABLE t (a d, b e, c inet, n int[]); "
      "INSERT INTO t VALUES (1.5, 'y', '::1', '{2}')");
  OpenSource();
  const std::string sql = "SELECT a AS \"A a\", b, c, n, 1 + 1 AS two FROM t -- comment";
  const auto described = source_->DescribeQuery(sql);
  ASSERT_TRUE(described) << described.error().ToString();
  EXPECT_EQ(described->columns[0].type, LogicalType::Decimal(5, 1));
  EXPECT_EQ(described->columns[1].type.labels.size(), 2U);
  const ReadAll all = Read({.sql = sql, .where = "two = 2"});
  ASSERT_EQ(all.text.size(), 1U);
  EXPECT_EQ(all.text[0], "1.5|y|::1/128|{2}|2");
  EXPECT_EQ(*source_->CountRows({.sql = sql}), 1);
}

TEST_F(PostgresDb, AStopRequestEndsAWaitAtOnce) {
  std::stop_source stop;
  auto session = Session::Open(url_, {.stop = stop.get_token()});
  ASSERT_TRUE(session);
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.request_stop();
  });
  const auto begin = std::chrono::steady_clock::now();
  const Status slept = (*session)->Execute("SELECT pg_sleep(30)");
  later.join();
  ASSERT_FALSE(slept);
  EXPECT_TRUE(slept.error().Is(codes::kRunInterrupted));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(Ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()"),
            "0");
}

TEST_F(PostgresDb, ConnectionFailuresSayWhatIsWrong) {
  Url wrong = url_;
  wrong.path = "no such database";
  auto session = Session::Open(wrong, {});
  ASSERT_FALSE(session);
  EXPECT_TRUE(session.error().Is(codes::kConnDatabase)) << session.error().ToString();
  wrong.port = "1";
  session = Session::Open(wrong, {});
  ASSERT_FALSE(session);
  EXPECT_TRUE(session.error().Is(codes::kConnUnreachable)) << session.error().ToString();
  wrong = url_;
  wrong.user = "nobody there";
  session = Session::Open(wrong, {});
  ASSERT_FALSE(session);
  EXPECT_TRUE(session.error().Is(codes::kConnAuth)) << session.error().ToString();
}

TEST_F(PostgresDb, JournalAndNonEmpty) {
  ASSERT_TRUE(target_->Prepare());
  ASSERT_TRUE(target_->AppendJournal("r", {1, "create_table", "t", "{}", false}));
  ASSERT_TRUE(target_->AppendJournal("r", {1, "create_table", "t", "{}", true}));
  const auto journal = target_->ReadJournal("r");
  ASSERT_TRUE(journal);
  ASSERT_EQ(journal->size(), 1U);
  EXPECT_TRUE(journal->front().done);
  Run("CREATE TABLE full_one AS SELECT 1 AS a; CREATE TABLE empty_one (a int)");
  const auto found = target_->NonEmpty({{"public", "empty_one"}, {"public", "absent"}, {"public", "full_one"}});
  ASSERT_TRUE(found) << found.error().ToString();
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().name, "full_one");
  EXPECT_EQ(Discover().tables.size(), 2U);
  const Status failed = target_->Execute({"CREATE TABLE x (a int)", "CREATE TABLE x (a int)"});
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().Is(codes::kSchemaDdl));
  EXPECT_EQ(Ask("SELECT to_regclass('x')"), "NULL");
}

}  // namespace
}  // namespace migrateiq::postgres
