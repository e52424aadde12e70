#include <algorithm>

#include "connectors/postgres/postgres_test_support.hpp"

namespace migrateiq::postgres {
namespace {

using PostgresTypes = PostgresDb;

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

TEST_F(PostgresTypes, ReadsEveryTypeAsTheServerPrintsIt) {
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
    select += (select.empty() ? "" : " || '|' || ") + ("coalesce(" + text + ", '~')");
  }
  RowsRead all = Read({.table = table, .columns = columns, .where = "id <> 2"});
  std::ranges::sort(all.lines);
  const auto rows = target_->Query("SELECT " + select + " FROM s.types WHERE id <> 2 ORDER BY 1");
  ASSERT_TRUE(rows) << rows.error().ToString();
  ASSERT_EQ(all.lines.size(), rows->size());
  for (size_t i = 0; i < all.lines.size(); ++i) EXPECT_EQ(all.lines[i], rows->at(i)[0]);
}

TEST_F(PostgresTypes, TypesSurviveACopyExactly) {
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
TEST_F(PostgresTypes, BinaryTypesSurviveACopyExactly) {
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

TEST_F(PostgresTypes, RelayedTuplesHaveTheDigestOfTheirBatch) {
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

}  // namespace
}  // namespace migrateiq::postgres
