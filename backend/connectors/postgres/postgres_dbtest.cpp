#include <gtest/gtest.h>

#include <cstdlib>
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
  const std::string host = text.substr(at == std::string::npos ? 0 : at + 1, slash - (at == std::string::npos ? 0 : at + 1));
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
          if (batch.columns[c].IsNull(row)) line += "NULL";
          else text::AppendValue(line, batch.columns[c], row);
        }
        all.text.push_back(std::move(line));
      }
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
  const std::vector<std::string> columns = {"id", "i2", "i8", "n", "n2", "p", "t", "v", "y", "u", "j", "m", "a", "ta", "bi", "vb",
                                            "mo", "ip", "r", "x", "pr", "d", "tz", "ts"};
  std::string select;
  for (const std::string& column : columns) select += (select.empty() ? "" : " || '|' || ") + ("coalesce(" + column + "::text, 'NULL')");
  const ReadAll all = Read({.table = table, .columns = columns, .where = "id <= 3 ORDER BY id"});
  const auto wanted = target_->Query("SELECT " + select + " FROM s.types WHERE id <= 3 ORDER BY id");
  ASSERT_TRUE(wanted) << wanted.error().ToString();
  EXPECT_EQ(all.rows, 3);
}

TEST_F(PostgresDb, TypesSurviveACopyExactly) {
  Run(kTypesTable);
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"s", "types"});
  Table into = table;
  into.name.name = "copy";
  for (const DdlStep& step : target_->dialect().CreateSteps(into)) {
    const Status done = target_->Execute(step.statements);
    ASSERT_TRUE(done) << done.error().ToString();
  }
  Copy(table, into);
  EXPECT_EQ(Ask("SELECT count(*) FROM s.types a JOIN s.copy b USING (id) WHERE a::text = b::text"), "4");
  EXPECT_EQ(Read({.table = &table}).digest, Read({.table = &into}).digest);
}

}  // namespace
}  // namespace migrateiq::postgres
