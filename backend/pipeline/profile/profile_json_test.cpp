#include "pipeline/profile/profile_json.hpp"

#include <gtest/gtest.h>

#include "base/errors/data.hpp"

namespace migrateiq {
namespace {

Profile Sample() {
  Profile profile;
  profile.source = "csv:people";
  TableProfile& table = profile.tables.emplace_back();
  table.name = "people";
  table.rows = 3;
  table.sample = {.rows = 3, .basis = Basis::all_rows, .method = "all rows"};
  ColumnProfile& column = table.columns.emplace_back();
  column.name = "age";
  column.family = ValueFamily::number;
  column.distinct = {.value = 2, .method = CountMethod::hyperloglog, .error = 0.01};
  column.minimum = "1";
  column.numbers = NumberProfile{.mean = 1.5, .deviation = 0.25};
  column.top_values.push_back({.value = "1", .count = 2, .share = 0.5});
  column.semantic.evidence = {"the name says so"};
  return profile;
}

TEST(ProfileJson, ComesBackAsItWas) {
  const std::string text = WriteProfile(Sample());
  const auto back = ReadProfile(text);
  ASSERT_TRUE(back) << back.error().ToString();
  EXPECT_EQ(WriteProfile(*back), text);
  const ColumnProfile* column = Find(*Find(*back, "people"), "age");
  ASSERT_NE(column, nullptr);
  EXPECT_EQ(column->family, ValueFamily::number);
  EXPECT_EQ(column->distinct.method, CountMethod::hyperloglog);
  EXPECT_EQ(column->minimum, "1");
  EXPECT_FALSE(column->maximum);
  EXPECT_EQ(column->numbers->mean, 1.5);
  EXPECT_EQ(column->semantic.evidence.at(0), "the name says so");
}

TEST(ProfileJson, SkipsWhatItDoesNotKnow) {
  const auto profile = ReadProfile(R"({"source": "x", "later": {"a": 1}, "tables": [{"name": "t", "columns": []}]})");
  ASSERT_TRUE(profile) << profile.error().ToString();
  EXPECT_EQ(profile->tables.at(0).name, "t");
  EXPECT_EQ(profile->version, 1);
}

TEST(ProfileJson, IsAlwaysValidJson) {
  Profile profile = Sample();
  profile.tables[0].columns[0].maximum = "caf\xE9";
  EXPECT_TRUE(ReadProfile(WriteProfile(profile)));
}

TEST(ProfileJson, RefusesAnythingElse) {
  EXPECT_TRUE(ReadProfile("[]").error().Is(codes::kProfileJson));
  EXPECT_TRUE(ReadProfile(R"({"tables": 1})").error().Is(codes::kProfileJson));
  EXPECT_TRUE(ReadProfile("{").error().Is(codes::kProfileJson));
}

}  // namespace
}  // namespace migrateiq
