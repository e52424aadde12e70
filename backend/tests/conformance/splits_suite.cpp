#include "tests/conformance/harness.hpp"

/// Splits are disjoint and cover everything.
namespace migrateiq::conformance {
namespace {

constexpr int kRows = 1000;

std::vector<std::string> Numbered(int count) {
  std::vector<std::string> values;
  for (int i = 0; i < count; ++i) values.push_back("row " + std::to_string(i));
  return values;
}

}  // namespace

TEST_P(Conformance, SplitsCoverEveryRowOnce) {
  MIQ_CONFORMANCE_HARNESS(harness);
  const Table table = harness.MakeTable("split", GetParam().text_native);
  harness.Create(table);
  const Batch batch = MakeBatch(table, -kRows / 2, Numbered(kRows));
  harness.Load(table, "c1", batch);
  harness.Publish(table);
  const std::vector<std::string> whole = harness.Rows(table);
  ASSERT_EQ(whole.size(), static_cast<size_t>(kRows));
  for (const int64_t rows_per_split : {1, 7, 100, 5000}) {
    SCOPED_TRACE(rows_per_split);
    EXPECT_EQ(harness.Rows(table, rows_per_split), whole);
  }
}

TEST_P(Conformance, EmptyTableHasNoRows) {
  MIQ_CONFORMANCE_HARNESS(harness);
  const Table table = harness.MakeTable("empty", GetParam().text_native);
  harness.Create(table);
  harness.Load(table, "c1", MakeBatch(table, 1, {}));
  harness.Publish(table);
  EXPECT_TRUE(harness.Rows(table).empty());
}

}  // namespace migrateiq::conformance
