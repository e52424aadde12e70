#include <gtest/gtest.h>

#include <thread>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "connectors/assert/assert_target.hpp"
#include "pipeline/connector/url.hpp"

namespace migrateiq::checking {
namespace {

Table Planned() {
  Table table{.name = {.name = "t"}};
  table.columns.push_back(
      {.name = "id", .native = "int64", .type = LogicalType::Of(TypeKind::kInt64), .nullable = false});
  table.columns.push_back({.name = "v", .native = "string", .type = LogicalType::String(5)});
  return table;
}

SchemaPtr SchemaOf(const Table& table) {
  auto schema = std::make_shared<Schema>();
  for (const CatalogColumn& column : table.columns)
    schema->fields.push_back({column.name, column.type, column.nullable});
  return schema;
}

class AssertTest : public ::testing::Test {
 protected:
  AssertTest() : table_(Planned()), schema_(SchemaOf(table_)) {
    options_.name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  }
  std::unique_ptr<Writer> NewWriter() {
    target_ = std::make_unique<AssertTarget>(options_, std::stop_token());
    return *target_->OpenWriter({.table = &table_, .schema = schema_});
  }
  Batch Rows(int64_t first, int64_t count, std::string_view text = "abc") const {
    Batch batch(schema_);
    for (; batch.rows < count; ++batch.rows) {
      batch.columns[0].Append<int64_t>(first + batch.rows);
      batch.columns[1].AppendBytes(text);
    }
    return batch;
  }
  static LedgerLine LineFor(const Batch& batch, const std::string& chunk) {
    LedgerLine line{.key = {"run", "t", chunk}, .rows_read = batch.rows, .rows_written = batch.rows};
    RowEncoder encoder;
    AddToDigest(batch, encoder, line.digest);
    return line;
  }

  Table table_;
  SchemaPtr schema_;
  AssertOptions options_;
  std::unique_ptr<AssertTarget> target_;
};

TEST_F(AssertTest, ChunksComeOnceAndAddUp) {
  options_.rows = 3;
  auto writer = NewWriter();
  const Batch batch = Rows(1, 3);
  ASSERT_TRUE(writer->Begin({"run", "t", "a"}).value_or(false));
  ASSERT_TRUE(writer->Write(batch));
  ASSERT_TRUE(writer->Commit(LineFor(batch, "a")));
  EXPECT_FALSE(writer->Begin({"run", "t", "a"}).value_or(true));
  EXPECT_TRUE(target_->Publish("run", table_.name));
  EXPECT_FALSE(target_->Publish("other run", table_.name));
  EXPECT_EQ(target_->ReadLedger("run")->size(), 1U);
}

TEST_F(AssertTest, WrongLinesAndBatchesAreFound) {
  auto writer = NewWriter();
  const Batch batch = Rows(1, 3);
  ASSERT_TRUE(writer->Begin({"run", "t", "a"}).value_or(false));
  ASSERT_TRUE(writer->Write(batch));
  LedgerLine line = LineFor(batch, "a");
  line.digest.low ^= 1;
  EXPECT_EQ(writer->Commit(line).error().code.code, codes::kWriteShort.code);
  EXPECT_EQ(writer->Write(Rows(4, 1, "too long")).error().code.code, codes::kDataRefused.code);
  EXPECT_EQ(writer->Write(Rows(4, 1, "\xff")).error().code.code, codes::kDataRefused.code);
  Batch null = Rows(4, 1);
  null.columns[0].SetNull(0);
  EXPECT_EQ(writer->Write(null).error().code.code, codes::kDataRefused.code);
  Batch other = Rows(4, 1);
  other.columns[1].Retype(LogicalType::String(6));
  EXPECT_FALSE(writer->Write(other));
}

TEST_F(AssertTest, FailsAndRefusesAsTold) {
  options_.fail_after = 4;
  options_.refuse_every = 10;
  auto writer = NewWriter();
  ASSERT_TRUE(writer->Begin({"run", "t", "a"}).value_or(false));
  EXPECT_EQ(writer->Write(Rows(9, 2)).error().code.code, codes::kDataRefused.code);
  EXPECT_TRUE(writer->Write(Rows(1, 3)));
  const Status failed = writer->Write(Rows(4, 3));
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().retryable);
  writer->Abort();
  ASSERT_TRUE(writer->Begin({"run", "t", "a"}).value_or(false));
  EXPECT_TRUE(writer->Write(Rows(1, 6)));
}

TEST_F(AssertTest, ASecondWriterWaits) {
  auto first = NewWriter();
  auto second = *target_->OpenWriter({.table = &table_, .schema = schema_});
  const Batch batch = Rows(1, 1);
  ASSERT_TRUE(first->Begin({"run", "t", "a"}).value_or(false));
  bool fresh = true;
  std::thread waiting([&] { fresh = second->Begin({"run", "t", "a"}).value_or(true); });
  ASSERT_TRUE(first->Write(batch));
  ASSERT_TRUE(first->Commit(LineFor(batch, "a")));
  waiting.join();
  EXPECT_FALSE(fresh);
}

TEST_F(AssertTest, KeptRowsAreReadBack) {
  options_.memory = true;
  auto writer = NewWriter();
  const Batch batch = Rows(1, 3);
  ASSERT_TRUE(writer->Begin({"run", "t", "a"}).value_or(false));
  ASSERT_TRUE(writer->Write(batch));
  ASSERT_TRUE(writer->Commit(LineFor(batch, "a")));
  KeptSource source(AssertState::Of(options_.name));
  EXPECT_EQ(source.CountRows({.table = &table_}).value_or(-1), 3);
  auto reader = *source.OpenReader({.table = &table_}, {.bounds = "all"}, 0);
  Batch found(reader->schema());
  ASSERT_TRUE(reader->Next(found).value_or(false));
  EXPECT_EQ(LineFor(found, "a").digest, LineFor(batch, "a").digest);
  EXPECT_EQ(target_->NonEmpty({table_.name})->size(), 1U);
  ASSERT_TRUE(target_->Execute({TheDialect().DropTable(table_.name)}));
  EXPECT_TRUE(target_->NonEmpty({table_.name})->empty());
}

TEST(AssertConnector, CannotBeReadBackByDefault) {
  Url url{.scheme = "assert", .redacted = "assert:"};
  auto source = OpenSource(url, {});
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code.code, codes::kSchemaUnsupported.code);
  url.parameters["rows"] = "-1";
  EXPECT_EQ(OpenTarget(url, {}).error().code.code, codes::kUrlParameter.code);
}

}  // namespace
}  // namespace migrateiq::checking
