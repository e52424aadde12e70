#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <rapidcheck/gtest.h>

#include "base/errors/plan.hpp"
#include "connectors/file/file_test_support.hpp"

namespace migrateiq::file {
namespace {

class TextTargetTest : public FolderTest {
 protected:
  Table MakeTable(const std::vector<LogicalType>& types) {
    Table table{.name = {"", "t"}};
    for (size_t i = 0; i < types.size(); ++i) {
      table.columns.push_back({.name = "c" + std::to_string(i), .native = ToString(types[i]), .type = types[i]});
    }
    return table;
  }
  static SchemaPtr SchemaOf(const Table& table) {
    auto schema = std::make_shared<Schema>();
    for (const CatalogColumn& column : table.columns) schema->fields.push_back({column.name, column.type});
    return schema;
  }
  static ChunkKey Key(const std::string& chunk) { return {.run_id = "r", .table = "t", .chunk = chunk}; }

  /// Writes the batches as one chunk each, publishes, reads back by the same types.
  std::string RoundTrip(const Url& url, const Table& table, const std::vector<const Batch*>& batches, int parts = 0) {
    std::filesystem::remove_all(url.path);
    const auto target = std::move(OpenTarget(url, {.parts = parts, .run_id = "r"}).value());
    EXPECT_TRUE(target->Prepare());
    for (size_t i = 0; i < batches.size(); ++i) {
      const auto writer = std::move(target->OpenWriter({.table = &table, .schema = batches[i]->schema}).value());
      EXPECT_TRUE(writer->Begin(Key(std::to_string(i))).value());
      EXPECT_TRUE(writer->Write(*batches[i]));
      EXPECT_TRUE(writer->Commit({.key = Key(std::to_string(i)), .rows_written = batches[i]->rows}));
      EXPECT_FALSE(writer->Begin(Key(std::to_string(i))).value());
    }
    EXPECT_TRUE(target->Publish("r", table.name));
    const auto source = OpenAs(url);
    const ReadResult read = ReadAll(*source, table);
    EXPECT_TRUE(read.findings.empty());
    return read.rows;
  }
};

const std::vector<LogicalType>& AllTypes() {
  using enum TypeKind;
  static const std::vector<LogicalType> types = {LogicalType::Of(kBool),
                                                 LogicalType::Of(kInt8),
                                                 LogicalType::Of(kInt16),
                                                 LogicalType::Of(kInt32),
                                                 LogicalType::Of(kInt64),
                                                 LogicalType::Of(kUInt64),
                                                 LogicalType::Of(kFloat),
                                                 LogicalType::Of(kDouble),
                                                 LogicalType::Decimal(20, 4),
                                                 LogicalType::String(),
                                                 LogicalType::Bytes(),
                                                 LogicalType::Of(kDate),
                                                 LogicalType::Of(kTime),
                                                 LogicalType::Of(kTimestamp),
                                                 LogicalType::Of(kTimestampTz),
                                                 LogicalType::Of(kUuid),
                                                 LogicalType{.kind = kEnum, .labels = {"a", "b"}},
                                                 LogicalType::Of(kBit),
                                                 LogicalType::Of(kInterval)};
  return types;
}

std::string AnyText() {
  static const std::vector<std::string> pieces = {"a",  "\"", ",", ";", "\t", "|", "\n", "\r",
                                                  "\\", "ä",  "😀", " ", "1",  "'", "="};
  std::string text;
  const int count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) text += *rc::gen::elementOf(pieces);
  return text;
}

void AppendAny(Column& column) {
  using enum TypeKind;
  if (*rc::gen::inRange(0, 5) == 0) return column.AppendNull();
  const auto number = *rc::gen::arbitrary<int64_t>();
  const int64_t day = number % 86'400'000'000;
  switch (column.type().kind) {
    case kBool: return column.Append(static_cast<uint8_t>(number & 1));
    case kInt8: return column.Append(static_cast<int8_t>(number));
    case kInt16: return column.Append(static_cast<int16_t>(number));
    case kInt32: return column.Append(static_cast<int32_t>(number));
    case kUInt64: return column.Append(static_cast<uint64_t>(number));
    case kFloat: return column.Append(static_cast<float>(number) / 7);
    case kDouble: return column.Append(static_cast<double>(number) / 7);
    case kDecimal: return column.AppendBytes(std::to_string(number % 1'000'000) + ".25");
    case kBytes: return column.AppendBytes({reinterpret_cast<const char*>(&number), 8});
    case kDate: return column.Append(static_cast<int32_t>(number % 100'000));
    case kTime: return column.Append(day < 0 ? -day : day);
    case kUuid: {
      column.Append(Interval{static_cast<int32_t>(number), static_cast<int32_t>(number >> 32), number});
      return;
    }
    case kInterval:
      return column.Append(Interval{static_cast<int32_t>(number % 100), static_cast<int32_t>(number % 30), day});
    case kEnum: return column.AppendBytes(number % 2 != 0 ? "a" : "b");
    case kBit: return column.AppendBytes(number % 2 != 0 ? "1" : "0");
    case kString: return column.AppendBytes(AnyText());
    case kTimestamp:
    case kTimestampTz: return column.Append(number % 4'000'000'000'000'000);
    default: return column.Append(number);
  }
}

RC_GTEST_FIXTURE_PROP(TextTargetTest, WhatIsWrittenIsReadBack, ()) {
  const auto types = *rc::gen::nonEmpty(rc::gen::container<std::vector<LogicalType>>(rc::gen::elementOf(AllTypes())));
  const Table table = MakeTable(types);
  Batch batch(SchemaOf(table));
  batch.rows = *rc::gen::inRange(0, 12);
  for (Column& column : batch.columns) {
    for (int64_t row = 0; row < batch.rows; ++row) AppendAny(column);
  }
  for (const char* scheme : {"csv", "jsonl"})
    RC_ASSERT(RoundTrip(UrlOf(scheme, "out"), table, {&batch}) == Show(batch));
}

TEST_F(TextTargetTest, CsvQuotesOnlyWhatItMust) {
  const Table table = MakeTable({LogicalType::String(), LogicalType::Of(TypeKind::kInt64), LogicalType::Bytes()});
  Batch batch(SchemaOf(table));
  for (const char* text : {"plain", "", "a,b", "say \"x\"", "=1+1"}) {
    batch.columns[0].AppendBytes(text);
    batch.columns[1].Append(int64_t{7});
    batch.columns[2].AppendBytes("\xFF");
    ++batch.rows;
  }
  batch.columns[0].AppendNull();
  batch.columns[1].AppendNull();
  batch.columns[2].AppendNull();
  ++batch.rows;
  RoundTrip(UrlOf("csv", "out"), table, {&batch});
  EXPECT_EQ(Get("out/t.csv"),
            "c0,c1,c2\nplain,7,\\xff\n\"\",7,\\xff\n\"a,b\",7,\\xff\n\"say \"\"x\"\"\",7,\\xff\n=1+1,7,\\xff\n,,\n");
}

TEST_F(TextTargetTest, ChunksPartsAndResume) {
  const Table table = MakeTable({LogicalType::Of(TypeKind::kInt64)});
  Batch one(SchemaOf(table)), two(SchemaOf(table));
  one.columns[0].Append(int64_t{1});
  two.columns[0].Append(int64_t{2});
  one.rows = two.rows = 1;
  EXPECT_EQ(RoundTrip(UrlOf("csv", "out"), table, {&one, &two}), "1\n2\n");
  EXPECT_EQ(Get("out/t.csv"), "c0\n1\n2\n");
  EXPECT_EQ(RoundTrip(UrlOf("jsonl", "out"), table, {&one, &two}, 2), "1\n2\n");
  EXPECT_EQ(Get("out/t/part-0002.jsonl"), "{\"c0\":2}\n");
}

TEST_F(TextTargetTest, AbandonedChunkLeavesNothing) {
  const Table table = MakeTable({LogicalType::Of(TypeKind::kInt64)});
  Batch batch(SchemaOf(table));
  batch.columns[0].Append(int64_t{1});
  batch.rows = 1;
  const auto target = std::move(OpenTarget(UrlOf("csv", "out"), {.run_id = "r"}).value());
  ASSERT_TRUE(target->Prepare());
  const auto writer = std::move(target->OpenWriter({.table = &table, .schema = batch.schema}).value());
  ASSERT_TRUE(writer->Begin(Key("a")).value());
  ASSERT_TRUE(writer->Write(batch));
  writer->Abort();
  ASSERT_TRUE(writer->Begin(Key("a")).value());
  ASSERT_TRUE(writer->Commit({.key = Key("a")}));
  ASSERT_TRUE(target->Publish("r", table.name));
  EXPECT_EQ(Get("out/t.csv"), "c0\n");
  EXPECT_TRUE(target->NonEmpty({table.name})->empty());
  EXPECT_TRUE(target->OpenWriter({.table = &table, .schema = batch.schema, .mode = WriteMode::kUpsert})
                  .error()
                  .Is(codes::kSchemaUnsupported));
}

TEST_F(TextTargetTest, RowsAreOnlyAddedToAFileOfTheSameHeader) {
  Put("t.csv", "other\n1\n");
  const Table table = MakeTable({LogicalType::Of(TypeKind::kInt64)});
  const auto target = std::move(OpenTarget(UrlOf("csv"), {.run_id = "r"}).value());
  const auto writer = std::move(target->OpenWriter({.table = &table, .schema = SchemaOf(table)}).value());
  ASSERT_TRUE(writer->Begin(Key("a")).value());
  EXPECT_TRUE(writer->Commit({.key = Key("a")}).error().Is(codes::kSchemaIncompatible));
}

TEST_F(TextTargetTest, DoctorSaysWhatIsWrong) {
  const Connector* csv = Registry::Instance().Find("csv").value();
  EXPECT_EQ(csv->Doctor(UrlOf("csv"))[0].level, DoctorFinding::Level::kOk);
  EXPECT_EQ(csv->Doctor(UrlOf("csv", "missing/deep"))[0].level, DoctorFinding::Level::kBlocks);
  EXPECT_EQ(csv->Doctor(UrlOf("csv", "missing"))[0].level, DoctorFinding::Level::kWarning);
}

}  // namespace
}  // namespace migrateiq::file
