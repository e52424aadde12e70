#include <cmath>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "connectors/sqlite/sqlite_dialect.hpp"
#include "connectors/sqlite/sqlite_test_support.hpp"
#include "tests/support/read_rows.hpp"

namespace migrateiq::sqlite {
namespace {

using test_support::ReadSplit;
using test_support::RowsRead;

class SqliteTargetTest : public SqliteTest {
 protected:
  static Table TwoColumns(const std::string& name = "t") {
    Table table{.name = {.name = name}};
    table.columns.push_back(
        {.name = "id", .native = "INTEGER", .type = LogicalType::Of(TypeKind::kInt64), .nullable = false});
    table.columns.push_back({.name = "v", .native = "TEXT", .type = LogicalType::String()});
    table.primary_key.emplace().parts.push_back({.column = "id"});
    return table;
  }
  static SchemaPtr SchemaOf(const Table& table) {
    auto schema = std::make_shared<Schema>();
    for (const CatalogColumn& column : table.columns)
      schema->fields.push_back({column.name, column.type, column.nullable});
    return schema;
  }
  static Batch BatchOf(const SchemaPtr& schema, const std::vector<std::pair<int64_t, std::string>>& rows) {
    Batch batch(schema);
    for (const auto& [id, text] : rows) {
      batch.columns[0].Append<int64_t>(id);
      batch.columns[1].AppendBytes(text);
      ++batch.rows;
    }
    return batch;
  }
  static void Make(Target& target, const Table& table) {
    ASSERT_TRUE(target.Prepare());
    for (const auto& steps : {TheDialect().CreateSteps(table), TheDialect().IndexSteps(table)}) {
      for (const DdlStep& step : steps) {
        const Status done = target.Execute(step.statements);
        ASSERT_TRUE(done) << done.error().ToString();
      }
    }
  }
  static std::unique_ptr<Writer> WriterFor(Target& target, const Table& table, WriteMode mode = WriteMode::kInsert) {
    auto writer = target.OpenWriter({.table = &table, .schema = SchemaOf(table), .mode = mode, .key = {"id"}});
    EXPECT_TRUE(writer) << writer.error().ToString();
    return std::move(*writer);
  }
  static void Load(Target& target, const Table& table, const std::string& chunk,
                   const std::vector<std::pair<int64_t, std::string>>& rows, WriteMode mode = WriteMode::kInsert) {
    auto writer = WriterFor(target, table, mode);
    ASSERT_TRUE(writer->Begin({"run", "t", chunk}).value_or(false));
    const Status written = writer->Write(BatchOf(SchemaOf(table), rows));
    ASSERT_TRUE(written) << written.error().ToString();
    ASSERT_TRUE(writer->Commit({.key = {"run", "t", chunk}, .rows_written = static_cast<int64_t>(rows.size())}));
  }
};

TEST_F(SqliteTargetTest, ChunksAreWrittenOnce) {
  auto target = OpenTarget();
  const Table table = TwoColumns();
  Make(*target, table);
  Load(*target, table, "a", {{1, "x"}, {2, "y"}});
  auto writer = WriterFor(*target, table);
  EXPECT_FALSE(writer->Begin({"run", "t", "a"}).value_or(true));
  {
    auto dying = WriterFor(*target, table);
    ASSERT_TRUE(dying->Begin({"run", "t", "b"}).value_or(false));
    ASSERT_TRUE(dying->Write(BatchOf(SchemaOf(table), {{3, "z"}})));
  }
  EXPECT_EQ(Number("SELECT count(*) FROM t"), 2);
  const auto lines = target->ReadLedger("run");
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 1U);
  EXPECT_EQ(lines->front().rows_written, 2);
  ASSERT_TRUE(target->EmptyTable("run", "t", table.name));
  EXPECT_EQ(Number("SELECT count(*) FROM t"), 0);
  EXPECT_TRUE(target->ReadLedger("run")->empty());
  ASSERT_TRUE(target->ForgetRun("run"));
  EXPECT_EQ(Number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'migrateiq%'"), 0);
}

TEST_F(SqliteTargetTest, RefusedRowsLeaveAnAtomicChunkUsable) {
  auto target = OpenTarget();
  const Table table = TwoColumns();
  Make(*target, table);
  Load(*target, table, "a", {{1, "x"}});
  auto writer = WriterFor(*target, table);
  const SchemaPtr schema = SchemaOf(table);
  ASSERT_TRUE(writer->Begin({"run", "t", "b"}).value_or(false));
  ASSERT_TRUE(writer->SetAtomic(true));
  const Status refused = writer->Write(BatchOf(schema, {{5, "a"}, {1, "double"}, {6, "b"}}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code.code, codes::kDataRefused.code);
  ASSERT_TRUE(writer->Write(BatchOf(schema, {{6, "b"}})));
  ASSERT_TRUE(writer->Commit({.key = {"run", "t", "b"}}));
  EXPECT_EQ(Number("SELECT sum(id) FROM t"), 7);
}

TEST_F(SqliteTargetTest, UpsertChangesRowsByKey) {
  auto target = OpenTarget();
  const Table table = TwoColumns();
  Make(*target, table);
  Load(*target, table, "a", {{1, "old"}, {2, "kept"}});
  Load(*target, table, "b", {{1, "new"}, {3, "added"}}, WriteMode::kUpsert);
  EXPECT_EQ(Number("SELECT count(*) FROM t WHERE v IN ('new', 'kept', 'added')"), 3);
}

TEST_F(SqliteTargetTest, SwapKeepsNamesTriggersAndIndexesAndComesBack) {
  Sql(R"(CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE INDEX t_v ON t (v);
         CREATE TABLE log (x); CREATE TABLE child (id INTEGER REFERENCES t(id));
         CREATE TRIGGER audit AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END;
         CREATE VIEW seen AS SELECT v FROM t; INSERT INTO t VALUES (1, 'old'); DELETE FROM log)");
  auto target = OpenTarget();
  Table shadow = TwoColumns();
  const TableName live = shadow.name;
  shadow.name = target->ShadowName(live, "run");
  shadow.indexes.push_back({.name = "t_v", .parts = {{.column = "v", .descending = true}}});
  Make(*target, shadow);
  Load(*target, shadow, "a", {{7, "new"}});
  const std::vector<SwapTable> swap{{live, shadow.name, target->AsideName(live, "run")}};
  for (int twice = 0; twice < 2; ++twice) {
    const Status swapped = target->Swap(swap);
    ASSERT_TRUE(swapped) << swapped.error().ToString();
  }
  EXPECT_EQ(Number("SELECT count(*) FROM seen WHERE v = 'new'"), 1);
  EXPECT_EQ(Number("SELECT count(*) FROM sqlite_schema WHERE name = 't_v' AND tbl_name = 't' AND sql LIKE '%DESC%'"),
            1);
  EXPECT_EQ(Number("SELECT count(*) FROM log"), 0);
  Sql("INSERT INTO t VALUES (8, 'fires')");
  EXPECT_EQ(Number("SELECT count(*) FROM log"), 1);
  EXPECT_EQ(Number("SELECT count(*) FROM pragma_foreign_key_list('child') WHERE \"table\" = 't'"), 1);
  EXPECT_EQ(Discover().tables.size(), 3U);
  for (int twice = 0; twice < 2; ++twice) {
    const Status back = target->SwapBack(swap);
    ASSERT_TRUE(back) << back.error().ToString();
  }
  EXPECT_EQ(Number("SELECT count(*) FROM seen WHERE v = 'old'"), 1);
  EXPECT_EQ(
      Number("SELECT count(*) FROM sqlite_schema WHERE name = 't_v' AND tbl_name = 't' AND sql NOT LIKE '%DESC%'"), 1);
  EXPECT_EQ(Number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'migrateiq\\_aside%' ESCAPE '\\'"), 0);
  Sql("INSERT INTO t VALUES (9, 'fires')");
  EXPECT_EQ(Number("SELECT count(*) FROM log"), 2);
  EXPECT_EQ(Raw().QueryText("PRAGMA integrity_check").value_or(""), "ok");
}

TEST_F(SqliteTargetTest, TriggersDoNotFireWhileLoading) {
  Sql("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE log (x);"
      "CREATE TRIGGER audit AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END");
  auto target = OpenTarget();
  ASSERT_TRUE(target->Prepare());
  const Table table = TwoColumns();
  Load(*target, table, "a", {{1, "x"}});
  EXPECT_EQ(Number("SELECT count(*) FROM log"), 0);
  EXPECT_EQ(WriterFor(*target, table)->notes().warnings.size(), 1U);
}

TEST_F(SqliteTargetTest, LookingLeavesNoFile) {
  OpenTarget();
  EXPECT_FALSE(std::filesystem::exists(path_));
  ASSERT_TRUE(OpenTarget()->Prepare());
  EXPECT_TRUE(std::filesystem::exists(path_));
  EXPECT_EQ(Raw().QueryText("PRAGMA journal_mode").value_or(""), "delete");
}

TEST_F(SqliteTargetTest, JournalIsUpdatedInPlace) {
  auto target = OpenTarget();
  ASSERT_TRUE(target->AppendJournal("run", {.sequence = 1, .kind = "create_table", .object = "t"}));
  ASSERT_TRUE(target->AppendJournal("run", {.sequence = 1, .kind = "create_table", .object = "t", .done = true}));
  const auto entries = target->ReadJournal("run");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 1U);
  EXPECT_TRUE(entries->front().done);
}

TEST_F(SqliteTargetTest, StatementsFailTogetherWithTheServersWords) {
  auto target = OpenTarget();
  const Status done = target->Execute({"CREATE TABLE a (x)", "CREATE TABLE b (x y z, (", "CREATE TABLE c (x)"});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code.code, codes::kSchemaDdl.code);
  EXPECT_EQ(Number("SELECT count(*) FROM sqlite_schema"), 0);
}

TEST_F(SqliteTargetTest, NumbersGoOnPastTheData) {
  auto target = OpenTarget();
  Table table = TwoColumns();
  table.columns[0].identity = Identity::kByDefault;
  table.columns[0].identity_next = "50";
  Make(*target, table);
  Load(*target, table, "a", {{7, "x"}});
  for (const DdlStep& step : TheDialect().FinishSteps(table)) ASSERT_TRUE(target->Execute(step.statements));
  Sql("INSERT INTO t (v) VALUES ('next')");
  EXPECT_EQ(Number("SELECT max(id) FROM t"), 50);
}

/// Every type the dialect chooses: parsed back to itself, and its hardest values written and read back the same.
TEST_F(SqliteTargetTest, EveryTypeComesBackExactly) {
  Table table{.name = {.name = "all"}};
  const auto add = [&](LogicalType type) {
    const CatalogColumn source{.name = "c" + std::to_string(table.columns.size()), .type = std::move(type)};
    const TypeChoice choice = TheDialect().ChooseType(source, {.table = &table, .source_dialect = "postgresql"});
    const auto parsed = TheDialect().ParseType(choice.native);
    ASSERT_TRUE(parsed) << choice.native;
    EXPECT_EQ(*parsed, choice.type) << choice.native;
    table.columns.push_back({.name = source.name, .native = choice.native, .type = choice.type});
  };
  for (int kind = 0; kind <= static_cast<int>(TypeKind::kGeometry); ++kind)
    add(LogicalType::Of(static_cast<TypeKind>(kind)));
  add(LogicalType::Decimal(15, 2));
  add(LogicalType::Decimal(38, 10));
  add(LogicalType::String(40));
  auto target = OpenTarget();
  Make(*target, table);
  Batch batch(SchemaOf(table));
  for (Column& column : batch.columns) {
    std::array<uint8_t, 16> uuid{1, 2, 3};
    switch (column.type().kind) {
      case TypeKind::kBool: column.Append<uint8_t>(1); break;
      case TypeKind::kInt64: column.Append<int64_t>(INT64_MIN); break;
      case TypeKind::kDouble: column.Append<double>(0.1 + 0.2); break;
      case TypeKind::kDecimal:
        column.AppendBytes(column.type().precision == 15 ? "1234567890123.45" : "98765432109876543210.0123456789");
        break;
      case TypeKind::kBytes: column.AppendBytes(""); break;
      case TypeKind::kGeometry: column.AppendBytes(std::string_view("\0\1", 2)); break;
      case TypeKind::kDate: column.Append<int32_t>(INT32_MAX); break;
      case TypeKind::kTime: column.Append<int64_t>(86'399'999'999); break;
      case TypeKind::kTimestamp:
      case TypeKind::kTimestampTz: column.Append<int64_t>(-62'135'596'800'000'001); break;
      case TypeKind::kInterval: column.Append<Interval>({14, -3, 4'000'005}); break;
      case TypeKind::kUuid: column.Append(uuid); break;
      case TypeKind::kBit: column.AppendBytes("0010"); break;
      case TypeKind::kJson: column.AppendBytes("1.10"); break;
      default: column.AppendBytes(std::string_view("007\0x", 5)); break;
    }
  }
  batch.rows = 1;
  auto writer = WriterFor(*target, table);
  ASSERT_TRUE(writer->Begin({"run", "all", "a"}).value_or(false));
  const Status written = writer->Write(batch);
  ASSERT_TRUE(written) << written.error().ToString();
  ASSERT_TRUE(writer->Commit({.key = {"run", "all", "a"}}));
  RowsRead sent;
  sent.Add(batch);
  const RowsRead found = ReadSplit(*OpenSource(), {.table = &table});
  EXPECT_EQ(found.lines, sent.lines);
  EXPECT_EQ(found.digest, sent.digest);
  EXPECT_TRUE(found.findings.empty());
}

TEST_F(SqliteTargetTest, CentsSurviveRealNumbers) {
  Table table{.name = {.name = "money"}};
  table.columns.push_back({.name = "m", .native = "DECIMAL(15,2)", .type = LogicalType::Decimal(15, 2)});
  auto target = OpenTarget();
  Make(*target, table);
  Batch batch(SchemaOf(table));
  uint64_t random = 88172645463325252ULL;
  for (; batch.rows < 8000; ++batch.rows) {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    const std::string digits = std::to_string(100 + random % 999'999'999'999'900ULL);
    batch.columns[0].AppendBytes(digits.substr(0, digits.size() - 2) + "." + digits.substr(digits.size() - 2));
  }
  auto writer = WriterFor(*target, table);
  ASSERT_TRUE(writer->Begin({"run", "money", "a"}).value_or(false));
  ASSERT_TRUE(writer->Write(batch));
  ASSERT_TRUE(writer->Commit({.key = {"run", "money", "a"}}));
  RowsRead sent;
  sent.Add(batch);
  EXPECT_EQ(ReadSplit(*OpenSource(), {.table = &table}).digest, sent.digest);
}

TEST_F(SqliteTargetTest, NaNIsRefused) {
  Table table{.name = {.name = "n"}};
  table.columns.push_back({.name = "d", .native = "DOUBLE", .type = LogicalType::Of(TypeKind::kDouble)});
  auto target = OpenTarget();
  Make(*target, table);
  Batch batch(SchemaOf(table));
  batch.columns[0].Append<double>(std::nan(""));
  batch.rows = 1;
  auto writer = WriterFor(*target, table);
  ASSERT_TRUE(writer->Begin({"run", "n", "a"}).value_or(false));
  const Status written = writer->Write(batch);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code.code, codes::kDataRefused.code);
}

TEST_F(SqliteTargetTest, ItsOwnTablesCopyToTheSameDefinition) {
  Sql(R"(CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name VARCHAR(10) NOT NULL COLLATE NOCASE UNIQUE);
         CREATE TABLE c (a INT, b "weird type", up INTEGER DEFAULT (1 + 1) REFERENCES p (id) ON DELETE SET NULL,
           g TEXT GENERATED ALWAYS AS (a || 'x') STORED, CHECK (a > 0), PRIMARY KEY (a, b)) WITHOUT ROWID;
         CREATE UNIQUE INDEX part ON c (up DESC) WHERE a > 5)");
  const Catalog before = Discover();
  path_ += "2";
  {
    auto target = OpenTarget();
    for (const Table& table : before.tables) Make(*target, table);
    ASSERT_TRUE(target->ForgetRun("none"));
  }
  const Catalog after = Discover();
  ASSERT_EQ(after.tables.size(), before.tables.size());
  for (size_t i = 0; i < before.tables.size(); ++i) {
    const Table& a = before.tables[i];
    const Table& b = after.tables[i];
    ASSERT_EQ(a.columns.size(), b.columns.size());
    for (size_t c = 0; c < a.columns.size(); ++c) {
      EXPECT_EQ(a.columns[c].native, b.columns[c].native);
      EXPECT_EQ(a.columns[c].default_sql, b.columns[c].default_sql);
      EXPECT_EQ(a.columns[c].generated_sql, b.columns[c].generated_sql);
      EXPECT_EQ(a.columns[c].nullable, b.columns[c].nullable) << a.columns[c].name;
      EXPECT_EQ(a.columns[c].identity, b.columns[c].identity);
      EXPECT_EQ(a.columns[c].case_insensitive, b.columns[c].case_insensitive);
    }
    EXPECT_EQ(a.indexes.size(), b.indexes.size());
    EXPECT_EQ(a.foreign_keys.size(), b.foreign_keys.size());
    EXPECT_EQ(a.checks.size(), b.checks.size());
    EXPECT_EQ(a.without_rowid, b.without_rowid);
  }
}

}  // namespace
}  // namespace migrateiq::sqlite
