#include <gtest/gtest.h>

#include "pipeline/assess/assess_test_support.hpp"
#include "pipeline/assess/detail/code_measure.hpp"
#include "pipeline/assess/detail/context.hpp"
#include "pipeline/assess/detail/words.hpp"

/// Figures against values computed by hand.
namespace migrateiq {
namespace {

using test::FindRisk;
using test::Shop;

const InventoryLine& Line(const Assessment& assessment, std::string_view kind) {
  return *std::ranges::find(assessment.inventory, kind, &InventoryLine::kind);
}

TEST(Assess, CountsWhatThereIs) {
  Shop shop;
  shop.catalog.tables[1].primary_key.reset();
  shop.catalog.tables[0].indexes.push_back({.name = "u", .unique = true, .parts = {{.column = "city"}}});
  shop.catalog.others.push_back({"view", "v", "", ""});
  const Assessment assessment = shop.Assess();
  EXPECT_EQ(Line(assessment, "table").count, 2);
  EXPECT_EQ(Line(assessment, "table").detail, "1 without primary key");
  EXPECT_EQ(Line(assessment, "column").count, 6);
  EXPECT_EQ(Line(assessment, "index").detail, "1 unique");
  EXPECT_EQ(Line(assessment, "foreign key").count, 1);
  EXPECT_EQ(Line(assessment, "view").count, 1);
  EXPECT_EQ(Line(assessment, "trigger").count, 0);
  EXPECT_EQ(assessment.rows, 2000);
  EXPECT_EQ(assessment.bytes, 128'000);
}

TEST(Assess, ComplexityIsTheSumThatItShows) {
  Shop shop;
  shop.profile.tables[1].rows = 10'000'000;  // two powers of ten beyond 100,000
  shop.catalog.others.push_back({"view", "v", "CREATE VIEW v AS\nSELECT a FROM b JOIN c USING (d)", ""});
  const Complexity complexity = shop.Assess().complexity;
  ASSERT_EQ(complexity.objects.size(), 3U);
  EXPECT_EQ(complexity.objects[0].name, "purchase");
  EXPECT_NEAR(complexity.objects[0].points, 1 + 3 * 0.1 + 0.5 + 2, 1e-9);
  EXPECT_EQ(complexity.objects[1].name, "v");
  EXPECT_NEAR(complexity.objects[1].points, 1 + 2 * 0.1 + 0.5, 1e-9);
  EXPECT_NEAR(complexity.objects[2].points, 1.3, 1e-9);
  EXPECT_NEAR(complexity.points, 3.8 + 1.7 + 1.3, 1e-9);
  EXPECT_EQ(complexity.level, "simple");
  for (const ObjectComplexity& object : complexity.objects) {
    double sum = 0;
    for (const ScorePart& part : object.parts) sum += part.points;
    EXPECT_NEAR(sum, object.points, 1e-9) << object.name;
  }
  EXPECT_EQ(complexity.distribution[0].count, 3);
}

TEST(Assess, CodeIsMeasuredByItsWords) {
  const auto code = assess::MeasureCode(
      "CREATE PROCEDURE p()\nBEGIN\n  -- IF in a comment\n  IF a = 'JOIN' THEN\n    SELECT 1 FROM t JOIN u ON x IN "
      "(SELECT y "
      "FROM z);\n  END IF;\n  DECLARE c CURSOR FOR SELECT 2;\nEND\n/* WHILE */");
  EXPECT_EQ(code.lines, 7);
  EXPECT_EQ(code.joins, 1);
  EXPECT_EQ(code.subqueries, 2);
  EXPECT_EQ(code.branches, 1);
  EXPECT_EQ(code.hard, 1);
  EXPECT_EQ(assess::MeasureCode("CREATE TRIGGER t EXECUTE FUNCTION f()").hard, 0);
  EXPECT_EQ(assess::MeasureCode("").lines, 0);
  EXPECT_EQ(assess::MeasureCode("SELECT 'unclosed").lines, 1);
}

TEST(Assess, DurationFollowsItsFormula) {
  const Duration duration = Shop().Assess().duration;
  // rows decide: 2,000 / 100,000 per second; 2 tables at 0.1 s; 2,000 entries of primary keys at a microsecond
  EXPECT_NEAR(duration.seconds, 0.02 + 0.2 + 0.002, 1e-9);
  EXPECT_NEAR(duration.low, duration.seconds / 2.5, 1e-9);
  EXPECT_NEAR(duration.high, duration.seconds * 2.5, 1e-9);
  EXPECT_FALSE(duration.measured);

  Shop large;
  large.profile.tables[0].bytes = 40'000'000'000;
  large.options.speed = {.bytes_per_second = 80e6, .factor = 1.2, .measured = true, .basis = "three runs"};
  const Duration measured = large.Assess().duration;
  EXPECT_NEAR(measured.seconds, 40'000'064'000 / 80e6 + 0.2 + 0.002, 1e-6);
  EXPECT_NEAR(measured.high, measured.seconds * 1.2, 1e-6);
  EXPECT_TRUE(measured.measured);
}

TEST(Assess, EffortIsTheSumOfItsLines) {
  // 8 set-up + 2 tables x 0.1; a quarter of it for tests; 2 rehearsals x 4; cutover 8; a fifth on top
  EXPECT_NEAR(Shop().Assess().effort.hours, ((8 + 0.2) * 1.25 + 8 + 8) * 1.2, 1e-9);

  Shop shop;
  shop.catalog.others.push_back({"trigger", "t", "CREATE TRIGGER t", ""});  // 1 h by hand, 2 h to decide
  EXPECT_NEAR(shop.Assess().effort.hours, ((8 + 0.2 + 1 + 2) * 1.25 + 8 + 8) * 1.2, 1e-9);
  shop.options.effort.manual = {{"trigger", 10, 20, 30}};
  EXPECT_NEAR(shop.Assess().effort.hours, ((8 + 0.2 + 10 + 2) * 1.25 + 8 + 8) * 1.2, 1e-9);
}

TEST(Assess, QualityByDimension) {
  Shop shop;
  shop.Profiled(0, 1).quality.completeness = {500, 1000, "neither NULL nor empty"};
  shop.profile.tables[1].rows = 3000;
  shop.profile.tables[1].duplicate_rows = DuplicateRows{Basis::all_rows, 3000, 30, 30};
  const Assessment assessment = shop.Assess();
  const auto score = [&](Dimension dimension) {
    return assessment.quality.scores[static_cast<size_t>(dimension)].score;
  };
  // customer: (1000 + 500 + 1000) / 3000, weighing 1,000 rows; purchase: 1, weighing 3,000
  EXPECT_NEAR(*score(Dimension::completeness), (2500.0 / 3000 * 1000 + 3000) / 4000, 1e-9);
  EXPECT_NEAR(*score(Dimension::uniqueness), 0.99, 1e-9);
  EXPECT_NEAR(*score(Dimension::validity), 1, 1e-9);
  EXPECT_FALSE(score(Dimension::integrity).has_value());
  EXPECT_NEAR(*assessment.quality.overall, (0.20 * *score(Dimension::completeness) + 0.20 * 0.99 + 0.25) / 0.65, 1e-9);
  EXPECT_NEAR(*assessment.tables[0].cards[1].quality[0].score, 0.5, 1e-9);
  EXPECT_EQ(assessment.quality.formulas.size(), 8U);
}

TEST(Assess, WithoutAProfileItSaysSo) {
  Shop shop;
  shop.with_profile = false;
  shop.catalog.tables[0].row_estimate = 70;
  const Assessment assessment = shop.Assess();
  EXPECT_FALSE(assessment.profiled);
  EXPECT_FALSE(assessment.quality.overall.has_value());
  EXPECT_FALSE(assessment.personal.examined);
  EXPECT_EQ(assessment.rows, 70);
  EXPECT_FALSE(assessment.bytes_known);
  EXPECT_EQ(assessment.tables[1].rows, -1);
  ASSERT_FALSE(assessment.notes.empty());
  EXPECT_NE(assessment.notes[0].find("not read"), std::string::npos);
}

TEST(Assess, ConversionAsARunWouldReportIt) {
  Shop shop;
  shop.targets = {"postgresql", "sqlite"};
  shop.catalog.others.push_back({"view", "v", "CREATE VIEW v AS SELECT 1", ""});
  shop.Column(0, 1).native = "enum('a','b')";
  shop.Column(0, 1).type = {.kind = TypeKind::kEnum, .labels = {"a", "b"}};
  const Assessment assessment = shop.Assess();
  ASSERT_EQ(assessment.conversions.size(), 2U);
  const TargetConversion& chosen = assessment.conversions[0];
  EXPECT_TRUE(chosen.chosen);
  EXPECT_FALSE(assessment.conversions[1].chosen);
  EXPECT_EQ(chosen.manual, 1);
  ASSERT_FALSE(chosen.items.empty());
  EXPECT_EQ(chosen.items[0].kind, "view");
  EXPECT_EQ(chosen.items[0].source, "CREATE VIEW v AS SELECT 1");
  int64_t objects = 0;
  for (const ConversionLine& line : chosen.lines) objects += line.automatic + line.adapted + line.manual;
  EXPECT_EQ(objects, 2 + 6 + 2 + 1 + 1);  // tables, columns, primary keys, foreign key, view
  EXPECT_EQ(chosen.automatic + chosen.adapted + chosen.manual, objects);
  const auto sum = [&](int64_t TypeMapping::*what) {
    int64_t all = 0;
    for (const TypeMapping& mapping : chosen.types) all += mapping.*what;
    return all;
  };
  EXPECT_EQ(sum(&TypeMapping::columns), 6);
}

TEST(Assess, WithoutATargetAllAreCompared) {
  Shop shop;
  AssessInput input{.catalog = &shop.catalog, .dialect = &test::DialectOf("mysql"), .profile = &shop.profile};
  for (const char* target : {"postgresql", "mysql", "sqlite"})
    input.targets.push_back({&test::DialectOf(target), target});
  const Assessment assessment = Assess(input, shop.options);
  EXPECT_EQ(assessment.target, "");
  ASSERT_EQ(assessment.conversions.size(), 3U);
  for (const TargetConversion& target : assessment.conversions) {
    EXPECT_FALSE(target.chosen);
    EXPECT_GT(target.automatic, 0) << target.label;
  }
}

TEST(Assess, VerdictAndItsReasons) {
  Shop shop;
  EXPECT_EQ(shop.Assess().verdict, Readiness::ready);
  shop.catalog.others.push_back({"trigger", "t", "CREATE TRIGGER t", ""});
  Assessment assessment = shop.Assess();
  EXPECT_EQ(assessment.verdict, Readiness::ready_with_conditions);
  ASSERT_EQ(assessment.reasons.size(), 2U);  // the risk, and the object by hand
  EXPECT_EQ(assessment.reasons[0].risk, "triggers");
  EXPECT_FALSE(assessment.reasons[0].blocks);
  shop.profile.failures.push_back({"log", "MIQ-CONN-004", "no right", ""});
  assessment = shop.Assess();
  EXPECT_EQ(assessment.verdict, Readiness::not_ready);
  EXPECT_TRUE(assessment.reasons[0].blocks);
  EXPECT_EQ(assessment.reasons[0].risk, "unread_table");
}

TEST(Assess, MoreRejectedRowsThanARunTakesBlock) {
  Shop shop;
  shop.Profiled(0, 1).findings = {{"too_long", 900, "x"}};
  EXPECT_EQ(shop.Assess().verdict, Readiness::ready_with_conditions);
  shop.Profiled(1, 2).findings = {{"out_of_range", 101, "1e99"}};
  EXPECT_EQ(shop.Assess().verdict, Readiness::not_ready);
  shop.options.max_row_errors = 2000;
  EXPECT_EQ(shop.Assess().verdict, Readiness::ready_with_conditions);
}

TEST(Assess, AnEmptyDatabaseIsNotReady) {
  Shop shop;
  shop.catalog.tables.clear();
  shop.profile.tables.clear();
  const Assessment assessment = shop.Assess();
  EXPECT_EQ(assessment.verdict, Readiness::not_ready);
  EXPECT_FALSE(assessment.quality.overall.has_value());
}

// --- masking ---------------------------------------------------------------------------------------------------------

/// Everything of an assessment that is shown to people.
std::string AllText(const Shop& shop) { return AssessmentJson(shop.Assess()); }

void HoldSecret(ColumnProfile& profile) {
  profile.minimum = profile.maximum = "Secretson";
  profile.lengths = LengthProfile{3, 12, 8};
  profile.top_values = {{"Secretson", 12, 0.012}};
  profile.patterns = {{"Aa+", 1000, 1, "Secretson"}};
  profile.findings = {{"too_long", 1, "Secretson"}};
  profile.encoding = EncodingProfile{.mojibake = 1, .examples = {"Secretson"}};
  profile.fitting = FittingType{"date", 960, 1000, true, "%Y", {"Secretson"}};
  profile.outliers = OutlierProfile{"fences", "Secretson", "Secretson", 1, {"Secretson"}};
  profile.histogram = {{"Secretson", "Secretson", 0, 1, 3}};
  profile.quantiles = {{0.5, "Secretson", 0}};
}

TEST(AssessMasking, PersonalValuesAreNowhere) {
  Shop shop;
  HoldSecret(shop.Profiled(0, 1));
  shop.Profiled(0, 1).semantic = test::Meaning("last_name", true);
  EXPECT_EQ(AllText(shop).find("Secretson"), std::string::npos);
  EXPECT_NE(AllText(shop).find("Xxxxxxxxx"), std::string::npos);
  shop.options.show_values = true;
  EXPECT_NE(AllText(shop).find("Secretson"), std::string::npos);
}

TEST(AssessMasking, FreeTextAndTellingTextAreHiddenToo) {
  Shop shop;
  HoldSecret(shop.Profiled(0, 1));
  shop.Profiled(0, 1).fitting.reset();
  shop.Profiled(0, 1).distinct.value = 900;  // nearly all different, of no known meaning
  EXPECT_EQ(AllText(shop).find("Secretson"), std::string::npos);
  shop.Profiled(0, 1).distinct.value = 9;
  EXPECT_NE(AllText(shop).find("Secretson"), std::string::npos);
  shop.Profiled(0, 1).lengths = LengthProfile{3, 900, 55};
  EXPECT_EQ(AllText(shop).find("Secretson"), std::string::npos);
}

TEST(AssessMasking, ReferencesToHiddenColumnsAreHidden) {
  Shop shop;
  shop.Profiled(0, 1).semantic = test::Meaning("last_name", true);
  shop.Profiled(1, 2).family = ValueFamily::text;
  shop.Profiled(1, 2).top_values = {{"Secretson", 12, 0.012}};
  EXPECT_NE(AllText(shop).find("Secretson"), std::string::npos);
  shop.profile.tables[1].inclusion_dependencies = {{.columns = {"weight"},
                                                    .parent = "customer",
                                                    .parent_columns = {"city"},
                                                    .rows = 1000,
                                                    .orphans = 3,
                                                    .examples = {"Secretson"},
                                                    .confidence = 0.9}};
  EXPECT_EQ(AllText(shop).find("Secretson"), std::string::npos);
}

TEST(AssessMasking, Shapes) {
  EXPECT_EQ(assess::ShapeOf("Ada Lovelace, 1815-12-10"), "Xxx Xxxxxxxx, 0000-00-00");
  EXPECT_EQ(assess::ShapeOf("M\xC3\xBCller"), "Xxxxxx");
  EXPECT_EQ(assess::ShapeOf(""), "");
}

// --- words -----------------------------------------------------------------------------------------------------------

TEST(AssessWords, NumbersAsPeopleReadThem) {
  EXPECT_EQ(assess::Number(1234567), "1,234,567");
  EXPECT_EQ(assess::Number(-1), "unknown");
  EXPECT_EQ(assess::Count(1, "index"), "1 index");
  EXPECT_EQ(assess::Count(2, "index"), "2 indexes");
  EXPECT_EQ(assess::Count(2, "row policy"), "2 row policies");
  EXPECT_EQ(assess::Bytes(1500), "1.5\u00A0kB");
  EXPECT_EQ(assess::Bytes(999'960), "1.0\u00A0MB");
  EXPECT_EQ(assess::Percent(0.12345), "12.3\u00A0%");
  EXPECT_EQ(assess::Percent(0.99999), ">\u00A099.9\u00A0%");
  EXPECT_EQ(assess::Percent(0.00001), "<\u00A00.1\u00A0%");
  EXPECT_EQ(assess::Percent(5, 5), "100\u00A0%");
  EXPECT_EQ(assess::Seconds(0.2), "under 1\u00A0s");
  EXPECT_EQ(assess::Seconds(5400), "1.5\u00A0h");
  EXPECT_EQ(assess::Hours(24), "3.0\u00A0days");
  EXPECT_EQ(assess::Decimal(-0.001), "0");
  EXPECT_EQ(assess::Shorten("\xC3\xBC\xC3\xBC\xC3\xBC", 2), "\xC3\xBC\xC3\xBC...");
  EXPECT_EQ(assess::Shorten("ab", 2), "ab");
}

}  // namespace
}  // namespace migrateiq
