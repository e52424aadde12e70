#include "pipeline/batch/batch.hpp"

#include <gtest/gtest.h>

namespace migrateiq {
namespace {

Batch Numbers(int64_t rows) {
  Batch batch(std::make_shared<Schema>(
      Schema{{Field{"n", LogicalType::Of(TypeKind::kInt64)}, Field{"t", LogicalType::String()}}}));
  for (int64_t row = 0; row < rows; ++row) {
    batch.columns[0].Append(row);
    if (row % 3 == 0)
      batch.columns[1].AppendNull();
    else
      batch.columns[1].AppendBytes("row " + std::to_string(row));
  }
  batch.rows = rows;
  return batch;
}

TEST(Batch, NullsStartAtAnyRow) {
  for (int64_t first_null = 0; first_null < 20; ++first_null) {
    Column column(LogicalType::String());
    for (int64_t row = 0; row < first_null; ++row) column.AppendBytes("x");
    column.AppendNull();
    column.AppendBytes("y");
    EXPECT_FALSE(first_null > 0 && column.IsNull(first_null - 1));
    EXPECT_TRUE(column.IsNull(first_null));
    EXPECT_FALSE(column.IsNull(first_null + 1));
    EXPECT_EQ("y", column.Bytes(first_null + 1));
  }
}

TEST(Batch, FilterKeepsValuesNullsAndFindings) {
  Batch batch = Numbers(10);
  batch.findings.push_back({.row = 7, .column = 0, .kind = FindingKind::kOutOfRange});
  std::vector<bool> keep(10, false);
  keep[3] = keep[7] = true;
  const Batch kept = batch.Filter(keep);
  ASSERT_EQ(2, kept.rows);
  EXPECT_TRUE(kept.columns[1].IsNull(0));
  EXPECT_EQ("row 7", kept.columns[1].Bytes(1));
  ASSERT_EQ(1U, kept.findings.size());
  EXPECT_EQ(1, kept.findings[0].row);
}

TEST(Batch, ClearedBatchCanBeFilledAgain) {
  Batch batch = Numbers(10);
  batch.Clear();
  EXPECT_EQ(0, batch.columns[1].length());
  batch.columns[1].AppendBytes("again");
  EXPECT_EQ("again", batch.columns[1].Bytes(0));
  EXPECT_FALSE(batch.columns[1].IsNull(0));
}

}  // namespace
}  // namespace migrateiq
