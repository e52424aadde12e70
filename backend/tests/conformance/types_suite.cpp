#include <algorithm>

#include "tests/conformance/edge_values.hpp"
#include "tests/conformance/harness.hpp"

/// Values go in and come out the same.
namespace migrateiq::conformance {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Conformance);

namespace {

std::vector<std::string> KeptValues(const ConformanceQuirks& quirks, const CatalogColumn& column) {
  const auto own = quirks.values.find(column.native);
  std::vector<std::string> values = own != quirks.values.end() ? own->second : EdgeValues(column.type);
  std::erase_if(values, [&](const std::string& value) { return quirks.not_kept.contains(value); });
  return values;
}

/// Without the blanks that a char(n) does not count and the zeros that a decimal's scale adds.
std::string Comparable(std::string row, const LogicalType& type) {
  if (type.kind == TypeKind::kChar) row.erase(row.find_last_not_of(' ') + 1);
  if (type.kind == TypeKind::kDecimal && row.find('.') != std::string::npos) {
    row.erase(row.find_last_not_of('0') + 1);
    if (row.ends_with('.')) row.pop_back();
  }
  return row;
}

std::vector<std::string> Comparable(std::vector<std::string> rows, const LogicalType& type) {
  for (std::string& row : rows) row = Comparable(std::move(row), type);
  return rows;
}

}  // namespace

TEST_P(Conformance, EveryTypeKeepsItsEdgeValues) {
  MIQ_CONFORMANCE_HARNESS(harness);
  int number = 0;
  for (const std::string& native : GetParam().natives) {
    SCOPED_TRACE(native);
    const Table table = harness.MakeTable("types_" + std::to_string(++number), native);
    const LogicalType& type = table.columns[1].type;
    Batch batch = MakeBatch(table, 1, KeptValues(GetParam(), table.columns[1]));
    AppendNullRow(batch, 1000);
    harness.Create(table);
    harness.Load(table, "c1", batch);
    harness.Publish(table);
    const std::vector<Batch> found = harness.Read(table);
    for (const Batch& part : found) EXPECT_TRUE(part.findings.empty());
    std::vector<Batch> sent;
    sent.push_back(std::move(batch));
    EXPECT_EQ(Comparable(ShowRows(found), type), Comparable(ShowRows(sent), type));
    EXPECT_EQ(DigestOf(found), DigestOf(sent));
  }
}

TEST_P(Conformance, DiscoveryFindsWhatWasMade) {
  MIQ_CONFORMANCE_HARNESS(harness);
  if (!GetParam().has_tables) GTEST_SKIP() << "files have no declared tables";
  Table made = harness.MakeTable("made", GetParam().text_native);
  made.columns[1].nullable = false;
  harness.Create(made);
  const Table found = harness.Discover("made");
  ASSERT_EQ(found.columns.size(), 2U);
  EXPECT_EQ(found.columns[0].name, "id");
  EXPECT_EQ(found.columns[0].type.kind, made.columns[0].type.kind);
  EXPECT_EQ(found.columns[1].type.kind, made.columns[1].type.kind);
  EXPECT_FALSE(found.columns[1].nullable);
  EXPECT_EQ(found.KeyColumns(), std::vector<std::string>{"id"});
}

TEST_P(Conformance, LedgerAndJournalAreNeverListed) {
  MIQ_CONFORMANCE_HARNESS(harness);
  if (!GetParam().has_tables) GTEST_SKIP() << "files have no tables of ours";
  harness.Create(harness.MakeTable("made", GetParam().text_native));
  EXPECT_THROW(harness.Discover("migrateiq_chunk"), std::runtime_error);
  EXPECT_THROW(harness.Discover("migrateiq_journal"), std::runtime_error);
}

}  // namespace migrateiq::conformance
