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
