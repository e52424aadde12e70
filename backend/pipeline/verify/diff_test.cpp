#include "pipeline/verify/diff.hpp"

#include <gtest/gtest.h>

namespace migrateiq {
namespace {

DiffSide Side(const std::vector<std::string>& rows) {
  return {[rows](const BatchVisitor& visit) {
            Batch batch(std::make_shared<Schema>(Schema{{Field{"v", LogicalType::String()}}}));
            for (const std::string& row : rows) batch.columns[0].AppendBytes(row);
            batch.rows = static_cast<int64_t>(rows.size());
            return visit(0, batch);
          },
          1};
}

DiffResult Diff(const std::vector<std::string>& left, const std::vector<std::string>& right, size_t most = 100) {
  auto diff = DiffRows(Side(left), Side(right), most);
  EXPECT_TRUE(diff);
  return std::move(*diff);
}

TEST(Diff, EqualMultisetsInAnyOrderDoNotDiffer) {
  const DiffResult diff = Diff({"a", "b", "b"}, {"b", "a", "b"});
  EXPECT_EQ(0, diff.missing);
  EXPECT_EQ(0, diff.extra);
}

TEST(Diff, CountsRepetitions) {
  const DiffResult diff = Diff({"a", "b", "b", "b"}, {"a", "b", "c"});
  EXPECT_EQ(2, diff.missing);
  EXPECT_EQ(1, diff.extra);
  ASSERT_EQ(2U, diff.missing_rows.size());
  EXPECT_EQ("b", diff.missing_rows[0].columns[0].Bytes(0));
  ASSERT_EQ(1U, diff.extra_rows.size());
  EXPECT_EQ("c", diff.extra_rows[0].columns[0].Bytes(0));
}

TEST(Diff, ShowsAtMostTheRowsAskedForButCountsAll) {
  std::vector<std::string> many;
  for (int i = 0; i < 5000; ++i) many.push_back("row " + std::to_string(i));
  const DiffResult diff = Diff(many, {}, 10);
  EXPECT_EQ(5000, diff.missing);
  EXPECT_EQ(10U, diff.missing_rows.size());
}

}  // namespace
}  // namespace migrateiq
