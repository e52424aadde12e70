#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "base/errors/data.hpp"
#include "connectors/fake/fake_source.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::fake {
namespace {

std::unique_ptr<Source> Open(const ShapeOptions& options) {
  auto shape = MakeShape(options);
  EXPECT_TRUE(shape) << shape.error().ToString();
  return std::make_unique<FakeSource>(std::move(*shape), "test", std::stop_token());
}

Digest Read(Source& source, const Table& table, const std::vector<Split>& splits) {
  Digest digest;
  RowEncoder encoder;
  for (const Split& split : splits) {
    auto reader = source.OpenReader({.table = &table}, split, 0);
    EXPECT_TRUE(reader) << reader.error().ToString();
    Batch batch((*reader)->schema());
    while ((*reader)->Next(batch).value_or(false)) {
      for (const Column& column : batch.columns) EXPECT_EQ(column.length(), batch.rows);
      AddToDigest(batch, encoder, digest);
    }
  }
  return digest;
}

class FakeShapes : public ::testing::TestWithParam<const char*> {};

TEST_P(FakeShapes, SplitsAndRunsGiveTheSameRows) {
  const ShapeOptions options{.name = GetParam(), .rows = 2'000, .seed = 7};
  auto source = Open(options);
  auto again = Open(options);
  ShapeOptions other = options;
  other.seed = 8;
  auto different = Open(other);
  const Catalog catalog = *source->Discover({});
  for (const Table& table : catalog.tables) {
    const Digest whole = Read(*source, table, *source->PlanSplits({.table = &table}, {.target_rows = 1'000'000}));
    const Digest parts = Read(*again, table, *again->PlanSplits({.table = &table}, {.target_rows = 37}));
    EXPECT_EQ(whole, parts) << table.name.name;
    EXPECT_EQ(static_cast<int64_t>(whole.rows), *source->CountRows({.table = &table}));
    if (whole.rows < 100) continue;
    const auto splits = *different->PlanSplits({.table = &table}, {});
    EXPECT_NE(Read(*different, table, splits).low, whole.low) << table.name.name;
  }
}

TEST_P(FakeShapes, TextIsUtf8AndNotTooLong) {
  auto source = Open({.name = GetParam(), .rows = 3'000});
  const Catalog catalog = *source->Discover({});
  for (const Table& table : catalog.tables) {
    auto reader = *source->OpenReader({.table = &table}, {.bounds = "rows 0.."}, 0);
    Batch batch(reader->schema());
    while (reader->Next(batch).value_or(false)) {
      for (const Column& column : batch.columns) {
        if (column.type().kind != TypeKind::kString) continue;
        for (int64_t row = 0; row < batch.rows; ++row) {
          if (column.IsNull(row)) continue;
          const std::string_view text = column.Bytes(row);
          ASSERT_EQ(text::FindInvalidUtf8(text), std::string_view::npos);
          if (column.type().length > 0) { ASSERT_LE(text::CountCharacters(text), column.type().length) << text; }
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, FakeShapes, ::testing::Values("lineitem", "orders", "ugly", "wide", "legacy"));

TEST(FakeSource, ValuesNeverChangeBetweenVersions) {
  auto source = Open({.name = "orders", .rows = 1'000, .seed = 7});
  const Catalog catalog = *source->Discover({});
  auto reader = *source->OpenReader({.table = &catalog.tables[1], .columns = {"id", "customer_id", "total"}},
                                    {.bounds = "rows 500..501"}, 0);
  Batch batch(reader->schema());
  ASSERT_TRUE(reader->Next(batch).value_or(false));
  std::string line;
  for (const Column& column : batch.columns) {
    text::AppendValue(line, column, 0);
    line += '|';
  }
  EXPECT_EQ(line, "501|65|13515.27|");
}

TEST(FakeSource, LegacyHasAMillionRowsAndOrphans) {
  auto source = Open({.name = "legacy"});
  int64_t rows = 0;
  const Catalog catalog = *source->Discover({});
  for (const Table& table : catalog.tables) rows += *source->CountRows({.table = &table});
  EXPECT_GE(rows, 1'000'000);
  const Table& headers = *catalog.Find({.name = "ORD_HDR"});
  auto reader = *source->OpenReader({.table = &headers, .columns = {"CUST_NO"}}, {.bounds = "rows 0.."}, 0);
  Batch batch(reader->schema());
  int64_t orphans = 0;
  while (reader->Next(batch).value_or(false)) {
    for (int64_t row = 0; row < batch.rows; ++row) orphans += batch.columns[0].Get<int32_t>(row) > 10'001 + 80'000;
  }
  EXPECT_GT(orphans, 100);
  EXPECT_LT(orphans, 2'000);
}

TEST(FakeSource, RefusesWhatItCannotDo) {
  auto unknown = MakeShape({.name = "lineitm"});
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("lineitem"), std::string::npos);
  auto source = Open({.name = "orders", .rows = 10});
  EXPECT_EQ(source->DescribeQuery("SELECT 1").error().code.code, codes::kReadUnsupported.code);
  const Table table = source->Discover({})->tables[0];
  EXPECT_FALSE(source->PlanSplits({.table = &table, .where = "id > 1"}, {}));
}

TEST(FakeSource, SchemaFile) {
  const std::string path = ::testing::TempDir() + "miq_fake_schema.yaml";
  std::ofstream(path)
      << "tables:\n  - name: t\n    rows: 10\n    columns:\n      - {name: id, type: bigint, key: true}\n"
         "      - {name: c, type: varchar(20), values: [a, b], nulls: 0.2}\n      - {name: n, type: int, min: 5, max: "
         "5}\n";
  auto source = Open({.name = path});
  const Table table = source->Discover({})->tables.at(0);
  EXPECT_EQ(table.KeyColumns(), std::vector<std::string>{"id"});
  EXPECT_EQ(Read(*source, table, *source->PlanSplits({.table = &table}, {})).rows, 10U);
  std::ofstream(path) << "tables: [{name: t, columns: [{name: a, type: nonsense}]}]";
  EXPECT_FALSE(MakeShape({.name = path}));
  std::remove(path.c_str());
}

}  // namespace
}  // namespace migrateiq::fake
