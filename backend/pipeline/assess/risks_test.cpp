#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <set>

#include "pipeline/assess/assess_test_support.hpp"
#include "pipeline/assess/detail/risk_book.hpp"

namespace migrateiq {
namespace {

using test::FindRisk;
using test::Shop;

/// What has to be wrong with the shop for a kind of risk to be told, and how grave it is then.
struct Example {
  const char* kind;
  RiskSeverity severity;
  std::function<void(Shop&)> spoil;
};

void Find(Shop& shop, const char* finding, int64_t count) {
  shop.Profiled(0, 1).findings.push_back({finding, count, "oddity"});
}

/// A text column of which something is wrong in `count` texts.
EncodingProfile& Encoding(Shop& shop) {
  shop.Profiled(0, 1).lengths = LengthProfile{3, 12, 8};
  return shop.Profiled(0, 1).encoding.emplace();
}

InclusionDependency Reference(bool declared, int64_t orphans, double confidence) {
  return {.columns = {"customer_no"},
          .parent = "customer",
          .parent_columns = {"customer_no"},
          .declared = declared,
          .basis = Basis::all_rows,
          .rows = Shop::kRows,
          .orphans = orphans,
          .confidence = confidence};
}

void AddIdentity(Shop& shop, const char* next) {
  shop.Column(0, 0).identity = Identity::kByDefault;
  shop.Column(0, 0).identity_next = next;
}

void ToSqliteFrom(Shop& shop) { shop.source = "sqlite"; }

std::vector<Example> Examples() {
  return {
      {"refused_catalog", RiskSeverity::critical,
       [](Shop& shop) {
         shop.targets = {"sqlite"};
         shop.catalog.tables.push_back(shop.catalog.tables.front());
         shop.catalog.tables.back().name.name = "CUSTOMER";
       }},
      {"unread_table", RiskSeverity::critical,
       [](Shop& shop) {
         shop.profile.failures.push_back({"log", "MIQ-CONN-004", "no right to read", ""});
       }},
      {"zero_dates", RiskSeverity::high,
       [](Shop& shop) {
         shop.Profiled(0, 2).findings = {{"zero_date", 3, "0000-00-00"}};
       }},
      {"odd_dates", RiskSeverity::low,
       [](Shop& shop) {
         shop.Profiled(0, 2).quality.timeliness = {990, 1000, "neither future nor before 1900"};
       }},
      {"unsigned", RiskSeverity::low,
       [](Shop& shop) { shop.Retype("int(10) unsigned", LogicalType::Of(TypeKind::kInt64), ValueFamily::number); }},
      {"small_booleans", RiskSeverity::medium,
       [](Shop& shop) {
         shop.Retype("tinyint(1)", LogicalType::Of(TypeKind::kInt8), ValueFamily::number);
         shop.Profiled(0, 1).maximum_number = 7;
       }},
      {"bit_strings", RiskSeverity::low,
       [](Shop& shop) { shop.Retype("bit(4)", {.kind = TypeKind::kBit, .length = 4}, ValueFamily::other); }},
      {"latin1", RiskSeverity::low, [](Shop& shop) { shop.Column(0, 1).charset = "latin1"; }},
      {"double_encoding", RiskSeverity::high, [](Shop& shop) { Encoding(shop).mojibake = 40; }},
      {"invalid_text", RiskSeverity::high, [](Shop& shop) { Encoding(shop).invalid_utf8 = 1; }},
      {"lost_characters", RiskSeverity::low, [](Shop& shop) { Encoding(shop).replacement = 1; }},
      {"mixed_scripts", RiskSeverity::low, [](Shop& shop) { Encoding(shop).mixed = 1; }},
      {"long_keys", RiskSeverity::low,
       [](Shop& shop) {
         shop.source = "postgresql";
         shop.targets = {"mysql"};
         shop.Retype("text", LogicalType::String(), ValueFamily::text);
         shop.catalog.tables[0].indexes.push_back({.name = "by_city", .parts = {{.column = "city"}}});
       }},
      {"control_characters", RiskSeverity::medium,
       [](Shop& shop) {
         Encoding(shop).control = 2;
         shop.Profiled(0, 1).encoding->examples = {std::string("a\0b", 3)};
       }},
      {"json_columns", RiskSeverity::low,
       [](Shop& shop) { shop.Retype("json", LogicalType::Of(TypeKind::kJson), ValueFamily::other); }},
      {"invalid_json", RiskSeverity::high, [](Shop& shop) { Find(shop, "json", 1); }},
      {"mixed_case_names", RiskSeverity::low, [](Shop& shop) { shop.catalog.tables[1].columns[2].name = "netWeight"; }},
      {"long_names", RiskSeverity::medium, [](Shop& shop) { shop.Column(1, 2).name = std::string(64, 'w'); }},
      {"reserved_words", RiskSeverity::low, [](Shop& shop) { shop.Column(1, 2).name = "Order"; }},
      {"no_key", RiskSeverity::low, [](Shop& shop) { shop.catalog.tables[1].primary_key.reset(); }},
      {"broken_key", RiskSeverity::high,
       [](Shop& shop) {
         shop.profile.tables[0].candidate_keys = {{{"customer_no"}, true, Basis::all_rows, 1000, 998, 0}};
       }},
      {"text_keys", RiskSeverity::low,
       [](Shop& shop) {
         shop.catalog.tables[0].primary_key = test::KeyOver("city");
         shop.Column(0, 1).case_insensitive = true;
       }},
      {"case_insensitive_unique", RiskSeverity::low,
       [](Shop& shop) {
         shop.Column(0, 1).case_insensitive = true;
         shop.catalog.tables[0].indexes.push_back({.name = "u", .unique = true, .parts = {{.column = "city"}}});
       }},
      {"key_cycles", RiskSeverity::low,
       [](Shop& shop) {
         shop.catalog.tables[0].foreign_keys.push_back({.name = "last_one",
                                                        .columns = {"customer_no"},
                                                        .parent = shop.catalog.tables[1].name,
                                                        .parent_columns = {"purchase_no"}});
       }},
      {"orphans", RiskSeverity::high,
       [](Shop& shop) { shop.profile.tables[1].inclusion_dependencies = {Reference(true, 5, 1)}; }},
      {"undeclared_keys", RiskSeverity::low,
       [](Shop& shop) { shop.profile.tables[1].inclusion_dependencies = {Reference(false, 0, 0.9)}; }},
      {"changed_actions", RiskSeverity::medium,
       [](Shop& shop) { shop.catalog.tables[1].foreign_keys[0].parent.name = "not_chosen"; }},
      {"identity", RiskSeverity::low, [](Shop& shop) { AddIdentity(shop, "17"); }},
      {"identity_exhausted", RiskSeverity::high, [](Shop& shop) { AddIdentity(shop, "2000000000"); }},
      {"time_zones", RiskSeverity::medium,
       [](Shop& shop) {
         shop.Retype("timestamp", LogicalType::Of(TypeKind::kTimestampTz), ValueFamily::timestamp);
         shop.Column(0, 2).type = LogicalType::Of(TypeKind::kTimestamp);
       }},
      {"money_in_floats", RiskSeverity::medium,
       [](Shop& shop) { shop.Column(1, 2).name = shop.Profiled(1, 2).name = "total"; }},
      {"money_in_floats", RiskSeverity::medium,
       [](Shop& shop) {
         shop.Column(1, 2).name = shop.Profiled(1, 2).name = "monthly";
         shop.Profiled(1, 2).semantic.kind = "salary";
       }},
      {"wide_numbers", RiskSeverity::medium,
       [](Shop& shop) { shop.Retype("decimal(65,2)", LogicalType::Decimal(65, 2), ValueFamily::number); }},
      {"long_times", RiskSeverity::low,
       [](Shop& shop) { shop.Retype("time", LogicalType::Of(TypeKind::kInterval), ValueFamily::interval); }},
      {"special_numbers", RiskSeverity::high, [](Shop& shop) { Find(shop, "special_value", 1); }},
      {"enums", RiskSeverity::low,
       [](Shop& shop) {
         shop.Retype("enum('a','b')", {.kind = TypeKind::kEnum, .labels = {"a", "b"}}, ValueFamily::text);
       }},
      {"generated_columns", RiskSeverity::medium,
       [](Shop& shop) { shop.Column(0, 1).generated_sql = "soundex(`joined`)"; }},
      {"triggers", RiskSeverity::high,
       [](Shop& shop) {
         shop.catalog.others.push_back({"trigger", "t", "CREATE TRIGGER t ...", ""});
       }},
      {"code_objects", RiskSeverity::medium,
       [](Shop& shop) {
         shop.catalog.others.push_back({"view", "v", "CREATE VIEW v AS SELECT 1", ""});
       }},
      {"partitions", RiskSeverity::medium,
       [](Shop& shop) { shop.catalog.tables[1].partitioning = "PARTITION BY HASH (`purchase_no`)"; }},
      {"manual_parts", RiskSeverity::medium,
       [](Shop& shop) {
         shop.catalog.tables[0].checks.push_back({"odd", "soundex(`city`) <> ''"});
       }},
      {"csv_rows", RiskSeverity::medium,
       [](Shop& shop) {
         shop.catalog.others.push_back({"file", "notes.doc", "", "it is no CSV file"});
       }},
      {"long_run", RiskSeverity::medium, [](Shop& shop) { shop.profile.tables[0].bytes = 1'000'000'000'000; }},
      {"not_transactional", RiskSeverity::medium, [](Shop& shop) { shop.catalog.tables[0].transactional = false; }},
      {"dynamic_types", RiskSeverity::medium,
       [](Shop& shop) {
         ToSqliteFrom(shop);
         shop.Column(0, 1).note = "declared INTEGER, read as string: 3 of 900 values are text";
       }},
      {"misfits", RiskSeverity::high, [](Shop& shop) { Find(shop, "too_long", 1); }},
      {"null_in_key", RiskSeverity::high, [](Shop& shop) { shop.Profiled(0, 0).nulls = 2; }},
      {"geometry", RiskSeverity::medium,
       [](Shop& shop) { shop.Retype("point", LogicalType::Of(TypeKind::kGeometry), ValueFamily::other); }},
      {"text_types", RiskSeverity::medium,
       [](Shop& shop) { shop.Profiled(0, 1).fitting = FittingType{"date", 990, 1000, true, "%Y%m%d", {"unknown"}}; }},
      {"mixed_formats", RiskSeverity::medium,
       [](Shop& shop) {
         shop.Profiled(0, 1).date_formats = {{"%d.%m.%Y", 900, 0.9, false}, {"%Y%m%d", 100, 0.1, false}};
       }},
      {"duplicates", RiskSeverity::medium,
       [](Shop& shop) {
         shop.profile.tables[1].duplicate_rows = DuplicateRows{Basis::all_rows, 1000, 3, 2};
       }},
      {"contradictions", RiskSeverity::low,
       [](Shop& shop) {
         shop.profile.tables[0].functional_dependencies = {{{"city"}, "joined", Basis::all_rows, 1000, 4, 20}};
       }},
      {"outliers", RiskSeverity::note,
       [](Shop& shop) {
         shop.Profiled(1, 2).outliers = OutlierProfile{"fences", "0", "90", 2, {"100000", "90000"}};
       }},
      {"broken_rules", RiskSeverity::high,
       [](Shop& shop) {
         shop.profile.tables[0].rules = {{.name = "has_city",
                                          .kind = "not_null",
                                          .column = "city",
                                          .severity = "reject",
                                          .checked = 1000,
                                          .broken = 7}};
       }},
      {"personal_data", RiskSeverity::medium,
       [](Shop& shop) { shop.Profiled(0, 1).semantic = test::Meaning("email", true); }},
      {"secrets", RiskSeverity::high,
       [](Shop& shop) { shop.Profiled(0, 1).semantic = test::Meaning("credit_card", true); }},
      {"dead_weight", RiskSeverity::note, [](Shop& shop) { shop.Profiled(1, 2).nulls = Shop::kRows; }},
  };
}

TEST(AssessRisks, ATidyDatabaseHasNone) {
  const Assessment assessment = Shop().Assess();
  std::string kinds;
  for (const Risk& risk : assessment.risks) kinds += risk.kind + " ";
  EXPECT_EQ(kinds, "");
  EXPECT_EQ(assessment.verdict, Readiness::ready);
}

TEST(AssessRisks, EachKindIsToldWhereItIsAndSaysWhatMatters) {
  for (const Example& example : Examples()) {
    Shop shop;
    example.spoil(shop);
    const Assessment assessment = shop.Assess();
    const Risk* risk = FindRisk(assessment, example.kind);
    ASSERT_NE(risk, nullptr) << example.kind;
    EXPECT_EQ(risk->severity, example.severity) << example.kind;
    EXPECT_FALSE(risk->title.empty() || risk->consequence.empty() || risk->engine.empty()) << example.kind;
    EXPECT_FALSE(risk->evidence.empty()) << example.kind;
    EXPECT_GE(risk->places, 1) << example.kind;
    EXPECT_EQ(risk->plan_key.empty(), risk->plan_example.empty()) << example.kind;
  }
}

TEST(AssessRisks, EveryKindHasAnExample) {
  std::set<std::string> shown, known;
  for (const Example& example : Examples()) shown.insert(example.kind);
  for (const assess::RiskText& text : assess::AllRiskTexts()) known.insert(std::string(text.kind));
  EXPECT_EQ(shown, known);
}

TEST(AssessRisks, ExamplesForThePlanAreYaml) {
  for (const assess::RiskText& text : assess::AllRiskTexts()) {
    if (text.plan_example.empty()) continue;
    EXPECT_NO_THROW({
      const YAML::Node node = YAML::Load(std::string(text.plan_example));
      EXPECT_TRUE(node.IsMap() || node.IsSequence()) << text.kind;
    }) << text.kind;
  }
  Shop shop;
  for (const Example& example : Examples()) example.spoil(shop);
  EXPECT_TRUE(YAML::Load(shop.Assess().plan)["version"]);
}

/// What looks like a risk and is none.
TEST(AssessRisks, NotTold) {
  struct Case {
    const char* kind;
    std::function<void(Shop&)> make;
  };
  const std::vector<Case> cases = {
      {"small_booleans",
       [](Shop& shop) {
         shop.Retype("tinyint(1)", LogicalType::Of(TypeKind::kInt8), ValueFamily::number);
         shop.Profiled(0, 1).maximum_number = 1;
       }},
      {"zero_dates",
       [](Shop& shop) {
         shop.Profiled(0, 2).findings = {{"zero_date", 0, ""}};
       }},
      {"unsigned",
       [](Shop& shop) {
         shop.Retype("int(10) unsigned", LogicalType::Of(TypeKind::kInt64), ValueFamily::number);
         shop.targets = {"mysql"};
       }},
      {"text_types",
       [](Shop& shop) { shop.Profiled(0, 1).fitting = FittingType{"date", 400, 1000, true, "%Y%m%d", {}}; }},
      {"undeclared_keys",
       [](Shop& shop) { shop.profile.tables[1].inclusion_dependencies = {Reference(false, 0, 0.4)}; }},
      {"undeclared_keys",
       [](Shop& shop) {
         shop.profile.tables[1].inclusion_dependencies = {Reference(false, 0, 0.9)};
         shop.profile.tables[1].inclusion_dependencies[0].rows = 3;
       }},
      {"undeclared_keys",  // the other direction is declared
       [](Shop& shop) {
         shop.profile.tables[1].inclusion_dependencies = {Reference(true, 0, 1)};
         shop.profile.tables[0].inclusion_dependencies = {Reference(false, 0, 0.9)};
         shop.profile.tables[0].inclusion_dependencies[0].parent = "purchase";
       }},
      {"text_types",  // digits, but no numbers
       [](Shop& shop) {
         shop.Profiled(0, 1).fitting = FittingType{"int32", 1000, 1000, true, "", {}};
         shop.Profiled(0, 1).semantic = test::Meaning("postal_code", true);
       }},
      {"orphans", [](Shop& shop) { shop.profile.tables[1].inclusion_dependencies = {Reference(true, 0, 1)}; }},
      {"broken_key",
       [](Shop& shop) {
         shop.profile.tables[0].candidate_keys = {{{"city"}, false, Basis::all_rows, 1000, 998, 0}};
       }},
      {"contradictions",
       [](Shop& shop) {
         shop.profile.tables[0].functional_dependencies = {{{"city"}, "joined", Basis::all_rows, 1000, 300, 20}};
       }},
      {"contradictions",
       [](Shop& shop) {
         shop.Profiled(0, 2).distinct.value = 3;  // a property that many cities share
         shop.profile.tables[0].functional_dependencies = {{{"city"}, "joined", Basis::all_rows, 1000, 4, 20}};
       }},
      {"identity_exhausted", [](Shop& shop) { AddIdentity(shop, "1000000"); }},
      {"time_zones", [](Shop& shop) { shop.Column(0, 2).type = LogicalType::Of(TypeKind::kTimestamp); }},
      {"mixed_formats",
       [](Shop& shop) {
         shop.Profiled(0, 1).date_formats = {{"%Y-%m-%d", 1000, 1, false}};
       }},
      {"key_cycles",
       [](Shop& shop) {
         shop.catalog.tables[0].foreign_keys.push_back({.name = "self",
                                                        .columns = {"customer_no"},
                                                        .parent = shop.catalog.tables[0].name,
                                                        .parent_columns = {"customer_no"}});
       }},
      {"mixed_case_names",
       [](Shop& shop) {
         shop.targets = {"sqlite"};
         shop.Column(1, 2).name = "netWeight";
       }},
      {"long_names",
       [](Shop& shop) {
         shop.targets = {"sqlite"};
         shop.Column(1, 2).name = std::string(64, 'w');
       }},
      {"control_characters", [](Shop& shop) { Encoding(shop).mixed = 3; }},
      {"outliers",
       [](Shop& shop) {
         shop.Profiled(1, 2).outliers = OutlierProfile{"fences", "0", "90", 200, {"100"}};
       }},
      {"long_run", [](Shop& shop) { shop.profile.tables[0].bytes = 1'000'000'000; }},
      {"dead_weight", [](Shop& shop) { shop.Profiled(1, 2).nulls = Shop::kRows - 1; }},
      {"triggers",
       [](Shop& shop) {
         shop.catalog.others.push_back({"view", "v", "", ""});
       }},
      {"secrets", [](Shop& shop) { shop.Profiled(0, 1).semantic = test::Meaning("email", true); }},
      {"personal_data", [](Shop& shop) { shop.Profiled(0, 1).semantic = test::Meaning("city", false); }},
  };
  for (const Case& one : cases) {
    Shop shop;
    one.make(shop);
    EXPECT_EQ(FindRisk(shop.Assess(), one.kind), nullptr) << one.kind;
  }
}

TEST(AssessRisks, RankedBySeverityThenByShare) {
  Shop shop;
  Find(shop, "too_long", 10);
  Find(shop, "json", 500);
  AddIdentity(shop, "17");
  const Assessment assessment = shop.Assess();
  ASSERT_EQ(assessment.risks.size(), 3U);
  EXPECT_EQ(assessment.risks[0].kind, "invalid_json");
  EXPECT_DOUBLE_EQ(assessment.risks[0].share, 0.5);
  EXPECT_EQ(assessment.risks[1].kind, "misfits");
  EXPECT_EQ(assessment.risks[2].kind, "identity");
}

TEST(AssessRisks, OnlyTheGravestPlacesAreKeptAllAreCounted) {
  Shop shop;
  for (size_t i = 0; i < kMaxEvidence + 5; ++i)
    shop.catalog.others.push_back({"trigger", "t" + std::to_string(i), "", ""});
  const Assessment assessment = shop.Assess();
  EXPECT_EQ(FindRisk(assessment, "triggers")->places, static_cast<int64_t>(kMaxEvidence) + 5);
  EXPECT_EQ(FindRisk(assessment, "triggers")->evidence.size(), kMaxEvidence);
}

TEST(AssessRisks, EveryFailureCaseHasAStatus) {
  Shop shop;
  const auto status = [](const Assessment& assessment, std::string_view id) {
    return std::ranges::find(assessment.cases, id, &CaseCheck::failure_case)->status;
  };
  Assessment assessment = shop.Assess();
  ASSERT_EQ(assessment.cases.size(), 44U);
  EXPECT_EQ(assessment.cases.front().failure_case, "F01");
  EXPECT_EQ(assessment.cases.back().failure_case, "F44");
  EXPECT_EQ(status(assessment, "F21"), "clear");
  EXPECT_EQ(status(assessment, "F42"), "by_design");
  EXPECT_EQ(status(assessment, "F38"), "not_applicable");
  EXPECT_EQ(status(assessment, "F39"), "not_applicable");
  shop.profile.tables[1].inclusion_dependencies = {Reference(true, 5, 1)};
  EXPECT_EQ(status(shop.Assess(), "F21"), "found");
  shop.with_profile = false;
  EXPECT_EQ(status(shop.Assess(), "F21"), "not_examined");
  EXPECT_EQ(status(assessment, "F31"), "clear");
  shop.targets.clear();
  EXPECT_EQ(status(shop.Assess(), "F31"), "not_examined");
}

}  // namespace
}  // namespace migrateiq
