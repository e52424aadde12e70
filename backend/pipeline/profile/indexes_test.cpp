#include "pipeline/profile/indexes.hpp"

#include <gtest/gtest.h>

namespace migrateiq {
namespace {

TEST(Indexes, AreDescribedAsTheyAreDeclared) {
  Table table;
  table.primary_key = Index{.name = "pk", .unique = true, .parts = {{.column = "id"}}};
  table.indexes.push_back({.name = "by_day", .parts = {{.column = "shop"}, {.column = "day", .descending = true}}});
  table.indexes.push_back({.name = "u_mail",
                           .unique = true,
                           .parts = {{.column = "", .expression = "lower(email)"}},
                           .include = {"name"},
                           .where = "deleted IS NULL"});
  table.indexes.push_back({.name = "words", .method = "fulltext", .parts = {{.column = "title", .prefix = 20}}});
  const std::vector<IndexProfile> indexes = DescribeIndexes(table);
  ASSERT_EQ(indexes.size(), 3U);
  EXPECT_EQ(indexes[0].name, "by_day");
  EXPECT_EQ(indexes[0].columns, (std::vector<std::string>{"shop", "day DESC"}));
  EXPECT_FALSE(indexes[0].unique);
  EXPECT_TRUE(indexes[1].unique);
  EXPECT_EQ(indexes[1].columns, std::vector<std::string>{"lower(email)"});
  EXPECT_EQ(indexes[1].include, std::vector<std::string>{"name"});
  EXPECT_EQ(indexes[1].where, "deleted IS NULL");
  EXPECT_EQ(indexes[2].method, "fulltext");
  EXPECT_EQ(indexes[2].columns, std::vector<std::string>{"title(20)"});
}

}  // namespace
}  // namespace migrateiq
