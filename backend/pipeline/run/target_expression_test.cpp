#include "pipeline/run/target_expression.hpp"

#include <gtest/gtest.h>

#include "pipeline/schema/detail/test_dialects.hpp"

namespace migrateiq {

namespace {

/// Compares texts under a collation when the column says so.
class CollatingDialect final : public test::TestDialect {
 public:
  CollatingDialect() : TestDialect("collating", test::PostgresLike(), true, 63) {}
  TextEquality EqualityOf(const CatalogColumn& column, std::string_view) const override {
    return {.trailing_blanks = true, .sql = column.case_insensitive ? "lower($1)" : ""};
  }
};

TEST(TargetExpression, PassesOnWhatMeansTheSame) {
  Table table;
  table.columns = {{.name = "n", .type = LogicalType::Of(TypeKind::kInt32)},
                   {.name = "plain", .type = LogicalType::String()},
                   {.name = "folded", .type = LogicalType::String(), .case_insensitive = true}};
  const CollatingDialect dialect;
  EXPECT_EQ(InDuckSql("n > 0 AND plain = 'x'", table, dialect), R"(("n" > 0) AND ("plain" = 'x'))");
  EXPECT_TRUE(InDuckSql("char_length(plain) < 5", table, dialect));
  EXPECT_FALSE(InDuckSql("n / 2 > 1", table, dialect)) << "divides integers in one, not in the other";
  EXPECT_FALSE(InDuckSql("FOLDED = 'x'", table, dialect)) << "not compared by bytes";
  EXPECT_FALSE(InDuckSql("md5(plain) = 'x'", table, dialect));
}

}  // namespace

}  // namespace migrateiq
