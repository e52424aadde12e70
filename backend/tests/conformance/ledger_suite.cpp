#include "base/errors/run.hpp"
#include "tests/conformance/harness.hpp"

/// Exactly once: a chunk's rows and its ledger line come together or not at all.
namespace migrateiq::conformance {

TEST_P(Conformance, CommittedChunkIsInTheLedgerAndNotBegunAgain) {
  MIQ_CONFORMANCE_HARNESS(harness);
  const Table table = harness.MakeTable("t", GetParam().text_native);
  harness.Create(table);
  const Batch batch = MakeBatch(table, 1, {"a", "b", "c"});
  harness.Load(table, "c1", batch);
  EXPECT_FALSE(Must(harness.OpenWriter(table)->Begin(Harness::Key(table, "c1")))) << "a second Begin must find it done";
  const auto ledger = Must(harness.target().ReadLedger(Harness::kRun));
  ASSERT_EQ(ledger.size(), 1U);
  EXPECT_EQ(ledger[0].key.chunk, "c1");
  EXPECT_EQ(ledger[0].rows_written, 3);
  EXPECT_EQ(ledger[0].digest, Harness::Line(ledger[0].key, batch).digest);
  EXPECT_EQ(ledger[0].details, "{}");
}

TEST_P(Conformance, AbortLeavesNothing) {
  MIQ_CONFORMANCE_HARNESS(harness);
  const Table table = harness.MakeTable("t", GetParam().text_native);
  harness.Create(table);
  const Batch batch = MakeBatch(table, 1, {"a", "b"});
  {
    const auto writer = harness.OpenWriter(table);
    ASSERT_TRUE(Must(writer->Begin(Harness::Key(table, "c1"))));
    Must(writer->Write(batch));
    writer->Abort();
  }
  EXPECT_TRUE(Must(harness.target().ReadLedger(Harness::kRun)).empty());
  harness.Load(table, "c1", batch);
  harness.Publish(table);
  EXPECT_EQ(harness.Rows(table), (std::vector<std::string>{"1=a", "2=b"}));
}

TEST_P(Conformance, DestructionWithoutCommitLeavesNothing) {
  MIQ_CONFORMANCE_HARNESS(harness);
  const Table table = harness.MakeTable("t", GetParam().text_native);
  harness.Create(table);
  {
    const auto writer = harness.OpenWriter(table);
    ASSERT_TRUE(Must(writer->Begin(Harness::Key(table, "c1"))));
    Must(writer->Write(MakeBatch(table, 1, {"a", "b"})));
  }
  harness.Load(table, "c2", MakeBatch(table, 1, {"x"}));
  harness.Publish(table);
  EXPECT_EQ(harness.Rows(table), std::vector<std::string>{"1=x"});
  EXPECT_EQ(Must(harness.target().ReadLedger(Harness::kRun)).size(), 1U);
}

TEST_P(Conformance, ChunksAddUp) {
  MIQ_CONFORMANCE_HARNESS(harness);
  const Table table = harness.MakeTable("t", GetParam().text_native);
  harness.Create(table);
  harness.Load(table, "c1", MakeBatch(table, 1, {"a"}));
  harness.Load(table, "c2", MakeBatch(table, 2, {"b"}));
  harness.Publish(table);
  EXPECT_EQ(harness.Rows(table), (std::vector<std::string>{"1=a", "2=b"}));
  Digest sum;
  for (const LedgerLine& line : Must(harness.target().ReadLedger(Harness::kRun))) sum.Add(line.digest);
  EXPECT_EQ(sum, DigestOf(harness.Read(table)));
}

TEST_P(Conformance, AnEarlierControllersWritersAreShutOut) {
  MIQ_CONFORMANCE_HARNESS(harness);
  if (!harness.target().has_fence()) GTEST_SKIP() << "one process at a time writes here";
  const Table table = harness.MakeTable("t", GetParam().text_native);
  harness.Create(table);
  const Batch batch = MakeBatch(table, 1, {"a"});
  Target& target = harness.target();
  const auto open = [&](int64_t fence) {
    return Must(target.OpenWriter({.table = &table, .schema = batch.schema, .fence = fence}));
  };
  Must(target.Fence(Harness::kRun, 2));
  const auto early = open(2);
  const ChunkKey first = Harness::Key(table, "c1"), second = Harness::Key(table, "c2");
  ASSERT_TRUE(Must(early->Begin(first)));
  Must(early->Write(batch));
  Must(early->Commit(Harness::Line(first, batch)));
  EXPECT_EQ(Must(target.ReadLedger(Harness::kRun)).size(), 1U) << "the number is no chunk";
  Must(target.Fence(Harness::kRun, 4));
  EXPECT_TRUE(early->Begin(second).error().Is(codes::kRunHeld)) << "its time is over";
  EXPECT_TRUE(target.Fence(Harness::kRun, 3).error().Is(codes::kRunHeld)) << "there is no way back";
  const auto late = open(4);
  EXPECT_FALSE(Must(late->Begin(first)));
  ASSERT_TRUE(Must(late->Begin(second)));
  Must(late->Write(MakeBatch(table, 2, {"b"})));
  Must(late->Commit(Harness::Line(second, batch)));
  EXPECT_EQ(harness.Rows(table), (std::vector<std::string>{"1=a", "2=b"}));
}

TEST_P(Conformance, EmptyTableForgetsRowsAndLines) {
  MIQ_CONFORMANCE_HARNESS(harness);
  const Table table = harness.MakeTable("t", GetParam().text_native);
  harness.Create(table);
  harness.Load(table, "c1", MakeBatch(table, 1, {"a"}));
  Must(harness.target().EmptyTable(Harness::kRun, table.name.ToString(), table.name));
  EXPECT_TRUE(Must(harness.target().ReadLedger(Harness::kRun)).empty());
  harness.Load(table, "c1", MakeBatch(table, 5, {"again"}));
  harness.Publish(table);
  EXPECT_EQ(harness.Rows(table), std::vector<std::string>{"5=again"});
}

TEST_P(Conformance, JournalKeepsItsOrderAndWhatIsDone) {
  MIQ_CONFORMANCE_HARNESS(harness);
  Must(harness.target().AppendJournal(Harness::kRun,
                                      {.sequence = 1, .kind = "create_table", .object = "a", .detail = "{}"}));
  Must(harness.target().AppendJournal(Harness::kRun,
                                      {.sequence = 2, .kind = "create_table", .object = "b", .detail = "{}"}));
  Must(harness.target().AppendJournal(
      Harness::kRun, {.sequence = 1, .kind = "create_table", .object = "a", .detail = "{}", .done = true}));
  const auto journal = Must(harness.target().ReadJournal(Harness::kRun));
  ASSERT_EQ(journal.size(), 2U);
  EXPECT_EQ(journal[0].object, "a");
  EXPECT_TRUE(journal[0].done);
  EXPECT_FALSE(journal[1].done);
  Must(harness.target().ForgetRun(Harness::kRun));
}

}  // namespace migrateiq::conformance
