#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <limits>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/parquet/split_bounds.hpp"
#include "pipeline/batch/digest.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/files/file_dialect.hpp"
#include "pipeline/duck/database.hpp"
#include "tests/support/read_rows.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq {
namespace {

namespace fs = std::filesystem;
using test_support::RowsRead;

class ParquetTest : public testing::Test {
 protected:
  Url UrlOf(const fs::path& path) const {
    Url url;
    url.scheme = "parquet";
    url.path = path.string();
    url.redacted = "parquet:" + path.string();
    return url;
  }
  std::unique_ptr<Source> OpenFolder() { return Open(folder_); }
  std::unique_ptr<Source> Open(const fs::path& path) {
    auto source = OpenSource(UrlOf(path), {});
    EXPECT_TRUE(source) << source.error().ToString();
    return source ? std::move(*source) : nullptr;
  }
  std::unique_ptr<Target> OpenTargetFolder() {
    OpenOptions options;
    options.run_id = "run1";
    auto target = OpenTarget(UrlOf(folder_), options);
    EXPECT_TRUE(target) << target.error().ToString();
    EXPECT_TRUE((*target)->Prepare());
    return std::move(*target);
  }
  /// Runs a statement that writes a file of somebody else's making.
  void Make(const std::string& sql) {
    auto database = duck::Database::Open({.folders = {folder_.string()}});
    ASSERT_TRUE(database) << database.error().ToString();
    auto connection = database->Connect();
    const auto made = connection->Run(sql);
    ASSERT_TRUE(made) << made.error().message;
  }
  std::string File(const std::string& name) const { return duck::Literal((folder_ / name).string()); }

  test_support::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

Table TableOf(const std::string& name, const std::vector<Field>& fields) {
  Table table{.name = {"", name}};
  for (const Field& field : fields) {
    CatalogColumn column;
    column.name = field.name;
    column.type = field.type;
    column.native = files::FormatType(field.type);
    table.columns.push_back(std::move(column));
  }
  return table;
}

/// Writes the batches as one chunk each and publishes the table.
void WriteTable(Target& target, const Table& table, const std::vector<Batch>& batches) {
  for (const DdlStep& step : target.dialect().CreateSteps(table)) ASSERT_TRUE(target.Execute(step.statements));
  int chunk = 0;
  for (const Batch& batch : batches) {
    auto writer = target.OpenWriter({.table = &table, .schema = batch.schema});
    ASSERT_TRUE(writer) << writer.error().ToString();
    const ChunkKey key{"run1", table.name.ToString(), std::to_string(chunk++)};
    const auto begun = (*writer)->Begin(key);
    ASSERT_TRUE(begun && *begun);
    const Status written = (*writer)->Write(batch);
    ASSERT_TRUE(written) << written.error().ToString();
    const Status committed = (*writer)->Commit({.key = key, .rows_written = batch.rows});
    ASSERT_TRUE(committed) << committed.error().ToString();
  }
  const Status published = target.Publish("run1", table.name);
  ASSERT_TRUE(published) << published.error().ToString();
}

struct ReadBack {
  RowsRead read;
  size_t splits = 0;
  std::string error;
};

ReadBack ReadAll(Source& source, const ReadRequest& request, const SplitOptions& options = {}) {
  ReadBack back;
  const auto splits = source.PlanSplits(request, options);
  if (!splits) return {.error = splits.error().ToString()};
  back.splits = splits->size();
  for (const Split& split : *splits) {
    auto reader = source.OpenReader(request, split, 0);
    if (!reader) return {.error = reader.error().ToString()};
    Batch batch;
    for (;;) {
      const auto more = (*reader)->Next(batch);
      if (!more) return {.error = more.error().ToString()};
      if (!*more) break;
      back.read.Add(batch);
    }
  }
  return back;
}

Digest DigestOf(const Batch& batch) {
  Digest digest;
  RowEncoder encoder;
  AddToDigest(batch, encoder, digest);
  return digest;
}

/// A value of every type, extremes included, then a row of NULLs.
Batch EveryType() {
  using enum TypeKind;
  LogicalType parts = LogicalType::Of(kEnum);
  parts.labels = {"red", "green"};
  auto schema = std::make_shared<Schema>(Schema{{{"b", LogicalType::Of(kBool)},
                                                 {"i8", LogicalType::Of(kInt8)},
                                                 {"i16", LogicalType::Of(kInt16)},
                                                 {"i32", LogicalType::Of(kInt32)},
                                                 {"i64", LogicalType::Of(kInt64)},
                                                 {"u64", LogicalType::Of(kUInt64)},
                                                 {"f", LogicalType::Of(kFloat)},
                                                 {"d", LogicalType::Of(kDouble)},
                                                 {"dec9", LogicalType::Decimal(9, 2)},
                                                 {"dec38", LogicalType::Decimal(38, 10)},
                                                 {"dec65", LogicalType::Decimal(65, 30)},
                                                 {"decany", LogicalType::Decimal(0, -1)},
                                                 {"s", LogicalType::String()},
                                                 {"c", LogicalType{.kind = kChar, .length = 5}},
                                                 {"x", LogicalType::Bytes()},
                                                 {"day", LogicalType::Of(kDate)},
                                                 {"t", LogicalType::Of(kTime)},
                                                 {"ts", LogicalType::Of(kTimestamp)},
                                                 {"tz", LogicalType::Of(kTimestampTz)},
                                                 {"iv", LogicalType::Of(kInterval)},
                                                 {"u", LogicalType::Of(kUuid)},
                                                 {"j", LogicalType::Of(kJson)},
                                                 {"e", parts},
                                                 {"a", LogicalType::Of(kArray)},
                                                 {"bit", LogicalType::Of(kBit)},
                                                 {"g", LogicalType::Of(kGeometry)}}});
  Batch batch(schema);
  auto& c = batch.columns;
  for (int i = 0; i < 2; ++i) {
    c[0].Append(static_cast<uint8_t>(i));
    c[1].Append(static_cast<int8_t>(i == 0 ? -128 : 127));
    c[2].Append(static_cast<int16_t>(i == 0 ? -32768 : 32767));
    c[3].Append(i == 0 ? INT32_MIN : INT32_MAX);
    c[4].Append(i == 0 ? INT64_MIN : INT64_MAX);
    c[5].Append(i == 0 ? UINT64_MAX : uint64_t{0});
    c[6].Append(i == 0 ? 0.1F : -std::numeric_limits<float>::infinity());
    c[7].Append(i == 0 ? 0.1 : std::numeric_limits<double>::quiet_NaN());
    c[8].AppendBytes(i == 0 ? "-1234567.89" : "0.00");
    c[9].AppendBytes("9999999999999999999999999999.9999999999");
    c[10].AppendBytes("99999999999999999999999999999999999.999999999999999999999999999999");
    c[11].AppendBytes(i == 0 ? "NaN" : "0.10000000000000000000000000000000000000000000001");
    c[12].AppendBytes(i == 0 ? "" : "a text of more than twelve bytes \xE2\x82\xAC");
    c[13].AppendBytes("ab   ");
    c[14].AppendBytes(std::string_view("\0\xFF\1", 3));
    c[15].Append(i == 0 ? INT32_MAX : INT32_MIN);
    c[16].Append(i == 0 ? int64_t{86'400'000'000} : int64_t{1});
    c[17].Append(i == 0 ? INT64_MAX : INT64_MIN);
    c[18].Append(i == 0 ? int64_t{-62'135'596'800'000'000} : int64_t{1'700'000'000'123'456});
    c[19].Append(Interval{14, -3, 3'723'000'001});
    uint8_t uuid[16] = {0xF0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, static_cast<uint8_t>(i)};
    std::array<uint8_t, 16> bytes;
    std::copy(std::begin(uuid), std::end(uuid), bytes.begin());
    c[20].Append(bytes);
    c[21].AppendBytes("{\"b\":1, \"a\":  [1.0]}");
    c[22].AppendBytes("green");
    c[23].AppendBytes("{1,NULL,\"x y\"}");
    c[24].AppendBytes("0101");
    c[25].AppendBytes(std::string_view("\1\1\0\0\0", 5));
  }
  for (Column& column : c) column.AppendNull();
  batch.rows = 3;
  return batch;
}

Batch Numbers(int64_t first, int64_t count) {
  auto schema =
      std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt64)}, {"text", LogicalType::String()}}});
  Batch batch(schema);
  for (int64_t i = first; i < first + count; ++i) {
    batch.columns[0].Append(i);
    batch.columns[1].AppendBytes("value number " + std::to_string(i));
  }
  batch.rows = count;
  return batch;
}

TEST_F(ParquetTest, EveryTypeComesBackAsItWas) {
  const Batch batch = EveryType();
  const Table table = TableOf("every", batch.schema->fields);
  auto target = OpenTargetFolder();
  std::vector<Batch> batches;
  batches.push_back(EveryType());
  WriteTable(*target, table, batches);
  EXPECT_TRUE(fs::exists(folder_ / "every.parquet"));
  auto source = OpenFolder();
  const ReadBack back = ReadAll(*source, {.table = &table});
  EXPECT_EQ(back.error, "");
  for (const Finding& finding : back.read.findings) ADD_FAILURE() << finding.column << " " << finding.original;
  EXPECT_EQ(back.read.digest, DigestOf(batch)) << (back.read.lines.empty() ? "" : back.read.lines[0]) << "\n"
                                               << back.read.lines[1];
}

TEST_F(ParquetTest, SeveralChunksAreOneTable) {
  std::vector<Batch> batches;
  batches.push_back(Numbers(0, 10'000));
  batches.push_back(Numbers(10'000, 5));
  const Table table = TableOf("many", batches[0].schema->fields);
  auto target = OpenTargetFolder();
  WriteTable(*target, table, batches);
  EXPECT_TRUE(fs::exists(folder_ / "many" / "part-0001.parquet"));
  EXPECT_TRUE(fs::exists(folder_ / "many" / "part-0002.parquet"));
  auto source = OpenFolder();
  const auto catalog = source->Discover({});
  ASSERT_TRUE(catalog) << catalog.error().ToString();
  ASSERT_EQ(catalog->tables.size(), 1U);
  EXPECT_EQ(catalog->tables[0].row_estimate, 10'005);
  EXPECT_EQ(source->CountRows({.table = &table}).value_or(-1), 10'005);
  const ReadBack back = ReadAll(*source, {.table = &table});
  Digest expected = DigestOf(Numbers(0, 10'005));
  EXPECT_EQ(back.read.digest, expected) << back.error;
}

TEST_F(ParquetTest, AnEmptyTableKeepsItsColumns) {
  const Table table = TableOf("none", Numbers(0, 0).schema->fields);
  auto target = OpenTargetFolder();
  WriteTable(*target, table, {});
  auto source = OpenFolder();
  const auto catalog = source->Discover({});
  ASSERT_TRUE(catalog);
  ASSERT_EQ(catalog->tables.size(), 1U);
  EXPECT_EQ(catalog->tables[0].columns.size(), 2U);
  const ReadBack back = ReadAll(*source, {.table = &table});
  EXPECT_EQ(back.error, "");
  EXPECT_EQ(back.read.lines.size(), 0U);
  const auto filled = target->NonEmpty({table.name});
  EXPECT_TRUE(filled && filled->empty());
}

TEST_F(ParquetTest, SplitsFollowRowGroupsAndCoverTheFile) {
  Make("COPY (SELECT i AS id, 'value number ' || i AS text FROM range(0, 20000) t(i)) TO " + File("split.parquet") +
       " (FORMAT parquet, ROW_GROUP_SIZE 2048)");
  auto source = OpenFolder();
  const auto catalog = source->Discover({});
  ASSERT_TRUE(catalog);
  const Table& table = catalog->tables[0];
  const ReadBack whole = ReadAll(*source, {.table = &table});
  EXPECT_EQ(whole.splits, 1U);
  const ReadBack parts = ReadAll(*source, {.table = &table}, {.target_rows = 4096});
  EXPECT_EQ(parts.splits, 5U);
  EXPECT_EQ(parts.error, "");
  EXPECT_EQ(parts.read.digest, whole.read.digest);
  EXPECT_EQ(parts.read.digest, DigestOf(Numbers(0, 20'000)));
  const ReadBack some =
      ReadAll(*source, {.table = &table, .columns = {"text"}, .where = "id % 2 = 0"}, {.target_rows = 4096});
  EXPECT_EQ(some.read.lines.size(), 10'000U);
  EXPECT_EQ(some.read.lines[1], "value number 2");
}

TEST_F(ParquetTest, QueriesSeeTablesByName) {
  Make("COPY (SELECT 1 AS id, 'x' AS v) TO " + File("one.parquet"));
  auto source = OpenFolder();
  const std::string sql = "SELECT v || '!' AS w, id + 1 AS n FROM one";
  const auto table = source->DescribeQuery(sql);
  ASSERT_TRUE(table) << table.error().ToString();
  EXPECT_EQ(table->columns.size(), 2U);
  EXPECT_EQ(ReadAll(*source, {.sql = sql}).read.lines, std::vector<std::string>{"x!|2"});
  EXPECT_FALSE(source->DescribeQuery("SELECT * FROM read_text('/etc/hostname')"));
  EXPECT_FALSE(source->DescribeQuery("SELECT 1); COPY (SELECT 1) TO '/tmp/x' --"));
}

TEST_F(ParquetTest, ForeignTypesAreReadExactly) {
  Make(
      "COPY (SELECT [1, 2] AS list, {'a': 1} AS struct, map([1], ['x']) AS map, 200::utinyint AS small, "
      "4000000000::uinteger AS big, '2020-01-01 00:00:00.123456789'::timestamp_ns AS ns, "
      "'2020-01-01 00:00:00.5'::timestamp_ms AS ms, 'b'::enum('a', 'b') AS label) TO " +
      File("foreign.parquet"));
  auto source = OpenFolder();
  const auto catalog = source->Discover({});
  ASSERT_TRUE(catalog);
  const Table& table = catalog->tables[0];
  EXPECT_EQ(table.Find("list")->type.kind, TypeKind::kJson);
  EXPECT_EQ(table.Find("big")->type.kind, TypeKind::kInt64);
  const ReadBack back = ReadAll(*source, {.table = &table});
  ASSERT_EQ(back.read.lines.size(), 1U) << back.error;
  EXPECT_EQ(back.read.lines[0], "[1,2]|{\"a\":1}|{\"1\":\"x\"}|200|4000000000|~|2020-01-01 00:00:00.500000|b");
  ASSERT_EQ(back.read.findings.size(), 1U);
  EXPECT_EQ(back.read.findings[0].kind, FindingKind::kPrecision);
  EXPECT_EQ(back.read.findings[0].original, "2020-01-01 00:00:00.123456789");
}

TEST_F(ParquetTest, PartsWithOtherColumnsAreUnited) {
  fs::create_directory(folder_ / "t");
  Make("COPY (SELECT 1 AS a) TO " + File("t/part-0001.parquet"));
  Make("COPY (SELECT 'x' AS b, 2::bigint AS a) TO " + File("t/part-0002.parquet"));
  auto source = OpenFolder();
  const auto catalog = source->Discover({});
  ASSERT_TRUE(catalog) << catalog.error().ToString();
  const ReadBack back = ReadAll(*source, {.table = &catalog->tables[0], .columns = {"a", "b"}});
  EXPECT_EQ(back.read.lines, (std::vector<std::string>{"1|~", "2|x"})) << back.error;
}

TEST_F(ParquetTest, ADamagedFileIsAnErrorNotAShortRead) {
  Make("COPY (SELECT i AS id, md5(i::varchar) AS m FROM range(100000) t(i)) TO " + File("bad.parquet") +
       " (ROW_GROUP_SIZE 20480)");
  const auto size = fs::file_size(folder_ / "bad.parquet");
  {
    std::fstream file(folder_ / "bad.parquet", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size / 2));
    file << std::string(4096, '\xFF');
  }
  auto source = OpenFolder();
  const auto catalog = source->Discover({});
  ASSERT_TRUE(catalog);
  const ReadBack back = ReadAll(*source, {.table = &catalog->tables[0]});
  EXPECT_NE(back.error.find("MIQ-READ-001"), std::string::npos) << back.error;
  std::ofstream(folder_ / "bad.parquet") << "PAR1 this is none";
  const auto none = source->Discover({});
  ASSERT_FALSE(none);
  EXPECT_TRUE(none.error().Is(codes::kReadMalformed));
}

TEST_F(ParquetTest, AFileThatChangesUnderTheReadersIsNoticed) {
  Make("COPY (SELECT 1 AS id) TO " + File("t.parquet"));
  auto source = OpenFolder();
  const auto catalog = source->Discover({});
  ASSERT_TRUE(source->HoldMoment(2, {catalog->tables[0].name}));
  Make("COPY (SELECT 2 AS id, 3 AS more) TO " + File("t.parquet"));
  const ReadBack back = ReadAll(*source, {.table = &catalog->tables[0]});
  EXPECT_NE(back.error.find("MIQ-RUN-003"), std::string::npos) << back.error;
}

TEST_F(ParquetTest, ARefusedValueLeavesTheChunkUsable) {
  auto schema = std::make_shared<Schema>(Schema{{{"d", LogicalType::Decimal(5, 2)}}});
  const Table table = TableOf("t", schema->fields);
  auto target = OpenTargetFolder();
  for (const DdlStep& step : target->dialect().CreateSteps(table)) ASSERT_TRUE(target->Execute(step.statements));
  auto writer = target->OpenWriter({.table = &table, .schema = schema});
  const ChunkKey key{"run1", "t", "1"};
  ASSERT_TRUE((*writer)->Begin(key));
  Batch good(schema), bad(schema);
  good.columns[0].AppendBytes("1.25");
  bad.columns[0].AppendBytes("NaN");
  good.rows = bad.rows = 1;
  const Status refused = (*writer)->Write(bad);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().Is(codes::kDataRefused));
  EXPECT_EQ(refused.error().column, "d");
  ASSERT_TRUE((*writer)->Write(good));
  ASSERT_TRUE((*writer)->Commit({.key = key, .rows_written = 1}));
  ASSERT_TRUE(target->Publish("run1", table.name));
  auto source = OpenFolder();
  EXPECT_EQ(ReadAll(*source, {.table = &table}).read.lines, std::vector<std::string>{"1.25"});
}

TEST_F(ParquetTest, AnAbortedChunkLeavesNothingAndCanBeRepeated) {
  const Batch batch = Numbers(0, 3'000);
  const Table table = TableOf("t", batch.schema->fields);
  auto target = OpenTargetFolder();
  for (const DdlStep& step : target->dialect().CreateSteps(table)) ASSERT_TRUE(target->Execute(step.statements));
  const ChunkKey key{"run1", "t", "1"};
  {
    auto writer = target->OpenWriter({.table = &table, .schema = batch.schema});
    ASSERT_TRUE((*writer)->Begin(key));
    ASSERT_TRUE((*writer)->Write(batch));
    (*writer)->Abort();
  }
  EXPECT_TRUE(target->ReadLedger("run1")->empty());
  auto writer = target->OpenWriter({.table = &table, .schema = batch.schema});
  ASSERT_TRUE(*(*writer)->Begin(key));
  ASSERT_TRUE((*writer)->Write(batch));
  ASSERT_TRUE((*writer)->Commit({.key = key, .rows_written = 3'000}));
  EXPECT_FALSE(*(*writer)->Begin(key));
  ASSERT_TRUE(target->Publish("run1", table.name));
  auto source = OpenFolder();
  EXPECT_EQ(ReadAll(*source, {.table = &table}).read.digest, DigestOf(batch));
}

TEST_F(ParquetTest, NamesThatDifferInCaseOnlyAreRefused) {
  auto schema = std::make_shared<Schema>(
      Schema{{{"Id", LogicalType::Of(TypeKind::kInt32)}, {"id", LogicalType::Of(TypeKind::kInt32)}}});
  const Table table = TableOf("t", schema->fields);
  auto target = OpenTargetFolder();
  const auto writer = target->OpenWriter({.table = &table, .schema = schema});
  ASSERT_FALSE(writer);
  EXPECT_TRUE(writer.error().Is(codes::kSchemaCollision));
}

TEST_F(ParquetTest, StoppingEndsReadersAndWriters) {
  Make("COPY (SELECT i AS id FROM range(100000) t(i)) TO " + File("t.parquet"));
  std::stop_source stop;
  OpenOptions options;
  options.stop = stop.get_token();
  options.run_id = "run1";
  auto source = OpenSource(UrlOf(folder_), options);
  const Table table = (*source)->Discover({})->tables[0];
  auto target = OpenTarget(UrlOf(folder_), options);
  const Batch batch = Numbers(0, 10);
  const Table written = TableOf("w", batch.schema->fields);
  auto writer = (*target)->OpenWriter({.table = &written, .schema = batch.schema});
  ASSERT_TRUE((*writer)->Begin({"run1", "w", "1"}));
  ASSERT_TRUE((*writer)->Write(batch));
  const auto splits = (*source)->PlanSplits({.table = &table}, {});
  auto reader = (*source)->OpenReader({.table = &table}, splits->front(), 0);
  stop.request_stop();
  Batch read;
  const auto more = (*reader)->Next(read);
  ASSERT_FALSE(more);
  EXPECT_TRUE(more.error().Is(codes::kRunInterrupted));
  const Status refused = (*writer)->Write(batch);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().Is(codes::kRunInterrupted));
}

TEST_F(ParquetTest, WideRowsFitInTheWritersMemory) {
  auto schema = std::make_shared<Schema>(Schema{{{"text", LogicalType::String()}}});
  const Table table = TableOf("wide", schema->fields);
  auto target = OpenTargetFolder();
  for (const DdlStep& step : target->dialect().CreateSteps(table)) ASSERT_TRUE(target->Execute(step.statements));
  const ChunkKey key{"run1", "wide", "1"};
  auto writer = target->OpenWriter({.table = &table, .schema = schema});
  ASSERT_TRUE((*writer)->Begin(key));
  Batch batch(schema);
  for (int row = 0; row < 20; ++row) batch.columns[0].AppendBytes(std::string(1 << 20, static_cast<char>('a' + row)));
  batch.rows = 20;
  for (int i = 0; i < 20; ++i) {
    const Status written = (*writer)->Write(batch);
    ASSERT_TRUE(written) << written.error().ToString();
  }
  ASSERT_TRUE((*writer)->Commit({.key = key, .rows_written = 400}));
  ASSERT_TRUE(target->Publish("run1", table.name));
  auto source = OpenFolder();
  EXPECT_EQ(source->CountRows({.table = &table}).value_or(-1), 400);
  const ReadBack back = ReadAll(*source, {.table = &table});
  EXPECT_EQ(back.read.digest.rows, 400U) << back.error;
}

TEST_F(ParquetTest, DoctorSaysWhatIsThere) {
  Make("COPY (SELECT 1 AS id) TO " + File("t.parquet"));
  const auto connector = Registry::Instance().Find("parquet");
  ASSERT_TRUE(connector);
  EXPECT_EQ((*connector)->Doctor(UrlOf(folder_)).front().level, DoctorFinding::Level::kOk);
  EXPECT_EQ((*connector)->Doctor(UrlOf(folder_ / "none")).front().level, DoctorFinding::Level::kWarning);
  std::ofstream(folder_ / "bad.parquet") << "no";
  EXPECT_EQ((*connector)->Doctor(UrlOf(folder_)).front().level, DoctorFinding::Level::kBlocks);
}

TEST(ParquetBounds, TextComesBack) {
  const parquet::SplitBounds bounds{
      .file = "/a b/c\td.parquet", .identity = {5, -7, 0xFFFFFFFFFFFFFFFF}, .first = 1, .end = 9};
  const auto parsed = parquet::SplitBounds::Parse(bounds.ToText());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->ToText(), bounds.ToText());
  EXPECT_FALSE(parquet::SplitBounds::Parse("1 2 three"));
}

}  // namespace
}  // namespace migrateiq
