#include "pipeline/plan/plan_file.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

namespace migrateiq {
namespace {

constexpr std::string_view kFull = R"yaml(version: 1
name: shop-to-postgres
source: {url: "mysql://etl:${SHOP_PASSWORD}@127.0.0.1/shop"}
target: {url: "postgresql://app:${PG_PASSWORD}@127.0.0.1/crm", schema: public}
tables: {include: ["*"], exclude: ["tmp_*"]}
naming: {case: snake}
mappings:
  - source: customer
    target: crm.customers
    mode: upsert
    key: [id]
    where: "country <> 'XX'"
    columns:
      - {target: id, source: customer_id}
      - {target: full_name, expr: "first_name || ' ' || last_name"}
      - {target: joined_at, source: joined, type: timestamptz, assume_zone: Europe/Berlin}
    rest: drop
    rules:
      - {kind: not_null, column: email, severity: reject}
      - {kind: expr, name: adult, expr: "birth < current_date", severity: warn}
      - {kind: range, column: age, min: 0, max: "120"}
      - {kind: length, column: zip, max: 5}
      - {kind: regex, column: zip, pattern: "^\\d+$", severity: fail}
      - {kind: in, column: state, values: [a, "null", 3]}
  - source: {sql: "SELECT 1 AS \"x\"\nFROM dual"}
    target: one
types:
  - {match: {source_type: "tinyint(1)"}, to: boolean}
  - {match: {table: "order*", column: total}, to: "numeric(14,2)"}
on: {zero_date: epoch, nul_byte: reject, orphan_row: error, row_error: fail, max_row_errors: 7}
run:
  workers: 3
  chunk_rows: 5000
  schema: replace
  verify: diff
  undo: none
  ledger_schema: migration
  create_database: true
  parts: 4
  throttle: {rows_per_second: 10, bytes_per_second: 20, pause_when_source_load_above: 1.5}
)yaml";

constexpr std::string_view kStored =
    "version: 1\nsource: {connection: shop}\ntarget: {connection: \"crm prod\", schema: app}\n";

constexpr std::string_view kHead = "version: 1\nsource: {url: 'sqlite:a'}\ntarget: {url: 'sqlite:b'}\n";

Plan Parsed(std::string_view text) {
  const Result<Plan> plan = ParsePlan(text, "plan.yaml");
  EXPECT_TRUE(plan.has_value()) << (plan ? "" : plan.error().ToString());
  return plan.value_or(Plan{});
}

Error Refused(std::string_view text) {
  const Result<Plan> plan = ParsePlan(text, "plan.yaml");
  EXPECT_FALSE(plan.has_value()) << text;
  return plan ? Error(codes::kInternal, "accepted") : plan.error();
}

Error RefusedAfterHead(std::string_view text) { return Refused(std::string(kHead) + std::string(text)); }

void ExpectError(const Error& error, const ErrorCode& code, std::string_view place, std::string_view part) {
  EXPECT_TRUE(error.Is(code)) << error.ToString();
  EXPECT_EQ(error.place, place) << error.ToString();
  EXPECT_NE(error.message.find(part), std::string::npos) << error.ToString();
}

TEST(PlanFile, ReadsEveryKey) {
  const Plan plan = Parsed(kFull);
  EXPECT_EQ(plan.name, "shop-to-postgres");
  EXPECT_EQ(plan.target.schema, "public");
  EXPECT_EQ(plan.exclude, std::vector<std::string>{"tmp_*"});
  EXPECT_EQ(plan.name_case, NameCase::kSnake);
  ASSERT_EQ(plan.mappings.size(), 2u);
  const TableMapping& customer = plan.mappings[0];
  EXPECT_EQ(customer.mode, LoadMode::kUpsert);
  EXPECT_EQ(customer.key, std::vector<std::string>{"id"});
  EXPECT_EQ(customer.columns.at(1).expr, "first_name || ' ' || last_name");
  EXPECT_EQ(customer.columns.at(2).assume_zone, "Europe/Berlin");
  EXPECT_EQ(customer.rest, Rest::kDrop);
  EXPECT_EQ(customer.place, "plan.yaml:8:5");
  EXPECT_EQ(plan.mappings[1].sql, "SELECT 1 AS \"x\"\nFROM dual");
  EXPECT_EQ(plan.types.at(1).table, "order*");
  EXPECT_EQ(plan.on.zero_date, ZeroDate::kEpoch);
  EXPECT_EQ(plan.run.chunk_rows, 5000);
  EXPECT_FALSE(plan.run.undo_journal);
  EXPECT_DOUBLE_EQ(plan.run.throttle.pause_when_source_load_above, 1.5);
}

TEST(PlanFile, ReadsRules) {
  const std::vector<Rule> rules = Parsed(kFull).mappings.at(0).rules;
  ASSERT_EQ(rules.size(), 6u);
  EXPECT_EQ(rules[0].name, "not_null_email");
  EXPECT_EQ(rules[1].name, "adult");
  EXPECT_EQ(rules[1].severity, Severity::kWarn);
  EXPECT_EQ(rules[2].min, "0");
  EXPECT_EQ(rules[2].severity, Severity::kReject);
  EXPECT_EQ(rules[3].max, "5");
  EXPECT_EQ(rules[4].pattern, "^\\d+$");
  EXPECT_EQ(rules[5].values, (std::vector<std::string>{"a", "null", "3"}));
}

TEST(PlanFile, AbsentKeysHaveTheDocumentedDefaults) {
  const Plan plan = Parsed(kHead);
  EXPECT_EQ(plan.include, std::vector<std::string>{"*"});
  EXPECT_EQ(plan.on.zero_date, ZeroDate::kNull);
  EXPECT_EQ(plan.on.max_row_errors, 1000);
  EXPECT_EQ(plan.run.verify, VerifyLevel::kChecksum);
  EXPECT_TRUE(plan.run.undo_journal);
}

TEST(PlanFile, PlainNullIsAChoiceForZeroDates) {
  EXPECT_EQ(Parsed(std::string(kHead) + "on: {zero_date: null}\n").on.zero_date, ZeroDate::kNull);
}

TEST(PlanFile, WrittenPlansReadBackEqual) {
  const Plan plan = Parsed(kFull);
  const std::string text = WritePlan(plan);
  EXPECT_EQ(WritePlan(Parsed(text)), text);
  EXPECT_EQ(PlanFingerprint(Parsed(text)), PlanFingerprint(plan));
  EXPECT_NE(text.find("${SHOP_PASSWORD}"), std::string::npos);
}

TEST(PlanFile, WritingKeepsAwkwardTexts) {
  Plan plan = Parsed(kHead);
  for (const std::string& name : {std::string("null"), std::string("a: b # c"), std::string("line\nline\t\x01\"\\ é"),
                                  std::string("123"), std::string("~"), std::string("- x"), std::string("*a")}) {
    plan.name = name;
    EXPECT_EQ(Parsed(WritePlan(plan)).name, name);
  }
}

TEST(PlanFile, JsonIsReadToo) {
  const Plan plan = Parsed(
      "{\"version\":1,\t\"name\":\"\\ud83d\\ude00 a\\/b \\u00e9\",\n\t\"source\":{\"url\":\"sqlite:a\"},"
      "\"target\":{\"url\":\"sqlite:b\"},\"on\":{\"zero_date\":null}}");
  EXPECT_EQ(plan.name, "\U0001F600 a/b é");
  EXPECT_EQ(plan.source.url, "sqlite:a");
}

TEST(PlanFile, IllFormedJsonNamesThePlace) {
  const Error error = Refused("{\"version\": 1,\n \"source\": {\"url\": \"a\"},\n oops}");
  ExpectError(error, codes::kPlanSyntax, "plan.yaml:3:2", "JSON");
  EXPECT_TRUE(Refused("{\"version\": 1, }").Is(codes::kPlanSyntax));
}

TEST(PlanFile, UnknownKeysNameLineAndNearestKeyAtEveryDepth) {
  ExpectError(RefusedAfterHead("mapings: []\n"), codes::kPlanUnknownKey, "plan.yaml:4:1", "did you mean 'mappings'?");
  ExpectError(RefusedAfterHead("run:\n  verfy: none\n"), codes::kPlanUnknownKey, "plan.yaml:5:3",
              "line 5: unknown key 'verfy' in run");
  ExpectError(RefusedAfterHead("run: {throttle: {rows_per_secnd: 1}}\n"), codes::kPlanUnknownKey, "plan.yaml:4:18",
              "'rows_per_second'");
  ExpectError(RefusedAfterHead("mappings:\n  - source: a\n    columns:\n      - {target: x, sorce: y}\n"),
              codes::kPlanUnknownKey, "plan.yaml:7:21", "mappings[0].columns[0]; did you mean 'source'?");
  ExpectError(RefusedAfterHead("mappings:\n  - source: {query: x}\n"), codes::kPlanUnknownKey, "plan.yaml:5:14",
              "known keys: sql");
  ExpectError(RefusedAfterHead("types:\n  - {match: {tabel: x}, to: y}\n"), codes::kPlanUnknownKey, "plan.yaml:5:14",
              "'table'");
}

TEST(PlanFile, RuleKeysOfAnotherKindAreUnknown) {
  ExpectError(RefusedAfterHead("mappings:\n  - source: a\n    rules:\n      - {kind: not_null, column: x, max: 3}\n"),
              codes::kPlanUnknownKey, "plan.yaml:7:37", "unknown key 'max'");
}

TEST(PlanFile, DuplicateKeysAreRefused) {
  ExpectError(RefusedAfterHead("run: {workers: 1, workers: 2}\n"), codes::kPlanSyntax, "plan.yaml:4:19", "given twice");
}

TEST(PlanFile, ValuesOutsideTheirListOrRange) {
  ExpectError(RefusedAfterHead("run: {verify: chksum}\n"), codes::kPlanValue, "plan.yaml:4:15",
              "allowed: none, counts, checksum, diff; did you mean 'checksum'?");
  ExpectError(RefusedAfterHead("run: {workers: -1}\n"), codes::kPlanValue, "plan.yaml:4:16", "from 0 to 1024");
  ExpectError(RefusedAfterHead("run: {workers: 2x}\n"), codes::kPlanValue, "plan.yaml:4:16", "'2x'");
  ExpectError(RefusedAfterHead("run: {chunk_rows: 0}\n"), codes::kPlanValue, "plan.yaml:4:19", "from 1");
  ExpectError(RefusedAfterHead("run: {create_database: maybe}\n"), codes::kPlanValue, "plan.yaml:4:24", "true, false");
  ExpectError(RefusedAfterHead("run: {schema: null}\n"), codes::kPlanValue, "plan.yaml:4:7", "create, reuse, replace");
  ExpectError(RefusedAfterHead("name: [a]\n"), codes::kPlanValue, "plan.yaml:4:7", "must be a text");
  ExpectError(RefusedAfterHead("mappings: x\n"), codes::kPlanValue, "plan.yaml:4:11", "must be a list");
  ExpectError(RefusedAfterHead("run: 3\n"), codes::kPlanValue, "plan.yaml:4:6", "must hold keys");
  EXPECT_TRUE(Refused("version: 2\nsource: {url: a}\ntarget: {url: b}\n").Is(codes::kPlanVersion));
}

TEST(PlanFile, MissingKeys) {
  EXPECT_TRUE(Refused("source: {url: a}\ntarget: {url: b}\n").Is(codes::kPlanMissing));
  ExpectError(Refused("version: 1\nsource: {}\ntarget: {url: b}\n"), codes::kPlanMissing, "plan.yaml:2:9",
              "source.url is missing");
  ExpectError(Refused("version: 1\nsource: {url: a}\n"), codes::kPlanMissing, "plan.yaml:1:1", "target is missing");
  ExpectError(Refused("version: 1\nsource: {url: a, connection: b}\ntarget: {url: b}\n"), codes::kPlanValue,
              "plan.yaml:2:30", "exclude each other");
  ExpectError(RefusedAfterHead("mappings:\n  - target: x\n"), codes::kPlanMissing, "plan.yaml:5:5",
              "mappings[0].source is missing");
  EXPECT_TRUE(RefusedAfterHead("mappings:\n  - source: {sql: 'SELECT 1'}\n").Is(codes::kPlanMissing));
  EXPECT_TRUE(RefusedAfterHead("types:\n  - {match: {}, to: x}\n").Is(codes::kPlanMissing));
  EXPECT_TRUE(
      RefusedAfterHead("mappings:\n  - source: a\n    rules: [{kind: range, column: x}]\n").Is(codes::kPlanMissing));
}

TEST(PlanFile, ColumnsHaveExactlyOneOfSourceAndExpr) {
  const auto column = [](const std::string& text) {
    return RefusedAfterHead("mappings:\n  - source: a\n    columns: [{target: x" + text + "}]\n");
  };
  EXPECT_TRUE(column("").Is(codes::kPlanMissing));
  EXPECT_TRUE(column(", source: a, expr: b").Is(codes::kPlanValue));
}

TEST(PlanFile, AMaskHasAKindAndTheKeyThatItNeeds) {
  const auto mask = [](const std::string& text) {
    return std::string(kHead) + "mappings:\n  - source: a\n    columns: [{target: x, source: x, mask: " + text + "}]\n";
  };
  ExpectError(Refused(mask("{kind: emial, key: pii}")), codes::kPlanValue, "plan.yaml:6:51", "did you mean 'email'?");
  ExpectError(Refused(mask("{kind: email}")), codes::kPlanMissing, "plan.yaml:6:44",
              "mappings[0].columns[0].mask.key is missing: email needs the name of a key");
  ExpectError(Refused(mask("{kind: redact, key: pii}")), codes::kPlanValue, "plan.yaml:6:64", "redact needs no key");
  ExpectError(Refused(mask("{kind: email, key: P-1}")), codes::kPlanValue, "plan.yaml:6:63", "'P-1'");
  ExpectError(Refused(mask("{kind: email, salt: x}")), codes::kPlanUnknownKey, "plan.yaml:6:58", "'salt'");
  ExpectError(Refused(mask("{key: pii}")), codes::kPlanMissing, "plan.yaml:6:44", "mask.kind is missing");
  ExpectError(Refused(mask("email")), codes::kPlanValue, "plan.yaml:6:44", "must hold keys");
  for (const std::string text : {"{kind: null}", "{kind: 'null'}", "{kind: redact}", "{kind: digits, key: pii_2}"}) {
    const Plan plan = Parsed(mask(text));
    const ColumnMapping& column = plan.mappings[0].columns[0];
    ASSERT_TRUE(column.mask) << text;
    const Plan again = Parsed(WritePlan(plan));
    ASSERT_TRUE(again.mappings[0].columns[0].mask) << WritePlan(plan);
    EXPECT_EQ(again.mappings[0].columns[0].mask->kind, column.mask->kind);
    EXPECT_EQ(again.mappings[0].columns[0].mask->key, column.mask->key);
    EXPECT_EQ(PlanFingerprint(again), PlanFingerprint(plan));
  }
}

TEST(PlanFile, KeysStandInNoTextAndAreNamedOnce) {
  Plan plan =
      Parsed(std::string(kHead) +
             "mappings:\n  - source: a\n    columns:\n      - {target: x, source: x, mask: {kind: email, key: "
             "pii}}\n      - {target: y, source: y, mask: {kind: name, key: pii}}\n      - {target: z, source: z, "
             "mask: {kind: token, key: more}}\n");
  EXPECT_EQ(MaskKeyNames(plan), (std::set<std::string>{"more", "pii"}));
  const std::string before = WritePlan(plan);
  plan.mask_keys["pii"] = "hush-hush-hush-hush-hush-hush-hush";
  EXPECT_EQ(WritePlan(plan), before);
}

TEST(PlanFile, SyntaxErrorsNameThePlace) {
  ExpectError(Refused("version: 1\n\tsource: x\n"), codes::kPlanSyntax, "plan.yaml:2:1", "tab");
  EXPECT_TRUE(Refused("").Is(codes::kPlanSyntax));
  EXPECT_TRUE(Refused("just text").Is(codes::kPlanSyntax));
  EXPECT_TRUE(Refused("a: 1\n---\nb: 2\n").Is(codes::kPlanSyntax));
  EXPECT_TRUE(Refused(std::string(200000, '[')).Is(codes::kPlanSyntax));
  EXPECT_TRUE(Refused("a: " + std::string(50000, '{')).Is(codes::kPlanSyntax));
}

TEST(PlanFile, AliasesCannotBlowUp) {
  std::string bomb = std::string(kHead) + "mappings:\n  - &m\n    source: a\n    columns: &c\n";
  for (int i = 0; i < 3000; ++i) bomb += "      - {target: x, source: y}\n";
  for (int i = 0; i < 3000; ++i) bomb += "  - *m\n";
  EXPECT_TRUE(Refused(bomb).Is(codes::kPlanSyntax));
}

TEST(PlanFingerprint, IgnoresNamesOfPeopleAndPasswordsOnly) {
  Plan plan = Parsed(kFull);
  const std::string before = PlanFingerprint(plan);
  EXPECT_EQ(before.size(), 64u);
  plan.name = "another";
  EXPECT_EQ(PlanFingerprint(plan), before);
  plan.source.url = "mysql://etl:hush@h/shop";
  const std::string with_password = PlanFingerprint(plan);
  EXPECT_NE(with_password, before);
  plan.source.url = "mysql://etl:other@h/shop";
  EXPECT_EQ(PlanFingerprint(plan), with_password);
  plan.mappings[0].where += " ";
  EXPECT_NE(PlanFingerprint(plan), with_password);
}

TEST(PlanFingerprint, ANameIsTheSameWhereverItLeads) {
  Plan plan = Parsed(kFull);
  plan.source.url = "postgresql://u:p@db:5432/shop?hostaddr=10.0.0.1&passfile=%2Fdev%2Fnull&sslmode=require";
  const std::string before = PlanFingerprint(plan);
  plan.source.url =
      "postgresql://u:p@db:5432,db:5432/shop?hostaddr=10.0.0.2%2C10.0.0.3&passfile=%2Fdev%2Fnull&sslmode=require";
  EXPECT_EQ(PlanFingerprint(plan), before);
  for (const char* other : {"postgresql://u:p@other:5432/shop?hostaddr=10.0.0.1&passfile=%2Fdev%2Fnull&sslmode=require",
                            "postgresql://u:p@db:5433/shop?hostaddr=10.0.0.1&passfile=%2Fdev%2Fnull&sslmode=require",
                            "postgresql://u:p@db:5432/shop2?hostaddr=10.0.0.1&passfile=%2Fdev%2Fnull&sslmode=require",
                            "postgresql://u:p@db:5432/shop?hostaddr=10.0.0.1&passfile=%2Fdev%2Fnull",
                            "postgresql://v:p@db:5432/shop?hostaddr=10.0.0.1&passfile=%2Fdev%2Fnull&sslmode=require"}) {
    plan.source.url = other;
    EXPECT_NE(PlanFingerprint(plan), before) << other;
  }
}

std::string SourceFile(const std::string& path) {
  std::ifstream file(std::string(MIQ_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(PlanJsonSchema, IsWhatIsPublished) { EXPECT_EQ(SourceFile("docs/plan.schema.json"), PlanJsonSchema()); }

TEST(PlanJsonSchema, KnowsTheTopLevelKeys) {
  const boost::json::value schema = boost::json::parse(PlanJsonSchema());
  const std::string message = RefusedAfterHead("zzzzzzzzzzzz: 1\n").message;
  for (const auto& pair : schema.at("properties").as_object()) {
    EXPECT_NE(message.find(std::string(pair.key())), std::string::npos) << pair.key();
  }
}

TEST(PlanFile, StoredConnectionsAreNamedInsteadOfUrls) {
  const auto plan = ParsePlan(kStored, "plan.yaml");
  ASSERT_TRUE(plan) << plan.error().ToString();
  EXPECT_EQ(plan->source.connection, "shop");
  EXPECT_EQ(plan->target.connection, "crm prod");
  EXPECT_EQ(plan->source.url, "");
  const auto again = ParsePlan(WritePlan(*plan), "plan.yaml");
  ASSERT_TRUE(again) << again.error().ToString();
  EXPECT_EQ(PlanFingerprint(*again), PlanFingerprint(*plan));
  EXPECT_EQ(again->target.connection, "crm prod");
  EXPECT_EQ(again->target.schema, "app");
}

TEST(PlanFile, OnlyAServerHasStoredConnections) {
  const std::string path = ::testing::TempDir() + "stored_connections.yaml";
  std::ofstream(path) << kStored;
  const auto plan = ReadPlanFile(path);
  ASSERT_TRUE(plan) << plan.error().ToString();
  const Status here = RefuseConnections(*plan);
  ASSERT_FALSE(here);
  EXPECT_TRUE(here.error().Is(codes::kPlanValue));
  EXPECT_NE(here.error().message.find("'shop'"), std::string::npos);
  EXPECT_NE(here.error().place.find(":2:9"), std::string::npos) << here.error().place;
  EXPECT_TRUE(RefuseConnections(Plan{}));
}

TEST(PlanFile, RemarksAreCommentsAndNothingElse) {
  Plan plain;
  plain.source.url = "sqlite:a.db";
  plain.target.url = "sqlite:b.db";
  plain.mappings.push_back({.source = "t", .sql = "", .target = "u", .columns = {{.target = "x", .source = "y"}}});
  Plan remarked = plain;
  remarked.remarks = {"about all"};
  remarked.mappings[0].remarks = {"about t\n- injected: true"};
  remarked.mappings[0].questions = {"what feeds z?"};
  remarked.mappings[0].columns[0].remark = "0.97 because";
  const std::string text = WritePlan(remarked);
  for (const char* part : {"# about all", "  # about t - injected: true", "      # what feeds z?", "# 0.97 because"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  const Result<Plan> again = ParsePlan(text, "plan.yaml");
  ASSERT_TRUE(again) << again.error().ToString();
  EXPECT_EQ(WritePlan(*again), WritePlan(plain));
  EXPECT_EQ(PlanFingerprint(remarked), PlanFingerprint(plain));
}

}  // namespace
}  // namespace migrateiq
