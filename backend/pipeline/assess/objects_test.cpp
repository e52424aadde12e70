#include <gtest/gtest.h>

#include "pipeline/assess/assess_test_support.hpp"
#include "pipeline/assess/detail/names_in_code.hpp"
#include "pipeline/assess/render_html.hpp"

/// Views, triggers and routines: their texts, and what they need.
namespace migrateiq {
namespace {

using assess::CodeName;
using assess::CodeNames;
using assess::NamesInCode;
using test::Shop;

using Names = std::vector<CodeName>;

TEST(NamesInCode, AreWhereTablesAreNamed) {
  const CodeNames names = NamesInCode(
      "CREATE VIEW v AS SELECT f.title, 'FROM x' FROM ((`shop`.`Film` f JOIN \"lan guage\" l ON l.id = f.lang)) -- "
      "FROM y\n"
      ", [stock] WHERE f.id IN (SELECT a, b FROM actor) /* JOIN z */",
      false);
  EXPECT_EQ(names.relations, (Names{{"shop", "film"}, {"lan guage"}, {"actor"}}));
  EXPECT_EQ(names.calls, Names{{"in"}});
}

TEST(NamesInCode, OfAListAreAll) {
  EXPECT_EQ(NamesInCode("SELECT x, y FROM a, b AS c, d WHERE x = y, z", false).relations, (Names{{"a"}, {"b"}, {"d"}}));
  EXPECT_EQ(NamesInCode("UPDATE a, b SET c = 1, d = 2", false).relations, (Names{{"a"}, {"b"}}));
}

TEST(NamesInCode, OfATriggerStandAfterOn) {
  const char* trigger = "CREATE TRIGGER t AFTER UPDATE ON film FOR EACH ROW BEGIN INSERT INTO log (a) VALUES (1); END";
  EXPECT_EQ(NamesInCode(trigger, true).relations, (Names{{"film"}, {"log"}}));
  EXPECT_EQ(NamesInCode("SELECT 1 FROM a JOIN b ON c = d", false).relations, (Names{{"a"}, {"b"}}));
}

TEST(NamesInCode, OfCallsStandBeforeAParenthesis) {
  const CodeNames names = NamesInCode("BEGIN CALL clean; SET x = shop.total(1) + 2; END", false);
  EXPECT_EQ(names.calls, (Names{{"clean"}, {"shop", "total"}}));
  EXPECT_TRUE(NamesInCode("SELECT 'unclosed FROM a", false).relations.empty());
  EXPECT_TRUE(NamesInCode("FROM \"unclosed", false).calls.empty());
  EXPECT_TRUE(NamesInCode("", true).relations.empty());
}

/// "view b: table purchase, view a".
std::string Told(const CatalogObject& object) {
  std::string text = object.kind + " " + object.name + ":";
  for (const ObjectUse& use : object.uses) text += " " + use.kind + " " + use.name;
  return text;
}

Shop WithCode() {
  Shop shop;
  shop.catalog.others.push_back(
      {"view", "b", "CREATE VIEW b AS SELECT * FROM a JOIN PURCHASE USING (customer_no)", ""});
  shop.catalog.others.push_back({"view", "a", "CREATE VIEW a AS SELECT total(1) FROM shop.customer", ""});
  shop.catalog.others.push_back({"routine", "total(integer)", "CREATE FUNCTION total(n integer) AS 'x'", ""});
  shop.catalog.others.push_back(
      {"trigger", "t", "CREATE TRIGGER t AFTER INSERT ON customer FOR EACH ROW CALL total(1)", ""});
  return shop;
}

TEST(Objects, SayWhatTheyUse) {
  const Assessment assessment = WithCode().Assess();
  ASSERT_EQ(assessment.objects.size(), 4U);
  EXPECT_EQ(Told(assessment.objects[0]), "routine total(integer):");
  EXPECT_EQ(Told(assessment.objects[1]), "trigger t: table customer routine total(integer)");
  EXPECT_EQ(Told(assessment.objects[2]), "view a: table customer routine total(integer)");
  EXPECT_EQ(Told(assessment.objects[3]), "view b: table purchase view a");
}

TEST(Objects, AreToldApartByTheirSchemaWhereBothSayIt) {
  Shop shop;
  shop.catalog.tables[0].name = {"old", "customer"};
  shop.catalog.tables[1].name = {"new", "customer"};
  shop.catalog.others.push_back({"view", "new.v", "SELECT * FROM new.customer", ""});
  EXPECT_EQ(Told(shop.Assess().objects[0]), "view new.v: table new.customer");
}

TEST(Objects, ShowTheirTextOnThePageAlsoWithoutATarget) {
  Shop shop = WithCode();
  shop.targets.clear();
  shop.catalog.tables[0].indexes.push_back({.name = "by_city", .unique = true, .parts = {{.column = "city"}}});
  const Assessment assessment = shop.Assess();
  const std::string page = RenderAssessmentHtml(assessment);
  EXPECT_NE(page.find("<pre>CREATE VIEW b AS SELECT"), std::string::npos);
  EXPECT_NE(page.find(">by_city<"), std::string::npos);
  ASSERT_EQ(assessment.tables[0].index_list.size(), 1U);
  EXPECT_EQ(assessment.tables[0].index_list[0].columns, std::vector<std::string>{"city"});
}

}  // namespace
}  // namespace migrateiq
