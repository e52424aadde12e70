#include "modules/analyzer/mask.hpp"

#include <gtest/gtest.h>

#include "modules/analyzer/packed.hpp"
#include "pipeline/profile/profile_json.hpp"

namespace migrateiq::analyzer {
namespace {

ColumnProfile Names() {
  ColumnProfile column{.name = "name", .family = ValueFamily::text};
  column.minimum = "Zoë-Anna";
  column.maximum = "Zymurgy 17";
  column.top_values = {{.value = "Grace", .count = 3, .share = 0.5}};
  column.patterns = {{.pattern = "Aa+", .count = 3, .share = 1, .example = "Grace"}};
  column.semantic = {.kind = "first_name", .confidence = 0.9, .evidence = {"name"}, .is_pii = true};
  column.fitting = FittingType{.type = "string(40)", .exceptions = {"Grace"}};
  column.outliers = OutlierProfile{.low = "Zoë", .examples = {"Grace"}};
  column.encoding = EncodingProfile{.mojibake = 1, .examples = {"Grace"}};
  column.findings = {{.kind = "nul_byte", .count = 1, .example = "Grace"}};
  return column;
}

std::string JsonOf(const ColumnProfile& column) {
  Profile profile;
  profile.tables.push_back({.name = "person", .columns = {column}});
  return WriteProfile(profile);
}

TEST(Mask, AShapeKeepsNothingOfTheValueButItsForm) {
  EXPECT_EQ(Shape("Anna-Maria 17"), "Xxxx-Xxxxx 99");
  EXPECT_EQ(Shape("Zoë, 3 €"), "Xxx, 9 x");
}

TEST(Mask, NoValueOfPersonalDataIsLeft) {
  ColumnProfile column = Names();
  ASSERT_TRUE(MaskColumn(column));
  const std::string json = JsonOf(column);
  for (const char* value : {"Grace", "Zo", "Zymurgy"}) EXPECT_EQ(json.find(value), std::string::npos) << value;
  EXPECT_EQ(column.top_values[0].count, 3);
  EXPECT_EQ(column.semantic.kind, "first_name");
}

TEST(Mask, NumbersOfPersonalDataLoseTheirCharts) {
  ColumnProfile column{.name = "salary", .family = ValueFamily::number};
  column.semantic.is_pii = true;
  column.minimum = "17";
  column.minimum_number = 17;
  column.histogram = {{.low = "17", .high = "18", .low_number = 17, .high_number = 18, .count = 1}};
  column.quantiles = {{.at = 0.5, .value = "17.5", .number = 17.5}};
  ASSERT_TRUE(MaskColumn(column));
  EXPECT_EQ(JsonOf(column).find("17"), std::string::npos);
}

TEST(Mask, ProseIsMaskedCodesAreNot) {
  ColumnProfile code{.name = "code", .family = ValueFamily::text};
  code.lengths = LengthProfile{.minimum = 2, .maximum = 2, .mean = 2};
  code.top_values = {{.value = "DE", .count = 3, .share = 0.5}};
  EXPECT_FALSE(MaskColumn(code));
  EXPECT_EQ(code.top_values[0].value, "DE");
  code.lengths->mean = 300;
  EXPECT_TRUE(MaskColumn(code));
  EXPECT_EQ(code.top_values[0].value, "XX");
}

TEST(Mask, WhatATableShowsOfItsColumnsIsMaskedToo) {
  TableProfile table{.name = "person", .columns = {Names(), {.name = "dept"}}};
  table.inclusion_dependencies = {{.columns = {"name"}, .parent = "p", .examples = {"Grace"}},
                                  {.columns = {"dept"}, .parent = "d", .examples = {"D7"}}};
  table.rules = {{.name = "r", .column = "name", .message = "Grace is not in the list", .examples = {"Grace"}}};
  table.anomalies = {
      {.kind = "misspelling", .columns = {"name"}, .how = "\"Garce\" stands once", .examples = {"Garce"}},
      {.kind = "rare_value", .columns = {"dept"}, .how = "\"D7\" stands once", .examples = {"D7"}}};
  ASSERT_TRUE(MaskTable(table));
  EXPECT_EQ(table.inclusion_dependencies[0].examples[0], "Xxxxx");
  EXPECT_EQ(table.inclusion_dependencies[1].examples[0], "D7");
  EXPECT_EQ(table.rules[0].examples[0], "Xxxxx");
  EXPECT_EQ(table.rules[0].message, "");
  EXPECT_EQ(table.anomalies[0].examples[0], "Xxxxx");
  EXPECT_EQ(table.anomalies[0].how, "");
  EXPECT_EQ(table.anomalies[1].how, "\"D7\" stands once");
}

TEST(Packed, ComesBackAndWhatIsNoPackIsRefused) {
  const std::string text(100'000, 'a');
  EXPECT_LT(Pack(text).size(), 1000U);
  EXPECT_EQ(*Unpack(Pack(text)), text);
  EXPECT_EQ(*Unpack(Pack("")), "");
  EXPECT_FALSE(Unpack("short"));
  EXPECT_FALSE(Unpack(Pack(text).substr(0, 40)));
  EXPECT_FALSE(Unpack(std::string(64, '\xff'))) << "a length that was never packed";
}

}  // namespace
}  // namespace migrateiq::analyzer
