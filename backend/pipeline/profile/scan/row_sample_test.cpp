#include "pipeline/profile/scan/row_sample.hpp"

#include <gtest/gtest.h>

#include <set>

namespace migrateiq {
namespace {

SchemaPtr Numbers() {
  return std::make_shared<Schema>(Schema{{{"n", LogicalType::Of(TypeKind::kInt64)}, {"t", LogicalType::String()}}});
}

Batch Rows(const SchemaPtr& schema, int64_t from, int64_t to, size_t text = 0) {
  Batch batch(schema);
  for (int64_t value = from; value < to; ++value) {
    batch.columns[0].Append(value);
    batch.columns[1].AppendBytes(std::string(text, 'x'));
  }
  batch.rows = to - from;
  return batch;
}

std::set<int64_t> Values(const Batch& batch) {
  std::set<int64_t> values;
  for (int64_t row = 0; row < batch.rows; ++row) values.insert(batch.columns[0].Get<int64_t>(row));
  return values;
}

TEST(RowSample, KeepsEverythingInItsOrderWhenThereIsRoom) {
  const SchemaPtr schema = Numbers();
  RowSample sample(schema, {.rows = 100}, 0);
  sample.Add(Rows(schema, 0, 100));
  const Batch rows = sample.Take();
  ASSERT_EQ(rows.rows, 100);
  for (int64_t row = 0; row < 100; ++row) EXPECT_EQ(rows.columns[0].Get<int64_t>(row), row);
}

TEST(RowSample, GivesEveryRowTheSameChance) {
  const SchemaPtr schema = Numbers();
  RowSample sample(schema, {.rows = 4000}, 3);
  for (int64_t from = 0; from < 40'000; from += 1000) sample.Add(Rows(schema, from, from + 1000));
  EXPECT_EQ(sample.seen(), 40'000);
  const Batch rows = sample.Take();
  ASSERT_EQ(rows.rows, 4000);
  std::vector<int> tenths(10);
  for (const int64_t value : Values(rows)) ++tenths[static_cast<size_t>(value / 4000)];
  for (const int count : tenths) EXPECT_NEAR(count, 400, 5 * 19) << "five standard deviations of drawing";
}

TEST(RowSample, OfPartsIsTheSameInWhateverOrderTheyAreBounded) {
  const SchemaPtr schema = Numbers();
  const auto part = [&](uint64_t number, uint64_t bound) {
    RowSample sample(schema, {.rows = 50}, number);
    sample.SetBound(bound);
    const auto from = static_cast<int64_t>(number) * 1000;
    sample.Add(Rows(schema, from, from + 1000));
    return sample;
  };
  RowSample plain = part(0, UINT64_MAX), bounded = part(0, UINT64_MAX);
  for (uint64_t number = 1; number < 5; ++number) {
    plain.Merge(part(number, UINT64_MAX));
    bounded.Merge(part(number, bounded.bound()));
  }
  EXPECT_EQ(Values(plain.Take()), Values(bounded.Take()));
}

TEST(RowSample, TakesFewerLargeRowsAndCutsLargeValues) {
  const SchemaPtr schema = Numbers();
  RowSample sample(schema, {.rows = 1'000'000, .bytes = size_t{4} << 20}, 0);
  for (int i = 0; i < 40; ++i) sample.Add(Rows(schema, i * 100, i * 100 + 100, 4096));
  Batch rows = sample.Take();
  EXPECT_GE(rows.rows, 500);
  EXPECT_LE(rows.ByteSize(), size_t{5} << 20);
  RowSample huge(schema, {.rows = 10}, 0);
  huge.Add(Rows(schema, 0, 3, 100'000));
  rows = huge.Take();
  EXPECT_EQ(rows.columns[1].Bytes(0).size(), RowSample::kMostValue);
}

}  // namespace
}  // namespace migrateiq
