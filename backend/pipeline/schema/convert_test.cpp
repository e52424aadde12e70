#include "pipeline/schema/convert.hpp"
#include "base/errors/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/schema/detail/test_dialects.hpp"
#include "pipeline/schema/order.hpp"

namespace migrateiq {
namespace {

using test::MySql;
using test::Postgres;
using test::Sqlite;

CatalogColumn Column(std::string name, LogicalType type, bool nullable = true) {
  CatalogColumn column{.name = std::move(name), .native = ToString(type), .type = std::move(type)};
  column.nullable = nullable;
  return column;
}

CatalogColumn Int(std::string name, bool nullable = true) {
  return Column(std::move(name), LogicalType::Of(TypeKind::kInt32), nullable);
}
CatalogColumn Text(std::string name, int32_t length = 0) {
  return Column(std::move(name), LogicalType::String(length));
}

Index On(std::string name, std::vector<std::string> columns, bool unique = false) {
  Index index{.name = std::move(name), .unique = unique, .constraint = unique};
  for (std::string& column : columns) index.parts.push_back({.column = std::move(column)});
  return index;
}

Table Named(std::string name, std::vector<CatalogColumn> columns, std::string schema = "") {
  Table table{.name = {std::move(schema), std::move(name)}, .columns = std::move(columns)};
  return table;
}

ConvertedCatalog Convert(const Catalog& catalog, const Dialect& from, const Dialect& to,
                         const ConvertOptions& options = {}) {
  auto converted = ConvertCatalog(catalog, from, to, options);
  EXPECT_TRUE(converted) << (converted ? "" : converted.error().ToString());
  return converted ? std::move(*converted) : ConvertedCatalog{};
}

/// "kind name status why" of the report that mentions `part`, "" when there is none.
std::string Report(const std::vector<ObjectReport>& objects, std::string_view part) {
  for (const ObjectReport& object : objects) {
    const std::string line = object.kind + " " + object.name + " " + object.status + ": " + object.why;
    if (line.find(part) != std::string::npos) return line;
  }
  return {};
}

TEST(ConvertName, AppliesCaseAndLimit) {
  EXPECT_EQ(ConvertName("CustomerId", NameCase::kKeep, 0), "CustomerId");
  EXPECT_EQ(ConvertName("CustomerID", NameCase::kSnake, 0), "customer_id");
  EXPECT_EQ(ConvertName("HTTPServer Name", NameCase::kSnake, 0), "http_server_name");
  EXPECT_EQ(ConvertName("_Order-Line", NameCase::kSnake, 0), "_order_line");
  EXPECT_EQ(ConvertName("PreisÄnderung", NameCase::kSnake, 0), "preis_änderung");
  EXPECT_EQ(ConvertName("ДатаЗаказа2", NameCase::kSnake, 0), "дата_заказа2");
  EXPECT_EQ(ConvertName("𐐀𐐁", NameCase::kSnake, 0), "𐐨𐐩");
  EXPECT_EQ(ConvertName("ABC", NameCase::kLower, 0), "abc");
  EXPECT_EQ(ConvertName("STRASSE_GRÖSSE", NameCase::kLower, 0), "strasse_grösse");
  EXPECT_EQ(ConvertName(std::string(63, 'x'), NameCase::kKeep, 63), std::string(63, 'x'));
  const std::string cut = ConvertName(std::string(64, 'x'), NameCase::kKeep, 63);
  EXPECT_EQ(cut.size(), 63U);
  EXPECT_NE(cut, ConvertName(std::string(65, 'x'), NameCase::kKeep, 63));
}

TEST(ConvertName, NeverCutsACharacter) {
  std::string umlauts;
  for (int i = 0; i < 40; ++i) umlauts += "\xC3\xA4";
  const std::string cut = ConvertName(umlauts, NameCase::kKeep, 64);
  EXPECT_EQ((cut.size() - 9) % 2, 0U);
  EXPECT_LE(cut.size(), 64U);
}

TEST(MatchesGlob, KnowsStarAndQuestionMark) {
  EXPECT_TRUE(MatchesGlob("*", ""));
  EXPECT_TRUE(MatchesGlob("order*", "ORDERS"));
  EXPECT_TRUE(MatchesGlob("a*b*c", "aXbbYc"));
  EXPECT_TRUE(MatchesGlob("tinyint(?)", "TINYINT(1)"));
  EXPECT_FALSE(MatchesGlob("a?c", "ac"));
  EXPECT_FALSE(MatchesGlob("a*c", "ab"));
}

TEST(ConvertCatalog, RefusesNamesThatBecomeOne) {
  Catalog catalog{.tables = {Named("A", {Int("x")}), Named("a", {Int("x")})}};
  const auto converted = ConvertCatalog(catalog, Postgres(), MySql(), {});
  ASSERT_FALSE(converted);
  EXPECT_TRUE(converted.error().Is(codes::kSchemaCollision));
  EXPECT_NE(converted.error().message.find("`A` and `a`"), std::string::npos);
  EXPECT_TRUE(ConvertCatalog(catalog, MySql(), Postgres(), {}));
  Catalog columns{.tables = {Named("t", {Int("X"), Int("x")})}};
  EXPECT_FALSE(ConvertCatalog(columns, Postgres(), Sqlite(), {}));
}

TEST(ConvertCatalog, PlacesSchemas) {
  Catalog catalog{.tables = {Named("t", {Int("x")}, "public"), Named("t", {Int("x")}, "sales")}};
  auto my = Convert(catalog, Postgres(), MySql());
  EXPECT_EQ(my.tables[0].target.name.ToString(), "t");
  EXPECT_EQ(my.tables[1].target.name.ToString(), "sales_t");
  auto pg = Convert(catalog, Postgres(), Postgres());
  EXPECT_EQ(pg.tables[1].target.name.ToString(), "sales.t");
  Catalog flat{.tables = {Named("t", {Int("x")})}};
  EXPECT_EQ(Convert(flat, MySql(), Postgres()).tables[0].target.name.ToString(), "public.t");
  EXPECT_EQ(Convert(flat, MySql(), Postgres(), {.target_schema = "crm"}).tables[0].target.name.ToString(), "crm.t");
}

TEST(ConvertCatalog, ConvertsDefaults) {
  struct Case {
    LogicalType type;
    const char* text;
    const char* expected;  ///< nullptr: dropped and reported
  };
  const auto of = LogicalType::Of;
  LogicalType stamp = of(TypeKind::kTimestamp);
  LogicalType seconds = stamp;
  seconds.precision = 0;
  for (const Case& c : std::vector<Case>{{LogicalType::String(10), "'a'", "'a'"},
                                         {LogicalType::String(10), "'null'", "'null'"},
                                         {LogicalType::String(2), "'abc'", nullptr},
                                         {of(TypeKind::kInt32), "'7'", "7"},
                                         {of(TypeKind::kInt32), "x'41'", nullptr},
                                         {of(TypeKind::kBool), "1", "TRUE"},
                                         {of(TypeKind::kBool), "b'0'", "FALSE"},
                                         {of(TypeKind::kBool), "2", nullptr},
                                         {of(TypeKind::kDate), "'0000-00-00'", nullptr},
                                         {of(TypeKind::kDate), "'2020-02-01'", "'2020-02-01'"},
                                         {stamp, "current_timestamp(6)", "CURRENT_TIMESTAMP(6)"},
                                         {seconds, "current_timestamp()", "CURRENT_TIMESTAMP"},
                                         {of(TypeKind::kBytes), "x'41ff'", "'\\x41ff'::bytea"},
                                         {of(TypeKind::kInt32), "uuid()", nullptr},
                                         {LogicalType::String(), "lower('A')", "lower('A')"}}) {
    Table table = Named("t", {Column("c", c.type)});
    table.columns[0].default_sql = c.text;
    const auto converted = Convert({.tables = {table}}, MySql(), Postgres());
    const auto& result = converted.tables[0].target.columns[0].default_sql;
    EXPECT_EQ(result.value_or("-"), c.expected == nullptr ? "-" : c.expected) << c.text;
    EXPECT_EQ(Report(converted.tables[0].objects, "default t.c manual").empty(), c.expected != nullptr) << c.text;
  }
}

TEST(ConvertCatalog, WritesDefaultsForMySql) {
  Table table =
      Named("t",
            {Column("b", LogicalType::Of(TypeKind::kBool)), Column("at", LogicalType::Of(TypeKind::kTimestamp)),
             Text("s"), Column("d", LogicalType::Of(TypeKind::kDate)), Int("n")},
            "public");
  const char* const defaults[] = {"true", "now()", "'x'::text", "CURRENT_DATE", "abs(3)"};
  for (size_t i = 0; i < 5; ++i) table.columns[i].default_sql = defaults[i];
  const auto converted = Convert({.tables = {table}}, Postgres(), MySql());
  const auto& columns = converted.tables[0].target.columns;
  EXPECT_EQ(columns[0].default_sql, "1");
  EXPECT_EQ(columns[1].default_sql, "CURRENT_TIMESTAMP(6)");
  EXPECT_EQ(columns[2].default_sql, "'x'");
  EXPECT_EQ(columns[3].default_sql, "(CURRENT_DATE)");
  EXPECT_EQ(columns[4].default_sql, "(ABS(3))");
}

TEST(ConvertCatalog, KeepsGeneratedColumnsOrTheirValues) {
  Table table = Named("t", {Int("a"), Int("twice"), Int("odd")});
  table.columns[1].generated_sql = "(`a` * 2)";
  table.columns[1].generated_stored = false;
  table.columns[2].generated_sql = "(`a` ^ 2)";
  const auto converted = Convert({.tables = {table}}, MySql(), Postgres());
  const ConvertedTable& result = converted.tables[0];
  EXPECT_EQ(result.target.columns[1].generated_sql, "\"a\" * 2");
  EXPECT_TRUE(result.target.columns[1].generated_stored);
  EXPECT_FALSE(result.target.columns[2].IsGenerated());
  ASSERT_EQ(result.columns.size(), 2U);
  EXPECT_EQ(result.columns[1].source, "odd");
  EXPECT_NE(Report(result.objects, "generated column t.odd manual"), "");
  EXPECT_NE(Report(result.objects, "STORED in the target"), "");
}

TEST(ConvertCatalog, ComputesNothingFromNumbersThatMySqlGivesOut) {
  Table table = Named("t", {Int("id", false), Int("a"), Int("of_id"), Int("of_a")});
  table.columns[0].identity = Identity::kAlways;
  table.primary_key = On("t_pkey", {"id"});
  table.columns[2].generated_sql = "(id * 2)";
  table.columns[3].generated_sql = "(a * 2)";
  table.checks = {{"positive", "(id > 0)"}, {"small", "(a < 9)"}};
  const auto converted = Convert({.tables = {table}}, Postgres(), MySql());
  const ConvertedTable& result = converted.tables[0];
  EXPECT_FALSE(result.target.columns[2].IsGenerated());
  EXPECT_TRUE(result.target.columns[3].IsGenerated());
  EXPECT_NE(Report(result.objects, "generated column t.of_id manual"), "");
  EXPECT_NE(Report(result.objects, "check positive manual"), "");
  ASSERT_EQ(result.target.checks.size(), 1U);
  EXPECT_EQ(result.target.checks[0].name, "small");
  const auto at_home = Convert({.tables = {table}}, Postgres(), Postgres());
  EXPECT_TRUE(at_home.tables[0].target.columns[2].IsGenerated());
  EXPECT_EQ(at_home.tables[0].target.checks.size(), 2U);
}

TEST(ConvertCatalog, TurnsTruthIntoTruth) {
  Table table = Named("t", {Column("active", LogicalType::Of(TypeKind::kInt8)), Int("n")});
  table.checks = {
      {"c1", "(`active` in (0,1))"}, {"c2", "`n`"}, {"c3", "`n` = `active`"}, {"c4", "`n` > 0 and `active`"}};
  const ConvertOptions options{.types = {{.source_type = "", .table = "", .column = "active", .to = "bool"}}};
  const auto converted = Convert({.tables = {table}}, MySql(), Postgres(), options);
  const auto& checks = converted.tables[0].target.checks;
  ASSERT_EQ(checks.size(), 3U);
  EXPECT_EQ(checks[0].expression, "\"active\" IN (FALSE, TRUE)");
  EXPECT_EQ(checks[1].expression, "\"n\" <> 0");
  EXPECT_EQ(checks[2].expression, "(\"n\" > 0) AND \"active\"");
  EXPECT_NE(Report(converted.tables[0].objects, "check c3 manual"), "");
}

TEST(ConvertCatalog, GuardsEnumsByChecks) {
  LogicalType labels{.kind = TypeKind::kEnum, .labels = {"a", "b"}};
  const auto converted = Convert({.tables = {Named("t", {Column("e", labels)})}}, MySql(), Postgres());
  ASSERT_EQ(converted.tables[0].target.checks.size(), 1U);
  EXPECT_EQ(converted.tables[0].target.checks[0].name, "t_e_check");
  EXPECT_EQ(converted.tables[0].target.checks[0].expression, "\"e\" IN ('a', 'b', '')");
}

TEST(ConvertCatalog, LetsZeroDatesBeNull) {
  Table table = Named("t", {Column("d", LogicalType::Of(TypeKind::kDate), false),
                            Column("plain", LogicalType::Of(TypeKind::kDate), false)});
  table.columns[0].default_sql = "'0000-00-00'";
  const auto converted = Convert({.tables = {table}}, MySql(), Postgres());
  EXPECT_TRUE(converted.tables[0].target.columns[0].nullable);
  EXPECT_FALSE(converted.tables[0].target.columns[1].nullable);
  EXPECT_NE(Report(converted.tables[0].objects, "zero dates become NULL"), "");
}

TEST(ConvertCatalog, GivesIndexesFreeNames) {
  Table one = Named("one", {Int("a"), Text("s")});
  one.indexes = {On("idx", {"a"}), On("one", {"s"})};
  Table two = Named("two", {Int("a")});
  two.indexes = {On("idx", {"a"}), On("", {"a"}, true)};
  const auto pg = Convert({.tables = {one, two}}, MySql(), Postgres());
  EXPECT_EQ(pg.tables[0].target.indexes[0].name, "idx");
  EXPECT_EQ(pg.tables[0].target.indexes[1].name, "one_one");
  EXPECT_EQ(pg.tables[1].target.indexes[0].name, "two_idx");
  EXPECT_EQ(pg.tables[1].target.indexes[1].name, "two_a_key");
}

TEST(ConvertCatalog, ReportsIndexesItCannotMake) {
  Table table = Named("t", {Text("s"), Int("gone")});
  Index spatial = On("sp", {"s"});
  spatial.method = "spatial";
  Index prefix = On("pre", {"s"});
  prefix.parts[0].prefix = 10;
  Index expression{.name = "ex", .parts = {{.column = "", .expression = "lower(`s`)"}}};
  Index strange{.name = "st", .parts = {{.column = "", .expression = "soundex(`s`)"}}};
  table.indexes = {spatial, prefix, expression, strange, On("old", {"gone"})};
  const ConvertOptions options{.dropped_columns = {{{"", "t"}, {"gone"}}}};
  const auto converted = Convert({.tables = {table}}, MySql(), Postgres(), options);
  const ConvertedTable& result = converted.tables[0];
  ASSERT_EQ(result.target.indexes.size(), 2U);
  EXPECT_EQ(result.target.indexes[1].parts[0].expression, "lower(\"s\")");
  EXPECT_NE(Report(result.objects, "index sp manual: no spatial"), "");
  EXPECT_NE(Report(result.objects, "index pre created: it covers whole values"), "");
  EXPECT_NE(Report(result.objects, "index st manual"), "");
  EXPECT_NE(Report(result.objects, "index old skipped"), "");
}

Catalog Shop() {
  Table parent = Named("customer", {Int("id", false), Text("email", 50)}, "public");
  parent.primary_key = On("customer_pkey", {"id"}, true);
  parent.columns[0].identity = Identity::kAlways;
  Table child = Named("orders", {Int("id", false), Int("customer_id", false)}, "public");
  child.primary_key = On("orders_pkey", {"id"}, true);
  ForeignKey key{
      .name = "orders_customer_fk", .columns = {"customer_id"}, .parent = parent.name, .parent_columns = {"id"}};
  key.on_delete = FkAction::kSetNull;
  key.on_update = FkAction::kCascade;
  key.deferrable = true;
  ForeignKey outside{.name = "lost", .columns = {"id"}, .parent = {"public", "elsewhere"}, .parent_columns = {"id"}};
  child.foreign_keys = {key, outside};
  return {.tables = {child, parent}};
}

TEST(ConvertCatalog, CarriesForeignKeys) {
  const ConvertOptions options{.table_names = {{{"public", "customer"}, {"", "client"}}},
                               .column_names = {{{"public", "customer"}, {{"id", "client_id"}}}}};
  const auto converted = Convert(Shop(), Postgres(), MySql(), options);
  ASSERT_EQ(converted.tables[0].target.name.name, "client");  // the parent is loaded first
  EXPECT_EQ(converted.tables[0].target.primary_key->parts[0].column, "client_id");
  EXPECT_EQ(converted.tables[0].target.columns[0].identity, Identity::kByDefault);
  const ConvertedTable& child = converted.tables[1];
  ASSERT_EQ(child.target.foreign_keys.size(), 1U);
  const ForeignKey& key = child.target.foreign_keys[0];
  EXPECT_EQ(key.parent.name, "client");
  EXPECT_EQ(key.parent_columns, std::vector<std::string>{"client_id"});
  EXPECT_EQ(key.on_update, FkAction::kCascade);
  EXPECT_EQ(key.on_delete, FkAction::kNoAction);
  EXPECT_FALSE(key.deferrable);
  EXPECT_NE(Report(child.objects, "no longer deferrable"), "");
  EXPECT_NE(Report(child.objects, "SET NULL on a NOT NULL column"), "");
  EXPECT_NE(Report(child.objects, "foreign key lost manual: the table public.elsewhere is not migrated"), "");
}

TEST(ConvertCatalog, GivesBothEndsOfAForeignKeyOneType) {
  const ConvertOptions options{.types = {{.source_type = "", .table = "customer", .column = "id", .to = "int64"}}};
  const auto converted = Convert(Shop(), Postgres(), MySql(), options);
  EXPECT_EQ(converted.tables[1].target.columns[1].native, "int64");
  EXPECT_EQ(converted.tables[1].target.columns[0].native, "int32");
}

TEST(ConvertCatalog, NamesThePlaceOfAnUnknownType) {
  const auto converted = ConvertCatalog(Shop(), Postgres(), MySql(), {.types = {{"", "orders", "id", "nonsense"}}});
  ASSERT_FALSE(converted);
  EXPECT_TRUE(converted.error().Is(codes::kSchemaType));
  EXPECT_EQ(converted.error().column, "id");
}

TEST(ConvertCatalog, WantsAUniqueParent) {
  Table parent = Named("p", {Int("a")});
  parent.indexes = {On("i", {"a"})};
  Table child = Named("c", {Int("a")});
  child.foreign_keys = {{.name = "fk", .columns = {"a"}, .parent = parent.name, .parent_columns = {"a"}}};
  const auto converted = Convert({.tables = {parent, child}}, MySql(), Postgres());
  EXPECT_TRUE(converted.tables[1].target.foreign_keys.empty());
  EXPECT_NE(Report(converted.tables[1].objects, "needs a unique key on public.p (a)"), "");
}

TEST(ConvertCatalog, ListsWhatIsNotMigrated) {
  Catalog catalog{
      .tables = {}, .sequences = {{.name = {"public", "s"}}}, .enums = {}, .others = {{"view", "v", "SELECT 1", ""}}};
  const auto my = Convert(catalog, Postgres(), MySql());
  EXPECT_NE(Report(my.objects, "view v manual"), "");
  EXPECT_NE(Report(my.objects, "sequence public.s manual"), "");
  EXPECT_EQ(Convert(catalog, Postgres(), Postgres()).sequences.size(), 1U);
}

TEST(LoadOrder, PutsParentsFirstAndSurvivesCycles) {
  Table a = Named("a", {}), b = Named("b", {}), c = Named("c", {}), d = Named("d", {});
  const auto refer = [](Table& child, const Table& parent) {
    child.foreign_keys.push_back({.columns = {"x"}, .parent = parent.name, .parent_columns = {"x"}});
  };
  refer(a, b);
  refer(b, c);
  refer(b, b);
  EXPECT_EQ(LoadOrder({&a, &b, &c, &d}), (std::vector<size_t>{2, 1, 0, 3}));
  refer(c, a);
  EXPECT_EQ(LoadOrder({&a, &b, &c, &d}), (std::vector<size_t>{3, 0, 2, 1}));
}

}  // namespace
}  // namespace migrateiq
