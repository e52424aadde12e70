#include "base/errors/data.hpp"
#include "tests/conformance/harness.hpp"

/// What only systems with tables can do: refuse single rows, swap tables.
namespace migrateiq::conformance {
namespace {

bool RefusedWhenWritten(Writer& writer, const ChunkKey& key, const Batch& batch) {
  Status status = writer.Write(batch);
  if (status) status = writer.Commit(Harness::Line(key, batch));
  return !status && status.error().Is(codes::kDataRefused);
}

}  // namespace

TEST_P(Conformance, AtomicModeRefusesOnlyTheBatch) {
  MIQ_CONFORMANCE_HARNESS(harness);
  if (!GetParam().has_tables) GTEST_SKIP() << "files refuse no rows";
  const Table table = harness.MakeTable("t", GetParam().text_native);
  harness.Create(table);
  const auto writer = harness.OpenWriter(table);
  const ChunkKey key = Harness::Key(table, "c1");
  ASSERT_TRUE(Must(writer->Begin(key)));
  Must(writer->SetAtomic(true));
  Must(writer->Write(MakeBatch(table, 1, {"a", "b", "c"})));
  const Status refused = writer->Write(MakeBatch(table, 3, {"twice", "with it"}));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().Is(codes::kDataRefused)) << refused.error().ToString();
  Must(writer->Write(MakeBatch(table, 9, {"after"})));
  Must(writer->Commit(Harness::Line(key, MakeBatch(table, 1, {"a", "b", "c", "d"}))));
  EXPECT_EQ(harness.Rows(table), (std::vector<std::string>{"1=a", "2=b", "3=c", "9=after"}));
}

TEST_P(Conformance, StreamingModeReportsRefusalAndLeavesNothing) {
  MIQ_CONFORMANCE_HARNESS(harness);
  if (!GetParam().has_tables) GTEST_SKIP() << "files refuse no rows";
  const Table table = harness.MakeTable("t", GetParam().text_native);
  harness.Create(table);
  harness.Load(table, "c1", MakeBatch(table, 2, {"first"}));
  {
    const auto writer = harness.OpenWriter(table);
    const ChunkKey key = Harness::Key(table, "c2");
    ASSERT_TRUE(Must(writer->Begin(key)));
    EXPECT_TRUE(RefusedWhenWritten(*writer, key, MakeBatch(table, 1, {"x", "duplicate"})));
    writer->Abort();
  }
  EXPECT_EQ(harness.Rows(table), std::vector<std::string>{"2=first"});
  EXPECT_EQ(Must(harness.target().ReadLedger(Harness::kRun)).size(), 1U);
}

TEST_P(Conformance, SwapAndSwapBack) {
  MIQ_CONFORMANCE_HARNESS(harness);
  if (!GetParam().has_tables) GTEST_SKIP() << "files are renamed, not swapped";
  Table live = harness.MakeTable("live", GetParam().text_native);
  Table shadow = live;
  shadow.name = harness.target().ShadowName(live.name, Harness::kRun);
  harness.Create(live);
  harness.Create(shadow);
  harness.Load(live, "c1", MakeBatch(live, 1, {"old"}));
  harness.Load(shadow, "c2", MakeBatch(shadow, 1, {"new", "newer"}));
  const std::vector<SwapTable> swap = {{live.name, shadow.name, harness.target().AsideName(live.name, Harness::kRun)}};
  EXPECT_TRUE(Must(harness.target().SwapBlockers({live.name})).empty());
  Must(harness.target().Swap(swap));
  EXPECT_EQ(harness.Rows(live), (std::vector<std::string>{"1=new", "2=newer"}));
  Must(harness.target().SwapBack(swap));
  EXPECT_EQ(harness.Rows(live), std::vector<std::string>{"1=old"});
}

TEST_P(Conformance, NonEmptyNamesTablesWithRows) {
  MIQ_CONFORMANCE_HARNESS(harness);
  if (!GetParam().has_tables) GTEST_SKIP() << "files are asked by name";
  const Table full = harness.MakeTable("full_one", GetParam().text_native);
  const Table empty = harness.MakeTable("empty_one", GetParam().text_native);
  harness.Create(full);
  harness.Create(empty);
  harness.Load(full, "c1", MakeBatch(full, 1, {"x"}));
  EXPECT_EQ(Must(harness.target().NonEmpty({full.name, empty.name})), std::vector<TableName>{full.name});
}

}  // namespace migrateiq::conformance
