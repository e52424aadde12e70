#include "modules/analyzer/drift.hpp"

#include <gtest/gtest.h>

#include <boost/describe/enum_to_string.hpp>

namespace migrateiq::analyzer {
namespace {

/// Evenly spread numbers from `low` to `high`.
ColumnProfile Numbers(const std::string& name, double low, double high) {
  ColumnProfile column{.name = name, .declared_type = "int", .family = ValueFamily::number, .count = 1000};
  column.minimum_number = low;
  column.maximum_number = high;
  for (const double at : {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99})
    column.quantiles.push_back({.at = at, .number = low + (high - low) * at});
  return column;
}

ColumnProfile Codes(const std::string& name, const std::vector<ValueCount>& values) {
  ColumnProfile column{.name = name, .declared_type = "text", .family = ValueFamily::text, .count = 1000};
  column.distinct.value = static_cast<int64_t>(values.size());
  column.top_values = values;
  return column;
}

Profile Of(std::vector<ColumnProfile> columns, int64_t rows = 1000) {
  Profile profile;
  profile.tables.push_back({.name = "t", .rows = rows, .columns = std::move(columns)});
  return profile;
}

std::vector<std::string> Kinds(const std::vector<Drift>& found) {
  std::vector<std::string> kinds;
  for (const Drift& drift : found)
    kinds.push_back(std::string(boost::describe::enum_to_string(drift.kind, "")) + " " +
                    boost::describe::enum_to_string(drift.level, ""));
  return kinds;
}

using Words = std::vector<std::string>;

TEST(Drift, WhatIsTheSameHasNone) {
  const Profile profile = Of({Numbers("n", 0, 100), Codes("c", {{"a", 600, .6}, {"b", 400, .4}})});
  EXPECT_TRUE(FindDrift(profile, profile).empty());
}

TEST(Drift, ShiftsWithinTheErrorOfTheSamplesAreNone) {
  Profile before = Of({Codes("c", {{"a", 600, .6}, {"b", 400, .4}})});
  Profile after = Of({Codes("c", {{"a", 480, .48}, {"b", 520, .52}})});
  EXPECT_EQ(Kinds(FindDrift(before, after)), Words{"distribution_changed warning"});
  before.tables[0].sample.error = after.tables[0].sample.error = 0.02;
  EXPECT_TRUE(FindDrift(before, after).empty());
}

TEST(Drift, TablesAndColumnsThatWentAndCame) {
  Profile before = Of({Numbers("gone", 0, 1), Numbers("stays", 0, 1)});
  Profile after = Of({Numbers("stays", 0, 1), Numbers("new", 0, 1)});
  before.tables.push_back({.name = "old"});
  after.tables.push_back({.name = "young"});
  EXPECT_EQ(Kinds(FindDrift(before, after)),
            (Words{"table_removed serious", "column_removed serious", "column_added note", "table_added note"}));
}

TEST(Drift, NumbersThatMoved) {
  EXPECT_NEAR(*DistanceOf(Numbers("n", 0, 100), Numbers("n", 50, 150)), 0.5, 0.01);
  EXPECT_GE(*DistanceOf(Numbers("n", 0, 1), Numbers("n", 5, 6)), 0.99);
  EXPECT_EQ(Kinds(FindDrift(Of({Numbers("n", 0, 100)}), Of({Numbers("n", 500, 600)}))),
            (Words{"distribution_changed serious", "range_left warning"}));
}

TEST(Drift, MoreNullsFewerRowsABrokenKeyAnotherType) {
  ColumnProfile was = Numbers("n", 0, 100), is = was;
  is.nulls = 300;
  is.declared_type = "text";
  Profile before = Of({was}), after = Of({is}, 200);
  before.tables[0].candidate_keys = {{.columns = {"n"}, .rows = 1000, .distinct = 1000}};
  after.tables[0].candidate_keys = {{.columns = {"n"}, .rows = 200, .distinct = 190}};
  const auto found = FindDrift(before, after);
  EXPECT_EQ(Kinds(found),
            (Words{"key_broken serious", "rows_changed serious", "type_changed serious", "nulls_changed serious"}));
  EXPECT_DOUBLE_EQ(*found[3].after, 0.3);
}

TEST(Drift, ManyDifferentTextsAreNotComparedByTheirMostFrequentOnes) {
  ColumnProfile names = Codes("c", {{"a", 2, .002}});
  names.distinct.value = 900;
  ColumnProfile others = names;
  others.top_values[0].value = "b";
  EXPECT_FALSE(DistanceOf(names, others));
}

TEST(Drift, NoTextHasAValueOfTheData) {
  const Profile before = Of({Codes("c", {{"Grace", 1000, 1}})}), after = Of({Codes("c", {{"Alan", 1000, 1}})});
  for (const Drift& drift : FindDrift(before, after)) {
    EXPECT_EQ(drift.text.find("Grace"), std::string::npos);
    EXPECT_EQ(drift.text.find("Alan"), std::string::npos);
  }
}

}  // namespace
}  // namespace migrateiq::analyzer
